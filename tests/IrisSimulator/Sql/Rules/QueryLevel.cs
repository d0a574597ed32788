using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

/// <summary>Rules of one query as a whole: order, columns, limits.</summary>
internal static class QueryLevel
{
    public static void Check(Query query)
    {
        if (query.Body is SetOperation operation) RequireSameCount(operation);
        foreach (var item in query.OrderBy) CheckKey(query.Body, item.Key);
        if (query.Body is Select select) SelectRules.CheckOrder(select, query.OrderBy);
    }

    /// <summary>In brackets and in views an order needs TOP, and then LIMIT is out of the question.</summary>
    public static void RequireTopForOrder(Query query)
    {
        if (query.OrderBy.Count > 0 && query.Body is not Select { Top: not null })
            throw new IrisError(-143, "ORDER BY in a subquery or view needs TOP");
    }

    public static void RequireOneColumn(Query query)
    {
        if (Columns.Count(query.Body) != 1) throw new IrisError(-10, "The subquery must have exactly one column, by name");
    }

    private static void RequireSameCount(SetOperation operation)
    {
        if (Columns.Count(operation.Left) is { } left && Columns.Count(operation.Right) is { } right && left != right)
            throw new IrisError(-9, $"{operation.Operator} of {left} and {right} columns");
    }

    private static void CheckKey(QueryBody body, OrderKey key)
    {
        var count = Columns.Count(body);
        switch (key)
        {
            case PositionKey when count is null:
                throw new IrisError(-22, "ORDER BY must use names after SELECT *");
            case PositionKey { Position: var position } when position < 1 || position > count:
                throw new IrisError(-5, $"ORDER BY column {position} is not in the select list");
            case ExpressionKey { Expression: var expression } when body is SetOperation:
                RequireResultColumn(body, expression);
                break;
            case ExpressionKey { Expression: ColumnReference { Table: null, Column: var name } } when body is Select select:
                RequireOneMeaning(select, name);
                break;
        }
    }

    private static void RequireOneMeaning(Select select, Name name)
    {
        var meanings = select.Items.OfType<ExpressionItem>()
            .Where(item => name.Equals(item.Alias ?? (item.Expression as ColumnReference)?.Column)).ToList();
        if (meanings.Exists(item => !Walk.Same(item.Expression, meanings[0].Expression)))
            throw new IrisError(-24, $"Sort column {name} is ambiguous");
    }

    private static void RequireResultColumn(QueryBody body, Expression expression)
    {
        var labels = Columns.Labels(body);
        var known = expression is ColumnReference { Table: null, Column: var name }
            && (labels.Contains(null) || labels.Contains(name.Text, StringComparer.OrdinalIgnoreCase));
        if (!known) throw new IrisError(-6, "ORDER BY after UNION needs a column number or the name of a result column");
    }
}
