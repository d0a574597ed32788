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
    string Source)
{
    /// <summary>provolatile: i immutable, s stable, v volatile.</summary>
    public char Volatility { get; init; } = 'v';

    /// <summary>Names of the input arguments; empty when they have none.</summary>
    public ImmutableArray<string> ArgumentNames { get; init; } = [];

    /// <summary>The defaults of the last <see cref="DefaultCount"/> arguments, as SQL text.</summary>
    public ImmutableArray<string> Defaults { get; init; } = [];

    /// <summary>The columns of a function with OUT arguments.</summary>
    public ImmutableArray<uint> OutTypes { get; init; } = [];

    public ImmutableArray<string> OutNames { get; init; } = [];

    /// <summary>aggkind: n normal, o ordered-set, h hypothetical-set; '\0' when it is no aggregate.</summary>
    public char AggregateKind { get; init; }

    /// <summary>How many arguments of an ordered-set aggregate stand outside WITHIN GROUP.</summary>
    public int DirectCount { get; init; }
}
