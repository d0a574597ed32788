using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>
/// Distances between vectors. IRIS adds up in another order and precision, so its distances are not shown: it may only
/// sort by them, and only to choose the first rows, which is what its HNSW index is for.
/// </summary>
public sealed partial class IrisWriter
{
    /// <summary>A sort key by which IRIS may choose the nearest.</summary>
    /// <param name="Function">IRIS's function, which is the larger the nearer.</param>
    /// <param name="Descending">The expression itself is the larger the nearer.</param>
    public sealed record Distance(string Function, Expr Left, Expr Right, bool Descending);

    /// <summary>The distance that an expression is, or null; l2_distance and l1_distance are not in IRIS.</summary>
    public static Distance? DistanceOf(Expr e)
    {
        var (source, left, right) = e switch
        {
            BinaryOp { Resolved: { } op } binary => (op.Function, binary.Left, binary.Right),
            FunctionCall { Resolved: { Kind: 'f' } function, Over: null, Arguments: [var a, var b] } => (function.Source, a.Value, b.Value),
            _ => default,
        };
        return source switch
        {
            "cosine_distance" => new("VECTOR_COSINE", left!, right!, false),
            "vector_cosine" => new("VECTOR_COSINE", left!, right!, true),
            "vector_negative_inner_product" => new("VECTOR_DOT_PRODUCT", left!, right!, false),
            "inner_product" => new("VECTOR_DOT_PRODUCT", left!, right!, true),
            _ => null,
        };
    }

    private bool Nearest(SortItem item, Distance distance)
    {
        var descending = item.Descending || item.UsingOperator is { Symbol: ">" };
        if (descending != distance.Descending || _select?.Limit is null) return Refuse("distances are computed here, but for the nearest vectors of a LIMIT");
        var column = distance.Left is ColumnRef ? distance.Left : distance.Right;
        var other = ReferenceEquals(column, distance.Left) ? distance.Right : distance.Left;
        if (column is not ColumnRef { Column.Column: not null } || StorageOf(column) != Storage.Vector || !_constants.IsConstant(other))
            return Refuse("only the distance of a column from one vector is compared by IRIS");

        // Behind DESC IRIS has NULLs last.
        var nullsFirst = item.Nulls == NullsOrder.Default ? descending : item.Nulls == NullsOrder.First;
        if (nullsFirst && !NeverNull(column) && !(Write("CASE WHEN ") && IsNullTest(column, false) && Write(" THEN 0 ELSE 1 END, "))) return false;
        return Write(distance.Function) && Write('(') && Value(column, Need.None) && Write(", ") && Value(other, Need.None) && Write(") DESC");
    }
}
