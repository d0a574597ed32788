using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

internal static class TableRules
{
    public static void Check(IReadOnlyList<ColumnDefinition> columns, IReadOnlyList<TableConstraint> constraints)
    {
        CheckColumns(columns);
        var known = columns.Select(c => c.Name).ToHashSet();
        foreach (var name in constraints.SelectMany(ColumnsOf))
            if (!known.Contains(name))
                throw new IrisError(-31, $"Field {name} of a constraint is not in the table");
        if (columns.Count(c => c.PrimaryKey) + constraints.OfType<PrimaryKeyConstraint>().Count() > 1)
            throw new IrisError(-307, "Primary key already defined");
    }

    /// <summary>What holds between the columns of one statement.</summary>
    public static void CheckColumns(IReadOnlyList<ColumnDefinition> columns)
    {
        var names = new HashSet<Name>();
        foreach (var column in columns)
            if (!names.Add(column.Name))
                throw new IrisError(-306, $"Column {column.Name} is defined twice");
        if (columns.Count(c => c.Identity) > 1) throw new IrisError(-308, "Identity column already defined");
        if (columns.Count(c => c.AutoIncrement) > 1) throw new IrisError(-1, "AUTO_INCREMENT is for one column");
    }

    private static IReadOnlyList<Name> ColumnsOf(TableConstraint constraint) => constraint switch
    {
        UniqueConstraint unique => unique.Columns,
        PrimaryKeyConstraint primary => primary.Columns,
        ForeignKeyConstraint foreign => foreign.Columns,
        _ => [],
    };
}
