using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

/// <summary>Which calls may stand where.</summary>
internal static class Place
{
    public static void NoAggregates(object? node, string clause)
    {
        if (node is not null && Walk.OwnLevel(node).OfType<AggregateCall>().FirstOrDefault() is { } call)
            throw new IrisError(-19, $"Aggregate {call.Function.ToString().ToUpperInvariant()} not allowed in {clause}");
    }

    public static void NoWindows(object? node, string clause)
    {
        if (node is not null && Walk.OwnLevel(node).Any(n => n is WindowCall))
            throw new IrisError(-367, $"Window function not allowed in {clause}");
    }

    public static void Neither(object? node, string clause)
    {
        NoAggregates(node, clause);
        NoWindows(node, clause);
    }

    public static void NoArrows(object node, string clause)
    {
        if (Walk.OwnLevel(node).Any(n => n is ArrowReference)) throw new IrisError(-67, $"Implicit join (arrow syntax) not supported in {clause}");
    }

    public static void NoSubqueries(object node, int code, string clause)
    {
        if (Walk.OwnLevel(node).Any(n => n is Query)) throw new IrisError(code, $"Subquery not allowed in {clause}");
    }

    /// <summary>Where there is no row to take a field from.</summary>
    public static void NoColumns(object node)
    {
        if (Walk.OwnLevel(node).OfType<ColumnReference>().FirstOrDefault() is { } column)
            throw new IrisError(-29, $"Field '{column.Column.Key}' not found in the applicable tables");
    }

    /// <summary>Inside a value that may hold aggregates and windows: not inside one another.</summary>
    public static void NoNesting(object node)
    {
        foreach (var inner in Walk.OwnLevel(node))
            switch (inner)
            {
                case AggregateCall call:
                    foreach (var part in Walk.Children(call)) Neither(part, "the argument of an aggregate");
                    break;
                case WindowCall call:
                    foreach (var part in Walk.Children(call)) NoWindows(part, "a window function");
                    break;
                case ScalarSubquery subquery when Walk.All(subquery).Any(n => n is WindowCall):
                    throw new IrisError(-367, "Window function not allowed in a subquery of a select item");
            }
    }
}
