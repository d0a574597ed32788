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
        // Mostly a column stands first.
        for (var first = expression; ;)
        {
            switch (first)
            {
                case ColumnRef:
                    return false;
                case NumberLiteral or StringLiteral or Parameter when ReferenceEquals(first, expression):
                    return true;
                case BinaryOp e:
                    first = e.Left;
                    continue;
                case And e:
                    first = e.Left;
                    continue;
                case Or e:
                    first = e.Left;
                    continue;
                case Cast e:
                    first = e.Operand;
                    continue;
                case Between e:
                    first = e.Operand;
                    continue;
                case InList e:
                    first = e.Operand;
                    continue;
                case Like e:
                    first = e.Operand;
                    continue;
                case IsNull e:
                    first = e.Operand;
                    continue;
            }

            break;
        }

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
