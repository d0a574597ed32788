using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    private const string UpToHere = " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";

    private Term Window(WindowCall call, Scope scope)
    {
        if (scope.Clause is not (Clause.Select or Clause.OrderBy))
            throw Fail.With(-367, $"Window functions are not allowed in the {scope.Clause} clause");
        var arguments = call.Arguments.Select(a => Translate(a, scope)).ToList();
        NoStreams(arguments, call.Function.ToString());
        var partition = call.PartitionBy.Select(e => Translate(e, scope)).ToList();
        var order = call.OrderBy.Select(o => (Term: WindowKey(o.Key, scope), o.Descending)).Where(o => o.Term is not null).ToList();

        var over = partition.Count == 0 ? "" : "PARTITION BY " + string.Join(',', partition.Select(p => p.Collated));
        if (order.Count > 0) over += " ORDER BY " + string.Join(',', order.Select(o => o.Term!.Collated + (o.Descending ? " DESC" : "")));
        // The default frame counts rows, not peers; without an order it is the whole partition.
        var frame = call.Frame is { } written ? Frame(written, scope) : order.Count > 0 ? UpToHere : "";
        var (sql, type) = WindowSql(call.Function, arguments, $" OVER ({over}", frame, order.Count > 0);
        List<Term> parts = [.. arguments, .. partition, .. order.Select(o => o.Term!)];
        var term = Term.Of(sql, type, parts) with { Window = true, Field = true, Order = arguments.Count > 0 && type.IsText ? arguments[0].Order : TextOrder.Exact };
        return term;
    }

    private Term? WindowKey(OrderKey key, Scope scope) => key switch
    {
        ExpressionKey expression => Translate(expression.Expression, scope),
        PositionKey or IgnoredKey => null,
        _ => throw Fail.NotSimulated(key.GetType().Name),
    };

    private (string, IrisType) WindowSql(WindowFunction function, List<Term> a, string over, string frame, bool ordered)
    {
        var framed = over + frame + ")";
        var plain = over + ")";
        switch (function)
        {
            case WindowFunction.RowNumber: return ($"row_number(){plain}", IrisType.BigInt);
            case WindowFunction.Rank: return ($"rank(){plain}", IrisType.BigInt);
            case WindowFunction.DenseRank: return ($"dense_rank(){plain}", IrisType.BigInt);
            case WindowFunction.PercentRank: return ($"percent_rank(){plain}", IrisType.Double);
            case WindowFunction.CumeDist: return ($"cume_dist(){plain}", IrisType.Double);
            case WindowFunction.NTile: return ($"ntile({a[0].Sql}){plain}", IrisType.BigInt);
            case WindowFunction.Lag or WindowFunction.Lead:
                var name = function == WindowFunction.Lag ? "lag" : "lead";
                var offset = a.Count > 1 ? "," + NumberOf(a[1]) : ",1";
                var missing = a.Count > 2 ? "," + Converted(a[2], a[0].Type).Sql : "";
                return ($"{name}({a[0].Sql}{offset}{missing}){plain}", a[0].Type);
            case WindowFunction.FirstValue: return ($"first_value({a[0].Sql}){framed}", a[0].Type);
            case WindowFunction.LastValue: return ($"last_value({a[0].Sql}){framed}", a[0].Type);
            case WindowFunction.NthValue: return ($"nth_value({a[0].Sql},{NumberOf(a[1])}){framed}", a[0].Type);
            case WindowFunction.Min or WindowFunction.Max:
                return ($"{function.ToString().ToLowerInvariant()}({a[0].Collated}){framed}", a[0].Type);
            case WindowFunction.Count:
                // COUNT does not honour ROWS.
                return ($"count({(a.Count == 0 ? "*" : a[0].Sql)}){over}{(ordered ? UpToHere : "")})", IrisType.BigInt);
        }
        var argument = a[0];
        // NULL counts as 0 in a frame of rows.
        if (frame.Length > 0)
        {
            var zero = argument.Type.Kind switch { IrisKind.Double => "0.0", IrisKind.Numeric or IrisKind.VarChar => "'0'", _ => "0" };
            argument = Term.Of($"coalesce({argument.Sql},{zero})", argument.Type, argument);
        }
        return Collected(function == WindowFunction.Sum ? AggregateFunction.Sum : AggregateFunction.Avg, argument, "", framed);
    }

    private string Frame(WindowFrame frame, Scope scope) =>
        $" ROWS BETWEEN {Bound(frame.Start, scope)} AND {Bound(frame.End, scope)}";

    private string Bound(FrameBound bound, Scope scope) => bound.Kind switch
    {
        FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
        FrameBoundKind.UnboundedFollowing => "UNBOUNDED FOLLOWING",
        FrameBoundKind.CurrentRow => "CURRENT ROW",
        var kind => $"{Translate(bound.Offset!, scope).Sql} {kind.ToString().ToUpperInvariant()}",
    };
}
