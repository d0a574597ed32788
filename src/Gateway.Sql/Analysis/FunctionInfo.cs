using System.Collections.Immutable;

namespace Gateway.Sql.Analysis;

/// <summary>One row of pg_proc as far as resolution and rendering need it.</summary>
/// <param name="Kind">prokind: f function, p procedure, a aggregate, w window.</param>
/// <param name="Variadic">The element type of a variadic last argument, or 0.</param>
/// <param name="DefaultCount">How many trailing arguments have defaults.</param>
/// <param name="Source">prosrc for internal functions (unique per overload: <c>int4abs</c>, <c>numeric_abs</c>), else the name.</param>
public sealed record FunctionInfo(
    uint Oid,
    string Schema,
    string Name,
    char Kind,
    ImmutableArray<uint> Arguments,
    uint Returns,
    bool ReturnsSet,
    bool Strict,
    uint Variadic,
    int DefaultCount,
    string Source);
