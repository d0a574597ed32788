using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Looks for subqueries.</summary>
internal sealed class SubqueryTest : TreeWalker
{
    private Expr? _found;

    public static bool HasSubquery(Expr expression) => First(expression) is not null;

    /// <summary>The first one, or null.</summary>
    public static Expr? First(Expr expression)
    {
        if (expression is ColumnRef) return null;
        var test = new SubqueryTest();
        test.Visit(expression);
        return test._found;
    }

    protected override bool Enter(Expr expression)
    {
        if (expression is ScalarSubquery or Exists or ArraySubquery or InSubquery or Quantified { Query: not null }) _found ??= expression;
        return _found is null;
    }
}
