using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>Looks for aggregates, window calls and volatile functions inside a bound expression, not in its subqueries.</summary>
internal sealed class NestedCalls(Func<FunctionCall, bool> wanted) : TreeWalker
{
    private FunctionCall? _found;

    public static int? FindAggregate(Expr expression) => Find(expression, call => call is { Resolved.Kind: 'a', Over: null });

    public static int? FindWindow(Expr expression) => Find(expression, call => call.Over is not null);

    public static int? FindSet(Expr expression) => Find(expression, call => call.Resolved is { ReturnsSet: true });

    public static bool HasVolatile(Expr expression) => Find(expression, call => call.Resolved is { Volatility: 'v' }) is not null;

    private static int? Find(Expr expression, Func<FunctionCall, bool> wanted)
    {
        if (expression is ColumnRef or NumberLiteral or StringLiteral or Parameter) return null;
        var search = new NestedCalls(wanted);
        search.Visit(expression);
        return search._found?.ErrorPosition;
    }

    protected override bool Enter(Expr expression)
    {
        if (Depth == 0 && expression is FunctionCall call && wanted(call)) _found ??= call;
        return _found is null && expression is not (ScalarSubquery or Exists or ArraySubquery);
    }
}
