using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Looks for functions whose every call gives another value, in subqueries too.</summary>
internal sealed class VolatileTest : TreeWalker
{
    private bool _found;

    public static bool IsVolatile(Query query)
    {
        var test = new VolatileTest();
        test.Visit(query);
        return test._found;
    }

    protected override bool Enter(Expr expression)
    {
        _found |= expression is FunctionCall { Resolved: { Kind: 'f', Volatility: 'v' } };
        return !_found;
    }
}
