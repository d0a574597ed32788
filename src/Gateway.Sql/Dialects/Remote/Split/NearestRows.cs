using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>ORDER BY a distance between vectors with a LIMIT: the backend chooses the rows, and here they are sorted by the distance that is shown.</summary>
internal static class NearestRows
{
    public static bool Sorts(Select select, Speech speech) => select.OrderBy.Any(item => speech.ChoosesRowsBy(item.Value));

    /// <summary>A distance that ORDER BY takes from the select list, by its name or number, is written out.</summary>
    public static Select Spelled(Select select, Speech speech)
    {
        if (select.Limit is null || !select.Items.Any(item => speech.ChoosesRowsBy(item.Value))) return select;
        return select with { OrderBy = [.. select.OrderBy.Select(Spelled)] };

        SortItem Spelled(SortItem item)
        {
            if (item.Value is not ColumnRef { Column: { Source: null, LevelsUp: 0 } column }) return item;
            var named = select.Items.Where(output => (output.OutputName ?? output.Alias) == column.Name).ToList();
            return named is [var only] && speech.ChoosesRowsBy(only.Value) ? item with { Value = only.Value } : item;
        }
    }
}
