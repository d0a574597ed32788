using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Finds a column of the query itself in an expression that must not have one (LIMIT).</summary>
internal sealed class LocalColumn : TreeWalker
{
    private int? _position;

    public static int? Find(Expr expression)
    {
        var search = new LocalColumn();
        search.Visit(expression);
        return search._position;
    }

    protected override bool Enter(Expr expression)
    {
        if (expression is ColumnRef { Column: { } column } && column.LevelsUp == Depth) _position ??= expression.Position;
        return _position is null;
    }
}
