using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

internal static class ViewRules
{
    /// <param name="columns">Empty when the view names none; its query does then.</param>
    public static void RequireDistinctColumns(IReadOnlyList<Name> columns, Query query)
    {
        var names = columns.Count > 0 ? [.. columns] : Columns.Labels(query.Body).OfType<string>().Select(label => new Name(label)).ToList();
        if (names.Distinct().Count() < names.Count) throw new IrisError(-97, "Two columns of the view have the same name");
    }

    /// <summary>One table, no grouping, no DISTINCT, plain columns: what the text alone can tell.</summary>
    public static void RequireUpdateable(Query query)
    {
        var updateable = query is
        {
            Body: Select { Quantifier: SelectQuantifier.All, GroupBy.Count: 0, Having: null, From.Tables: [NamedTable], Items: var items },
        } && items.All(item => item is StarItem or ExpressionItem { Expression: ColumnReference });
        if (!updateable) throw new IrisError(-36, "CHECK OPTION needs an updateable view");
    }
}

internal static class IndexRules
{
    public static void CheckVectorIndex(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (key, value) in parameters)
        {
            var known = key.ToUpperInvariant() switch
            {
                "DISTANCE" => value is "Cosine" or "DotProduct",
                "M" => int.TryParse(value, out var m) && m is >= 2 and <= 100,
                "EFCONSTRUCTION" => int.TryParse(value, out var ef) && ef > 0,
                _ => false,
            };
            if (!known) throw new IrisError(-1, $"HNSW does not take {key} = {value}");
        }
        if (!parameters.ContainsKey("Distance")) throw new IrisError(-1, "HNSW needs Distance");
    }
}
