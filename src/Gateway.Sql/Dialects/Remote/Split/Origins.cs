using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>The column of a table that a value comes from as it is, through derived tables.</summary>
internal static class Origins
{
    /// <param name="from">FROM of the query the value stands in.</param>
    public static ColumnInfo? Of(Expr value, ImmutableArray<FromItem> from)
    {
        if (value is not ColumnRef { Column: { } column }) return null;
        if (column.Column is { } known) return known;
        if (column.Source is null || column.Index < 0) return null;
        foreach (var item in from)
            if (Find(item, column.Source) is { } derived) return Of(derived.Query, column.Index);
        return null;
    }

    public static ColumnInfo? Of(Query query, int index) => query switch
    {
        Select select when index < select.Items.Length => Of(select.Items[index].Value, select.From),
        SetOperation operation => Of(operation.Left, index) ?? Of(operation.Right, index),
        _ => null,
    };

    private static SubqueryRef? Find(FromItem item, string alias) => item switch
    {
        Join join => Find(join.Left, alias) ?? Find(join.Right, alias),
        SubqueryRef subquery when subquery.Alias?.Name == alias => subquery,
        _ => null,
    };
}
