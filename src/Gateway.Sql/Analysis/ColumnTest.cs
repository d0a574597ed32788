using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Looks for columns.</summary>
internal sealed class ColumnTest : TreeWalker
{
    private bool _found;

    public static bool HasColumn(Expr expression)
    {
        var test = new ColumnTest();
        test.Visit(expression);
        return test._found;
    }

    protected override bool Enter(Expr expression)
    {
        _found |= expression is ColumnRef;
        return !_found;
    }
}
