using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Which range-table entries of one query level an expression or a FROM item reads, and whether it looks further out.</summary>
internal sealed class ColumnUse : TreeWalker
{
    public HashSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>It reads columns of an enclosing query.</summary>
    public bool Outer { get; private set; }

    public static ColumnUse Of(Expr expression)
    {
        var use = new ColumnUse();
        use.Visit(expression);
        return use;
    }

    public static ColumnUse Of(FromItem item)
    {
        var use = new ColumnUse();
        use.Visit(item);
        return use;
    }

    /// <summary>A query that reads columns of the one around it, or of one further out.</summary>
    public static bool IsCorrelated(Query query)
    {
        var use = new ColumnUse();
        use.Visit(query);
        return use.Outer || use.Aliases.Count > 0;
    }

    protected override bool Enter(Expr expression)
    {
        if (expression is not ColumnRef { Column: { Source: { } source } column }) return true;
        if (column.LevelsUp == Depth) Aliases.Add(source);
        else if (column.LevelsUp > Depth) Outer = true;
        return true;
    }
}
