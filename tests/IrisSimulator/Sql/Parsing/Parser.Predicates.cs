using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    private static readonly Dictionary<string, ComparisonOperator> Comparisons = new()
    {
        ["="] = ComparisonOperator.Equal,
        ["<>"] = ComparisonOperator.NotEqual,
        ["!="] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
        ["["] = ComparisonOperator.Contains,
        ["]"] = ComparisonOperator.Follows,
    };

    /// <summary>Where users report that statements stop working.</summary>
    private const int MostListItems = 500;

    private Expression Scalar() => Any(condition: false).Scalar;

    private Predicate Condition() => Any(condition: true).Condition();

    /// <param name="condition">Only for the code of a missing term: -4 in a condition, -12 in a scalar.</param>
    private Operand Any(bool condition) => Nested(() => Disjunction(condition));

    private Operand Disjunction(bool condition)
    {
        var left = Conjunction(condition);
        while (AtAny("OR", "!"))
        {
            CountOperator();
            _tokens.Take();
            left = new Or(left.Condition(), Conjunction(true).Condition());
        }
        return left;
    }

    private Operand Conjunction(bool condition)
    {
        var left = Negation(condition);
        while (AtAny("AND", "&"))
        {
            CountOperator();
            _tokens.Take();
            left = new And(left.Condition(), Negation(true).Condition());
        }
        return left;
    }

    private Operand Negation(bool condition)
    {
        var negations = 0;
        for (; Accept("NOT"); negations++) CountOperator();
        if (negations == 0) return Predicate(condition);
        var operand = Predicate(true).Condition(-15);
        for (; negations > 0; negations--) operand = new Not(operand);
        return operand;
    }

    private Operand Predicate(bool condition)
    {
        switch (Current.Key)
        {
            case "EXISTS":
                _tokens.Take();
                return new Exists(BracketedQuery());
            case "FOR":
                return ForSome();
            case "%NOINDEX":
                _tokens.Take();
                return new NoIndex(Nested(() => Negation(true)).Condition());
        }
        if (condition && !StartsTerm()) throw Fail(-4, $"A term expected, {Current} found");
        var left = Sum();
        return Suffix(left);
    }

    private bool StartsTerm() => Current.Kind switch
    {
        TokenKind.End => false,
        TokenKind.Symbol => AtAny("(", "{", "+", "-", ":"),
        TokenKind.Word => CanStartTerm(Current),
        _ => true,
    };

    private Operand Suffix(Operand left)
    {
        if (Comparisons.TryGetValue(Current.Key, out var comparison))
        {
            _tokens.Take();
            return Comparison(comparison, left.Scalar);
        }
        switch (Current.Key)
        {
            case "IS": return Is(left.Scalar);
            case "NOT":
                _tokens.Take();
                return Negatable(left.Scalar, true) ?? throw Fail(-1, $"BETWEEN, IN or LIKE expected, {Current} found");
            default:
                if (!AtAny("BETWEEN", "IN", "LIKE")) return PercentPredicate(left);
                return Negatable(left.Scalar, false)!;
        }
    }

    private Operand Comparison(ComparisonOperator comparison, Expression left)
    {
        if (!AtAny("ALL", "ANY", "SOME")) return new Comparison(comparison, left, Sum().Scalar);
        if (comparison is ComparisonOperator.Contains or ComparisonOperator.Follows) throw Fail(-1, "ALL, ANY and SOME need a comparison");
        var all = _tokens.Take().Key == "ALL";
        return new QuantifiedComparison(comparison, all, left, OneColumn(BracketedQuery()));
    }

    private Predicate Is(Expression operand)
    {
        Expect("IS");
        var negated = Accept("NOT");
        if (Accept("NULL")) return new IsNull(operand, negated);
        Expect("JSON");
        var kind = Current.Key switch
        {
            "SCALAR" => JsonKind.Scalar,
            "ARRAY" => JsonKind.Array,
            "OBJECT" => JsonKind.Object,
            _ => JsonKind.Value,
        };
        if (AtAny("VALUE", "SCALAR", "ARRAY", "OBJECT")) _tokens.Take();
        return new IsJson(operand, kind, negated);
    }

    private Predicate? Negatable(Expression operand, bool negated)
    {
        if (Accept("BETWEEN"))
        {
            var low = Sum().Scalar;
            Expect("AND");
            return new Between(operand, low, Sum().Scalar, negated);
        }
        if (Accept("LIKE"))
        {
            var pattern = Sum().Scalar;
            return new Like(operand, pattern, EscapeCharacter(), negated);
        }
        if (!Accept("IN")) return null;
        if (_tokens.Peek(1).Key == "SELECT") return new InSubquery(operand, OneColumn(BracketedQuery()), negated);
        Expect("(");
        var items = List(Scalar);
        if (items is [var leg] && SetOperationBehind(leg) is { } query)
        {
            Expect(")");
            return new InSubquery(operand, OneColumn(query), negated);
        }
        Expect(")");
        if (items.Count > MostListItems) throw Fail(-400, $"An IN list of {items.Count} items");
        return new InList(operand, items, negated);
    }

    private Expression? EscapeCharacter()
    {
        if (!Accept("ESCAPE")) return null;
        if (Current.Kind == TokenKind.Parameter) return Marker();
        var text = QuotedText();
        return text.Length == 1 ? new StringLiteral(text) : throw Fail(-63, $"'{text}' is not one character");
    }

    private Operand PercentPredicate(Operand left)
    {
        switch (Current.Key)
        {
            case "%STARTSWITH":
                _tokens.Take();
                return new StartsWith(left.Scalar, Sum().Scalar);
            case "%MATCHES":
                _tokens.Take();
                var pattern = Sum().Scalar;
                return new Matches(left.Scalar, pattern, EscapeCharacter());
            case "%PATTERN":
                _tokens.Take();
                return new PatternMatch(left.Scalar, QuotedText());
            case "%INLIST":
                _tokens.Take();
                var list = Sum().Scalar;
                return new InIrisList(left.Scalar, list, ListSize());
            case "%INSET" or "%FIND":
                var find = _tokens.Take().Key == "%FIND";
                return new InSet(left.Scalar, Sum().Scalar, find);
            case "%CONTAINS" or "%CONTAINSTERM":
                var term = _tokens.Take().Key == "%CONTAINSTERM";
                return new ContainsText(left.Scalar, Bracketed(Scalar), term);
            default:
                return left;
        }
    }

    private int? ListSize()
    {
        if (!Accept("SIZE")) return null;
        Expect("(", "(");
        var size = Integer();
        Expect(")", ")");
        return size;
    }

    private Predicate ForSome()
    {
        Expect("FOR");
        if (!Accept("SOME")) throw Fail(-16, $"The quantifier SOME expected after FOR, {Current} found");
        if (!Accept("%ELEMENT"))
        {
            var tables = Bracketed(TableExpression);
            return new ForSome(tables, SomeCondition());
        }
        Expect("(");
        if (Column() is not ColumnReference field) throw Fail(-1, "FOR SOME %ELEMENT needs a field");
        Expect(")");
        var alias = Alias();
        _elements++;
        var condition = SomeCondition();
        _elements--;
        return new ForSomeElement(field, alias, condition);
    }

    private Predicate SomeCondition()
    {
        Expect("(");
        var condition = Any(condition: true).Condition(-17);
        Expect(")");
        return condition;
    }

    /// <summary>%KEY and %VALUE mean something inside FOR SOME %ELEMENT only.</summary>
    private int _elements;

    private Query OneColumn(Query query)
    {
        QueryLevel.RequireOneColumn(query);
        return query;
    }
}
