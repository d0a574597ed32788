namespace Gateway.Sql.Analysis;

/// <summary>One row of pg_cast.</summary>
/// <param name="Context">i implicit, a assignment, e explicit only.</param>
/// <param name="Method">f by function, b binary-coercible, i through text.</param>
internal sealed record CastInfo(FunctionInfo? Function, char Context, char Method);
