using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>ORDER BY, LIMIT and OFFSET, where the engine only computes columns row by row: it keeps the order rows come in.</summary>
internal static class Ordering
{
    public static Select Push(Select select, Part part, Grouping? grouping, Speech speech)
    {
        select = NearestRows.Spelled(select, speech);
        if ((select.OrderBy.IsEmpty && select.Limit is null && select.Offset is null) || !IsRowByRow(select, grouping)) return select;

        part.OrderBy = select.OrderBy;
        part.Limit = select.Limit;
        part.Offset = select.Offset;
        if (speech.Can(part.Select([])))
        {
            return select with { OrderBy = NearestRows.Sorts(select, speech) ? select.OrderBy : [], Limit = null, Offset = null };
        }

        part.Limit = part.Offset = null;
        if (!select.OrderBy.IsEmpty && speech.Can(part.Select([])))
        {
            return select with { OrderBy = [] };
        }

        part.OrderBy = [];
        return select;
    }

    private static bool IsRowByRow(Select select, Grouping? grouping) =>
        !select.Distinct && select.DistinctOn.IsEmpty && !select.WithTies
        && (grouping is null || !grouping.HasRest)
        && !select.Items.Any(item => NestedCalls.FindWindow(item.Value) is not null || NestedCalls.FindSet(item.Value) is not null)
        && !select.OrderBy.Any(item => item.UsingOperator is not null || NestedCalls.FindWindow(item.Value) is not null
            || NestedCalls.FindSet(item.Value) is not null || item.Value is ColumnRef { Column.Source: null });
}
