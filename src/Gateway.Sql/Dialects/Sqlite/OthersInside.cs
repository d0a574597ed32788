using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Whether an expression of RETURNING reads another table than the target.</summary>
internal sealed class OthersInside(string target) : TreeWalker
{
    private bool _found;

    public static bool Find(Expr expression, string target)
    {
        var search = new OthersInside(target);
        search.Visit(expression);
        return search._found;
    }

    protected override bool Enter(Expr expression)
    {
        _found |= expression is ColumnRef { Column: { Source: { } source } column } && column.LevelsUp == Depth && source != target;
        return !_found;
    }
}
