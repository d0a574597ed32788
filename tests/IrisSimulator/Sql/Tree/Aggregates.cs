namespace IrisSimulator.Sql.Tree;

public enum AggregateFunction
{
    Count, Sum, Avg, Min, Max, StdDev, StdDevSamp, StdDevPop, Variance, VarSamp, VarPop,
    List, DList, XmlAgg, JsonArrayAgg, ApproxCountDistinct,
}

/// <summary>agg([ALL | DISTINCT [BY(…)]] e [%FOREACH(…)] [%AFTERHAVING]).</summary>
/// <param name="Argument">Null only for COUNT(*).</param>
/// <param name="DistinctBy">Empty unless DISTINCT BY.</param>
/// <param name="ForEach">Null without %FOREACH.</param>
public sealed record AggregateCall(AggregateFunction Function, Expression? Argument, bool Distinct,
    IReadOnlyList<Expression> DistinctBy, IReadOnlyList<Expression>? ForEach, bool AfterHaving) : Expression;

public enum WindowFunction
{
    Count, Sum, Avg, Min, Max, RowNumber, Rank, DenseRank, PercentRank, CumeDist, NTile,
    FirstValue, LastValue, NthValue, Lag, Lead,
}

public enum FrameBoundKind { UnboundedPreceding, Preceding, CurrentRow, Following, UnboundedFollowing }

/// <param name="Offset">A number or a parameter; only with Preceding and Following.</param>
public sealed record FrameBound(FrameBoundKind Kind, Expression? Offset = null);

/// <summary>ROWS start [AND end]; the end is CURRENT ROW when it is not written. There is no other unit.</summary>
public sealed record WindowFrame(FrameBound Start, FrameBound End);

/// <summary>f(args) OVER (…).</summary>
/// <param name="Arguments">Empty for COUNT(*) and for functions without arguments.</param>
/// <param name="Frame">Null when not written: rows from the first of the partition to the current one.</param>
public sealed record WindowCall(WindowFunction Function, IReadOnlyList<Expression> Arguments,
    IReadOnlyList<Expression> PartitionBy, IReadOnlyList<OrderItem> OrderBy, WindowFrame? Frame) : Expression;
