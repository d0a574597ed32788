using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    /// <summary>{fn …}, {d …}, {t …}, {ts …}.</summary>
    private Expression Braces()
    {
        Expect("{");
        Expression inside = Current.Key switch
        {
            "FN" => EscapedFunction(),
            "D" => DateEscape(),
            "T" => TimeEscape(),
            "TS" => TimestampEscape(),
            _ => throw Fail(-40, $"ODBC escape {{{Current} is not supported"),
        };
        Expect("}");
        return inside;
    }

    private Expression EscapedFunction()
    {
        Expect("FN");
        var key = Current.Key;
        if (Current.Kind != TokenKind.Word) throw Fail(-1, $"A function name expected, {Current} found");
        if (Signatures.Function(key, escape: true) is not { } signature || version < signature.Since)
            throw Fail(-40, $"ODBC escape function {key} is not supported");
        _tokens.Take();
        return Invoke(signature, escape: true);
    }

    private Expression BareCall()
    {
        var key = _tokens.Take().Key;
        return Signatures.Function(key, escape: false) is { } signature && version >= signature.Since
            ? Invoke(signature, escape: false)
            : throw Fail(-359, $"SQL function (function stored procedure) {key} not found");
    }

    private Expression Invoke(Signature signature, bool escape)
    {
        if (SpecialForm(signature.Name) is { } form) return Nested(() => form(escape));
        var arguments = Arguments();
        if (arguments.Count < signature.Least) throw Fail(-380, $"Arguments missing for scalar function {signature.Name}");
        if (arguments.Count > signature.Most) throw Fail(-381, $"Too many arguments for scalar function {signature.Name}");
        return new FunctionCall(signature.Name, escape, arguments);
    }

    private EscapeLiteral DateEscape()
    {
        Expect("D");
        var text = QuotedText();
        return DateTimeText.IsDate(text) ? new(EscapeLiteralKind.Date, text) : throw Fail(-146, $"'{text}' is no date");
    }

    private EscapeLiteral TimeEscape()
    {
        Expect("T");
        var text = QuotedText();
        return DateTimeText.IsTime(text) ? new(EscapeLiteralKind.Time, text) : throw Fail(-147, $"'{text}' is no time");
    }

    private EscapeLiteral TimestampEscape()
    {
        Expect("TS");
        return new(EscapeLiteralKind.Timestamp, QuotedText());
    }

    private Expression AggregateOrWindow()
    {
        var key = _tokens.Take().Key;
        var aggregate = Signatures.Aggregate(key);
        return aggregate is null ? WindowOnly(key) : Aggregate(key, aggregate);
    }

    private WindowCall WindowOnly(string key)
    {
        var arguments = Arguments();
        if (!At("OVER")) throw Fail(-359, $"SQL function (function stored procedure) {key} not found: OVER is missing");
        return Over(key, arguments);
    }

    private Expression Aggregate(string key, AggregateSignature signature)
    {
        Expect("(");
        var call = key == "COUNT" && Accept("*")
            ? new AggregateCall(signature.Function, null, false, [], null, false)
            : AggregateArgument(key, signature);
        Expect(")");
        if (!At("OVER")) return call;
        if (call.Distinct || call.ForEach is not null || call.AfterHaving || Signatures.Window(key) is null)
            throw Fail(-1, $"{key} cannot be used so as a window function");
        return Over(key, call.Argument is { } argument ? [argument] : []);
    }

    private AggregateCall AggregateArgument(string key, AggregateSignature signature)
    {
        var distinct = Accept("DISTINCT");
        if (distinct && !signature.Distinct) throw Fail(-1, $"{key} takes no DISTINCT");
        if (!distinct) Accept("ALL");
        List<Expression> by = distinct && Accept("BY") ? Bracketed(Scalar) : [];
        var argument = Scalar();
        var forEach = Accept("%FOREACH") ? Bracketed(Scalar) : null;
        return new(signature.Function, argument, distinct, by, forEach, Accept("%AFTERHAVING"));
    }

    private WindowCall Over(string key, IReadOnlyList<Expression> arguments)
    {
        var signature = Signatures.Window(key)!;
        if (arguments.Count < signature.Least) throw Fail(-380, $"Arguments missing for window function {key}");
        if (arguments.Count > signature.Most) throw Fail(-381, $"Too many arguments for window function {key}");
        Expect("OVER", "(");
        List<Expression> partition = [];
        if (Accept("PARTITION"))
        {
            Expect("BY");
            partition = List(Scalar);
        }
        // A number is a column number behind a query only.
        var order = OrderBy().ConvertAll(item => item.Key is PositionKey key ? item with { Key = new IgnoredKey(new NumberLiteral($"{key.Position}")) } : item);
        var frame = Accept("ROWS") ? Frame() : null;
        // The server ignores ROWS on the others, which nobody can want.
        if (frame is not null && !signature.HonoursRows) throw Fail(-1, $"{key} does not honour ROWS");
        Expect(")");
        return new(signature.Function, arguments, partition, order, frame);
    }

    private WindowFrame Frame()
    {
        if (!Accept("BETWEEN")) return new(FrameBound(), new(FrameBoundKind.CurrentRow));
        var start = FrameBound();
        Expect("AND");
        return new(start, FrameBound());
    }

    private FrameBound FrameBound()
    {
        if (Accept("CURRENT"))
        {
            Expect("ROW");
            return new(FrameBoundKind.CurrentRow);
        }
        if (Accept("UNBOUNDED"))
            return new(ExpectAny("PRECEDING", "FOLLOWING") == "PRECEDING" ? FrameBoundKind.UnboundedPreceding : FrameBoundKind.UnboundedFollowing);
        Expression offset = Current.Kind == TokenKind.Parameter ? Marker() : new NumberLiteral(Integer().ToString());
        return new(ExpectAny("PRECEDING", "FOLLOWING") == "PRECEDING" ? FrameBoundKind.Preceding : FrameBoundKind.Following, offset);
    }
}
