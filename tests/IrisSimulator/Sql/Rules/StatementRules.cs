using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

internal static class StatementRules
{
    /// <summary>One way of limiting rows in the whole statement.</summary>
    public static void Check(Statement statement)
    {
        var styles = Walk.All(statement).Select(Style).Where(style => style is not null).Distinct().Count();
        if (styles > 1) throw new IrisError(-386, "TOP, LIMIT and FETCH cannot be mixed in one query");
    }

    private static string? Style(object node) => node switch
    {
        TopClause => "TOP",
        LimitClause { Fetch: true } => "FETCH",
        LimitClause => "LIMIT",
        _ => null,
    };

    public static void DistinctColumns(IReadOnlyList<Name> columns)
    {
        if (columns.Distinct().Count() < columns.Count) throw new IrisError(-377, "A column is named twice in the assignment list");
    }

    public static void ValueCount(int columns, int values)
    {
        if (columns == 0) return;
        if (values < columns) throw new IrisError(-62, $"{values} values for {columns} columns");
        if (values > columns) throw new IrisError(-116, $"{values} values for {columns} columns");
    }
}
