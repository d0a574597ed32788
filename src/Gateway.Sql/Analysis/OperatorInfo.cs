namespace Gateway.Sql.Analysis;

/// <summary>One row of pg_operator. <see cref="Left"/> is 0 for a prefix operator.</summary>
/// <param name="Function">The prosrc of the function that implements it, for instance <c>int4pl</c>.</param>
public sealed record OperatorInfo(uint Oid, string Name, uint Left, uint Right, uint Result, string Function);
