using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    private static readonly Dictionary<string, BinaryOperator> Sums = new()
    {
        ["+"] = BinaryOperator.Add,
        ["-"] = BinaryOperator.Subtract,
        ["||"] = BinaryOperator.Concat,
        ["_"] = BinaryOperator.Underscore,
    };

    private static readonly Dictionary<string, BinaryOperator> Products = new()
    {
        ["*"] = BinaryOperator.Multiply,
        ["/"] = BinaryOperator.Divide,
        ["\\"] = BinaryOperator.IntegerDivide,
        ["#"] = BinaryOperator.Modulo,
    };

    private static readonly HashSet<string> Variables =
        ["USER", "CURRENT_USER", "CURRENT_DATE", "SYSDATE", "$NAMESPACE", "$USERNAME", "$JOB", "$ZVERSION", "$TLEVEL", "$HOROLOG",
         "$ZTIMESTAMP", "$ZTIMEZONE", "$ZPI"];

    private static readonly Dictionary<string, PseudoColumnKind> PseudoColumns = new()
    {
        ["%ID"] = PseudoColumnKind.Id,
        ["%TABLENAME"] = PseudoColumnKind.TableName,
        ["%CLASSNAME"] = PseudoColumnKind.ClassName,
        ["%VID"] = PseudoColumnKind.Vid,
    };

    private static readonly Dictionary<string, Collation> Collations = new()
    {
        ["%EXACT"] = Collation.Exact,
        ["%SQLSTRING"] = Collation.SqlString,
        ["%SQLUPPER"] = Collation.SqlUpper,
        ["%UPPER"] = Collation.Upper,
        ["%ALPHAUP"] = Collation.AlphaUp,
        ["%MINUS"] = Collation.Minus,
        ["%PLUS"] = Collation.Plus,
        ["%MVR"] = Collation.Mvr,
        ["%SPACE"] = Collation.Space,
        ["%STRING"] = Collation.String,
        ["%TRUNCATE"] = Collation.Truncate,
    };

    private static readonly Dictionary<string, ValueFormat> Formats = new()
    {
        ["%EXTERNAL"] = ValueFormat.External,
        ["%INTERNAL"] = ValueFormat.Internal,
        ["%ODBCIN"] = ValueFormat.OdbcIn,
        ["%ODBCOUT"] = ValueFormat.OdbcOut,
    };

    private Operand Sum() => Chain(Product, Sums);

    private Operand Product() => Chain(Signed, Products);

    private Operand Chain(Func<Operand> part, Dictionary<string, BinaryOperator> operators)
    {
        var left = part();
        while (operators.TryGetValue(Current.Key, out var operation))
        {
            CountOperator();
            _tokens.Take();
            left = new Binary(operation, left.Scalar, part().Scalar);
        }
        return left;
    }

    private Operand Signed()
    {
        var signs = new Stack<UnaryOperator>();
        for (; AtAny("+", "-"); CountOperator()) signs.Push(_tokens.Take().Key == "-" ? UnaryOperator.Minus : UnaryOperator.Plus);
        var operand = Primary();
        while (signs.TryPop(out var sign)) operand = new Unary(sign, operand.Scalar);
        return operand;
    }

    private Operand Primary() => Current.Kind switch
    {
        TokenKind.Parameter => Marker(),
        TokenKind.Number => new NumberLiteral(_tokens.Take().Text),
        TokenKind.String => new StringLiteral(_tokens.Take().Text),
        TokenKind.Delimited => ColumnOrCall(),
        TokenKind.Word => WordTerm(),
        TokenKind.Symbol when At("(") => Brackets(),
        TokenKind.Symbol when At("{") => Braces(),
        TokenKind.Symbol when At(":") => throw Fail(-28, "Host variables are written ? here"),
        _ => throw Fail(-12, $"A term expected, {Current} found"),
    };

    private Operand Brackets()
    {
        if (_tokens.Peek(1).Key == "SELECT") return Subselect(BracketedQuery());
        Expect("(");
        var inner = Any(condition: false);
        if (inner.ScalarOrNull is { } leg && SetOperationBehind(leg) is { } query) inner = Subselect(query);
        Expect(")");
        return inner;
    }

    /// <summary>What looked like a bracketed value may have been the first leg of a set operation.</summary>
    private Query? SetOperationBehind(Expression leg)
    {
        if (leg is not ScalarSubquery first || !AtAny("UNION", "INTERSECT", "EXCEPT")) return null;
        var query = QueryFrom(new NestedQuery(first.Query), []);
        QueryLevel.RequireTopForOrder(query);
        return query;
    }

    private Expression Subselect(Query query) => new ScalarSubquery(OneColumn(query));

    /// <summary>Reserved words that begin a term are functions, variables, CASE and NULL.</summary>
    private bool CanStartTerm(Token word)
    {
        if (!Words.IsReserved(word.Key)) return true;
        return word.Key is "CASE" or "NULL" or "NOT" or "EXISTS" or "FOR" || Variables.Contains(word.Key) || IsClock(word.Key)
            || PseudoColumns.ContainsKey(word.Key) || Collations.ContainsKey(word.Key) || word.Key is "%KEY" or "%VALUE"
            || (_tokens.Peek(1).Key == "(" && IsCallable(word.Key));
    }

    private static bool IsClock(string key) => key is "CURRENT_TIME" or "CURRENT_TIMESTAMP";

    private static bool IsCallable(string key) => Signatures.IsFunction(key) || Signatures.Aggregate(key) is not null || Formats.ContainsKey(key);

    private Expression WordTerm()
    {
        var key = Current.Key;
        if (_tokens.Peek(1).Key == "(")
        {
            if (Signatures.Aggregate(key) is not null || Signatures.Window(key) is not null) return AggregateOrWindow();
            if (Signatures.IsFunction(key)) return BareCall();
            if (Formats.TryGetValue(key, out var format)) return Format(format);
        }
        if (Collations.TryGetValue(key, out var collation)) return Collate(collation);
        if (Variables.Contains(key)) return new SpecialValue(_tokens.Take().Key);
        if (IsClock(key)) return Clock();
        if (PseudoColumns.TryGetValue(key, out var pseudo))
        {
            _tokens.Take();
            return new PseudoColumn(null, pseudo);
        }
        switch (key)
        {
            case "CASE": return Case();
            case "NULL":
                _tokens.Take();
                return new NullLiteral();
            case "%KEY" or "%VALUE" when _elements > 0:
                return new ElementPart(null, _tokens.Take().Key == "%KEY");
        }
        if (Words.IsReserved(key)) throw Fail(-12, $"A term expected, reserved word {Current} found");
        if (key[0] == '$') throw Fail(-1, $"{Current} is no function");
        return ColumnOrCall();
    }

    private SpecialValue Clock()
    {
        var name = _tokens.Take().Key;
        if (!Accept("(")) return new(name);
        var precision = Integer();
        if (precision > 9) throw Fail(-1, "The precision of a time is 0 to 9");
        Expect(")");
        return new(name, precision);
    }

    private Expression ColumnOrCall()
    {
        if (_tokens.Peek(1).Key == "(") return new UserFunctionCall(new(null, Name()), Arguments());
        if (_tokens.Peek(1).Key == "." && _tokens.Peek(3).Key == "(") return new UserFunctionCall(QualifiedName(), Arguments());
        return Column();
    }

    /// <summary>[[schema.]table.]column, with arrows behind it; or table.%ID.</summary>
    private Expression Column()
    {
        var parts = new List<Name> { Name() };
        while (Accept("."))
        {
            if (parts.Count < 3 && PseudoColumns.TryGetValue(Current.Key, out var pseudo))
            {
                _tokens.Take();
                return new PseudoColumn(Table(parts), pseudo);
            }
            if (parts.Count == 1 && _elements > 0 && AtAny("%KEY", "%VALUE")) return new ElementPart(parts[0], _tokens.Take().Key == "%KEY");
            parts.Add(Name());
        }
        if (parts.Count > 3) throw Fail(-1, "A field name has at most three parts");
        var column = new ColumnReference(parts.Count == 1 ? null : Table(parts[..^1]), parts[^1]);
        if (!At("->")) return column;
        var path = new List<Name>();
        for (; Accept("->"); CountOperator()) path.Add(Name());
        return new ArrowReference(column, path);
    }

    private static QualifiedName Table(List<Name> parts) => parts.Count == 1 ? new(null, parts[0]) : new(parts[0], parts[1]);

    private CollationCall Collate(Collation collation)
    {
        var name = _tokens.Take().Key;
        if (!At("(")) return new(collation, Nested(Primary).Scalar, null);
        Expect("(");
        var operand = Scalar();
        int? length = null;
        if (At(","))
        {
            if (collation is not (Collation.SqlString or Collation.SqlUpper or Collation.Truncate)) throw Fail(-381, $"Too many arguments for {name}");
            Expect(",");
            length = Integer();
        }
        Expect(")");
        return new(collation, operand, length);
    }

    private FormatCall Format(ValueFormat format)
    {
        _tokens.Take();
        Expect("(");
        var operand = Scalar();
        Expect(")");
        return new(format, operand);
    }

    private Expression Case()
    {
        Expect("CASE");
        Expression result = At("WHEN") ? SearchedCase() : SimpleCase();
        Expect("END");
        CaseRules.Check(result);
        return result;
    }

    private SearchedCase SearchedCase()
    {
        var whens = new List<SearchedWhen>();
        do
        {
            Expect("WHEN");
            var condition = Condition();
            Expect("THEN");
            whens.Add(new(condition, Scalar()));
        }
        while (At("WHEN"));
        return new(whens, Accept("ELSE") ? Scalar() : null);
    }

    private SimpleCase SimpleCase()
    {
        var operand = Scalar();
        var whens = new List<SimpleWhen>();
        do
        {
            Expect("WHEN");
            var value = Scalar();
            Expect("THEN");
            whens.Add(new(value, Scalar()));
        }
        while (At("WHEN"));
        return new(operand, whens, Accept("ELSE") ? Scalar() : null);
    }
}
