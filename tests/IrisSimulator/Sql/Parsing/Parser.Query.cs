using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    private List<CommonTable> CommonTables()
    {
        Expect("WITH");
        var tables = List(() =>
        {
            var name = Name();
            Expect("AS");
            return new CommonTable(name, BracketedQuery());
        });
        if (tables.DistinctBy(t => t.Name).Count() < tables.Count) throw Fail(-382, "A common table expression is named twice");
        return tables;
    }

    /// <summary>A query that stands in brackets: no order without TOP.</summary>
    private Query BracketedQuery()
    {
        Expect("(");
        var query = Subquery();
        Expect(")");
        return query;
    }

    private Query Subquery()
    {
        if (At("WITH")) throw Fail(-1, "WITH is only allowed at the start of a statement");
        var query = Nested(() => Query());
        QueryLevel.RequireTopForOrder(query);
        return query;
    }

    private Query Query(IReadOnlyList<CommonTable>? with = null) => QueryFrom(Leg(), with ?? []);

    /// <summary>The set operations, the order and the limit behind a first leg.</summary>
    private Query QueryFrom(QueryBody first, IReadOnlyList<CommonTable> with)
    {
        var body = first;
        SetOperator? chain = null;
        while (AtSetOperator() is { } operation)
        {
            // How UNION and INTERSECT bind is documented nowhere: ask for brackets.
            if (chain is { } before && before != operation) throw Fail(-1, $"{before} and {operation} need parentheses");
            chain = operation;
            CountOperator();
            _tokens.Take();
            var all = operation == SetOperator.Union && Accept("ALL");
            if (operation == SetOperator.Union) Accept("%PARALLEL");
            body = new SetOperation(operation, all, body, Leg());
        }

        var order = OrderBy();
        var limit = Limit();
        if (limit is not null && order.Count == 0 && body is SetOperation last)
        {
            // Without an order the limit belongs to the last leg.
            body = last with { Right = new NestedQuery(new([], last.Right, [], limit)) };
            limit = null;
        }
        var query = new Query(with, body, order, limit);
        QueryLevel.Check(query);
        return query;
    }

    private SetOperator? AtSetOperator()
    {
        switch (Current.Key)
        {
            case "UNION": return SetOperator.Union;
            case "INTERSECT": Gate("INTERSECT", -25); return SetOperator.Intersect;
            case "EXCEPT": Gate("EXCEPT", -25); return SetOperator.Except;
            default: return null;
        }
    }

    private QueryBody Leg()
    {
        if (At("SELECT")) return Select();
        if (!At("(")) throw Fail(-1, $"SELECT expected, {Current} found");
        var query = BracketedQuery();
        return query is { With.Count: 0, OrderBy.Count: 0, Limit: null, Body: Select { Top: null } or NestedQuery } ? query.Body : new NestedQuery(query);
    }

    private Select Select()
    {
        Expect("SELECT");
        var keywords = Keywords("%NOFPLAN", "%NOLOCK", "%NORUNTIME", "%PROFILE", "%PROFILE_ALL");
        var quantifier = SelectQuantifier.All;
        List<Expression> distinctBy = [];
        if (Accept("DISTINCT"))
        {
            quantifier = SelectQuantifier.Distinct;
            if (Accept("BY")) (quantifier, distinctBy) = (SelectQuantifier.DistinctBy, Bracketed(Scalar));
        }
        else Accept("ALL");

        var top = Top();
        var items = List(SelectItem);
        if (At("INTO")) throw Fail(-422, "SELECT INTO is not supported over this connection");
        var from = At("FROM") ? From() : null;
        var where = Accept("WHERE") ? Condition() : null;
        var groupBy = Accept("GROUP") ? GroupBy() : [];
        var having = Accept("HAVING") ? Condition() : null;
        var select = new Select(keywords, quantifier, distinctBy, top, items, from, where, groupBy, having);
        SelectRules.Check(select);
        return select;
    }

    private List<Expression> GroupBy()
    {
        Expect("BY");
        return List(Scalar);
    }

    private TopClause? Top()
    {
        if (!Accept("TOP")) return null;
        if (Accept("ALL")) return new(null);
        if (Current.Kind != TokenKind.String) return new(RowCount("TOP"));
        var text = QuotedText();
        return decimal.TryParse(text, out _) ? new(new StringLiteral(text)) : throw Fail(-1, $"TOP needs a number, not '{text}'");
    }

    /// <summary>A signed number or a parameter.</summary>
    private Expression RowCount(string clause)
    {
        if (Current.Kind == TokenKind.Parameter) return Marker();
        var negative = Accept("-");
        if (!negative) Accept("+");
        if (Current.Kind != TokenKind.Number) throw Fail(-1, $"{clause} needs a number or ?, {Current} found");
        Expression number = new NumberLiteral(_tokens.Take().Text);
        return negative ? new Unary(UnaryOperator.Minus, number) : number;
    }

    private SelectItem SelectItem()
    {
        if (Accept("*")) return new StarItem(null);
        if (QualifiedStar() is { } star) return star;
        var expression = Scalar();
        return new ExpressionItem(expression, Alias());
    }

    private StarItem? QualifiedStar()
    {
        if (!AtName) return null;
        if (_tokens.Peek(1).Key == "." && _tokens.Peek(2).Key == "*")
        {
            var table = Name();
            Expect(".", "*");
            return new(new(null, table));
        }
        if (_tokens.Peek(1).Key != "." || _tokens.Peek(3).Key != "." || _tokens.Peek(4).Key != "*") return null;
        var name = QualifiedName();
        Expect(".", "*");
        return new(name);
    }

    private List<OrderItem> OrderBy()
    {
        if (!Accept("ORDER")) return [];
        Expect("BY");
        return List(OrderItem);
    }

    private OrderItem OrderItem()
    {
        var first = Current;
        var key = OrderKey(Scalar(), first);
        var descending = Accept("DESC");
        if (!descending) Accept("ASC");
        return new(key, descending);
    }

    private OrderKey OrderKey(Expression expression, Token first) => expression switch
    {
        NumberLiteral { IsInteger: true } number when first.Kind == TokenKind.Number =>
            new PositionKey(int.TryParse(number.Text, out var position) ? position : throw Fail(-5, $"There is no column {number.Text}")),
        NumberLiteral or Parameter or ScalarSubquery => new IgnoredKey(expression),
        Unary { Operand: NumberLiteral or Unary { Operand: NumberLiteral } } => new IgnoredKey(expression),
        _ => new ExpressionKey(expression),
    };

    private LimitClause? Limit()
    {
        var limit = Accept("LIMIT") ? LimitBehind() : At("OFFSET") || At("FETCH") ? Fetch() : null;
        if (limit is { Fetch: true } ? At("LIMIT") : limit is { Count: not null } && At("FETCH")) throw Fail(-386, "LIMIT and FETCH cannot be combined");
        return limit;
    }

    private LimitClause LimitBehind()
    {
        Gate("LIMIT", -25);
        Accept("ALL");
        var count = RowCount("LIMIT");
        return new(count, At("OFFSET") ? Offset() : null, Fetch: false);
    }

    private LimitClause Fetch()
    {
        Gate("LIMIT", -25);
        var offset = At("OFFSET") ? Offset() : null;
        if (!Accept("FETCH"))
        {
            Gate("OFFSET ALONE", -25);
            return new(null, offset, Fetch: false);
        }
        if (!Accept("FIRST")) Accept("NEXT");
        var count = RowCount("FETCH");
        Rows();
        Accept("ONLY");
        return new(count, offset, Fetch: true);
    }

    private Expression Offset()
    {
        Expect("OFFSET");
        var offset = RowCount("OFFSET");
        Rows();
        return offset;
    }

    private void Rows()
    {
        if (!Accept("ROWS")) Accept("ROW");
    }
}
