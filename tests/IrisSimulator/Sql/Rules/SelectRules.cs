using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

internal static class SelectRules
{
    public static void Check(Select select)
    {
        if (select.From is null && select.Items.Any(item => item is StarItem)) throw new IrisError(-26, "FROM missing");
        foreach (var item in select.DistinctBy) Place.Neither(item, "DISTINCT BY");
        foreach (var item in select.Items) Place.NoNesting(item);
        Place.Neither(select.Where, "WHERE");
        foreach (var item in select.GroupBy)
        {
            Place.Neither(item, "GROUP BY");
            Place.NoSubqueries(item, -13, "GROUP BY");
        }
        Place.NoWindows(select.Having, "HAVING");
        if (select.Having is not null) Place.NoNesting(select.Having);
        if (select.From is not null) FromRules.CheckUsing(select.From, [.. select.Items, select.Where, .. select.GroupBy, select.Having]);
    }

    public static void CheckOrder(Select select, IReadOnlyList<OrderItem> order)
    {
        foreach (var item in order)
        {
            Place.NoNesting(item);
            RequireSelected(select, item);
        }
        if (select.From is not null) FromRules.CheckUsing(select.From, order);
    }

    private static void RequireSelected(Select select, OrderItem item)
    {
        var selected = select.Items.SelectMany(Walk.OwnLevel).OfType<AggregateCall>().ToList();
        foreach (var call in Walk.OwnLevel(item).OfType<AggregateCall>())
            if (!selected.Exists(other => Walk.Same(call, other)))
                throw new IrisError(-73, $"Aggregate {call.Function.ToString().ToUpperInvariant()} is only in ORDER BY");
    }
}
