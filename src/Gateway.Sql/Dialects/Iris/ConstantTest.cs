using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Tells expressions that have one value for the whole statement, so that it can be computed before it.</summary>
internal sealed class ConstantTest : TreeWalker
{
    private bool _constant;

    public bool IsConstant(Expr expression)
    {
        _constant = true;
        Visit(expression);
        return _constant;
    }

    protected override bool Enter(Expr expression)
    {
        switch (expression)
        {
            case ColumnRef or AtScope or DefaultValue or CurrentOf or Star:
            case Exists or ScalarSubquery or ArraySubquery or InSubquery or Quantified { Query: not null }:
            case FunctionCall { Over: not null } or FunctionCall { Resolved: null or { Kind: not 'f' } or { ReturnsSet: true } or { Volatility: 'v' } }:
            case InputRef { Input.Kind: not (InputKind.Parameter or InputKind.Computed) }:
                _constant = false;
                break;
        }

        return _constant;
    }
}

/// <summary>An expression of an outer query level, inside an inner one.</summary>
internal sealed record AtScope(Expr Inner, Scope Scope) : Expr;
