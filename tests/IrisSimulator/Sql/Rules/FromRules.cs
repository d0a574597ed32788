using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

internal static class FromRules
{
    public static void Check(FromClause from)
    {
        var labels = new HashSet<Name>();
        foreach (var table in from.Tables.SelectMany(Leaves))
            if (Label(table) is { } label && !labels.Add(label))
                throw new IrisError(-20, $"Table label {label} is used twice in FROM");

        foreach (var join in from.Tables.SelectMany(t => Walk.OwnLevel(t).OfType<Join>()))
        {
            if (join.On is not null)
            {
                Place.Neither(join.On, "ON");
                Place.NoArrows(join.On, "ON");
            }
            if (IsDerivedWithNamedJoin(join.Left) || IsDerivedWithNamedJoin(join.Right))
                throw new IrisError(-1, "NATURAL and USING are not allowed inside a joined subquery");
        }
    }

    public static void RequireBaseTables(string word, TableReference left, TableReference right)
    {
        if (Leaves(left).Concat(Leaves(right)).Any(table => table is not NamedTable))
            throw new IrisError(-1, $"{word} joins tables only");
    }

    /// <summary>A column of USING belongs to no table any more.</summary>
    public static void CheckUsing(FromClause from, IReadOnlyList<object?> parts)
    {
        foreach (var join in from.Tables.SelectMany(t => Walk.OwnLevel(t).OfType<Join>()).Where(j => j.Using.Count > 0))
        {
            var labels = Leaves(join).Select(Label).ToHashSet();
            foreach (var column in parts.OfType<object>().SelectMany(Walk.OwnLevel).OfType<ColumnReference>())
                if (column.Table is { } table && labels.Contains(table.Object) && join.Using.Contains(column.Column))
                    throw new IrisError(-77, $"Qualified column {table}.{column.Column} is not allowed with USING");
        }
    }

    /// <summary>The tables that joins put together.</summary>
    public static IEnumerable<TableReference> Leaves(TableReference table) =>
        Walk.Search(table, node => node is Join).OfType<TableReference>().Where(t => t is not Join);

    /// <summary>Alias, or the table's own name.</summary>
    public static Name? Label(TableReference table) => table switch
    {
        NamedTable named => named.Alias ?? named.Table.Object,
        DerivedTable derived => derived.Alias,
        TableFunction function => function.Alias ?? function.Procedure.Object,
        JsonTable json => json.Alias,
        _ => null,
    };

    private static bool IsDerivedWithNamedJoin(TableReference table) => table is DerivedTable { Query: var query }
        && Walk.Search(query, node => node is not DerivedTable).Any(node => node is Join { Natural: true } or Join { Using.Count: > 0 });
}
