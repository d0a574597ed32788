using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>
/// What IRIS says in its own words, where PostgreSQL has no meaning for them: <c>SELECT TOP n</c>, <c>%EXACT(x)</c>, <c>%ID</c>,
/// <c>x %STARTSWITH y</c>, <c>{fn f(x)}</c>, <c>{d '…'}</c> become ordinary trees; whole statements of its own are kept as text.
/// </summary>
internal sealed partial class Grammar
{
    /// <summary>The first words of statements that only IRIS has (iris-sql, sections 3.2, 4.3, 5, 6; IntegratedML).</summary>
    private static readonly string[][] NativeStatements =
    [
        ["TRAIN", "MODEL"], ["VALIDATE", "MODEL"], ["CREATE", "MODEL"], ["CREATE", "OR", "REPLACE", "MODEL"], ["DROP", "MODEL"], ["ALTER", "MODEL"],
        ["CREATE", "ML", "CONFIGURATION"], ["ALTER", "ML", "CONFIGURATION"], ["DROP", "ML", "CONFIGURATION"], ["SET", "ML", "CONFIGURATION"],
        ["INSERT", "OR", "UPDATE"], ["TUNE", "TABLE"], ["BUILD", "INDEX"], ["COLLECT", "STATISTICS"], ["PURGE"], ["FREEZE", "PLANS"],
        ["UNFREEZE", "PLANS"], ["LOAD", "DATA"], ["LOAD", "BULK"], ["USE"], ["CANCEL", "QUERY"], ["SET", "OPTION"], ["UNLOCK"],
        ["CREATE", "QUERY"], ["CREATE", "METHOD"], ["DROP", "QUERY"], ["DROP", "METHOD"],
    ];

    /// <summary>Functions of ODBC's escape that PostgreSQL has under another name (ODBC reference, appendix E).</summary>
    private static readonly Dictionary<string, string> EscapeNames = new(StringComparer.Ordinal)
    {
        ["ucase"] = "upper", ["lcase"] = "lower", ["log"] = "ln", ["log10"] = "log", ["truncate"] = "trunc", ["ifnull"] = "coalesce",
        ["char"] = "chr", ["rand"] = "random", ["database"] = "current_database", ["length"] = "char_length", ["space"] = "repeat",
    };

    private static readonly Dictionary<string, string> EscapeFields = new(StringComparer.Ordinal)
    {
        ["year"] = "year", ["quarter"] = "quarter", ["month"] = "month", ["week"] = "week", ["dayofyear"] = "doy", ["dayofmonth"] = "day",
        ["hour"] = "hour", ["minute"] = "minute", ["second"] = "second",
    };

    /// <summary>The words of <see cref="NativeStatements"/> that the statement starts with, or null.</summary>
    private string? NativeTag()
    {
        foreach (var words in NativeStatements)
        {
            var matched = 0;
            while (matched < words.Length && IsWord(matched, words[matched])) matched++;
            if (matched == words.Length) return string.Join(' ', words);
        }

        return null;
    }

    private NativeStatement NativeStatementRule(string tag, int start)
    {
        var markers = new ListBuilder<int>();
        var text = new System.Text.StringBuilder();
        var copied = start;
        while (_kind is not (TokenKind.End or TokenKind.Semicolon))
        {
            if (_kind == TokenKind.Parameter)
            {
                var at = Here;
                text.Append(_sql, copied, at - copied).Append('?');
                markers.Add(ParameterRule().Number);
                copied = LastEnd;
            }
            else
            {
                Advance();
            }
        }

        text.Append(_sql, copied, LastEnd - copied);
        return new NativeStatement(tag, text.ToString(), markers.ToImmutable());
    }

    /// <summary>TOP n, TOP $1 or TOP ALL behind SELECT [DISTINCT]: no column could be meant, as nothing joins the two words.</summary>
    private Expr? TopClause()
    {
        if (!IsWord(0, "TOP") || !(PeekKind() is TokenKind.Integer or TokenKind.Parameter || PeekWord() == Keyword.All)) return null;
        Advance();
        return Accept(Keyword.All) ? null : Primary();
    }

    private bool IsPercentWord => _kind == TokenKind.Percent && PeekKind() == TokenKind.Identifier && _tokens[_at + 1].Offset == Here + 1;

    private string PercentWord() => _sql.Substring(_tokens[_at + 1].Offset, _tokens[_at + 1].Length).ToUpperInvariant();

    /// <summary>%EXACT(x), %SQLUPPER(x)…, %ID where an operand is expected.</summary>
    private Expr PercentPrimary()
    {
        var start = Here;
        var word = PercentWord();
        Advance();
        Advance();
        switch (word)
        {
            case "ID":
                return new ColumnRef(["%ID"]) { Position = start };
            case "EXACT" or "SQLSTRING" or "STRING":
                return new Collate(Operand(), new QualifiedName(["C"])) { Position = start, OperatorPosition = start };
            case "SQLUPPER" or "UPPER" or "ALPHAUP":
                return new FunctionCall(new QualifiedName(["upper"]) { Position = start }, [new Argument(Operand())]) { Position = start };
            default:
                throw PgException.Unsupported($"%{word} is not supported").At(start + 1);
        }

        // With or without parentheses: %EXACT(x), %EXACT x.
        Expr Operand() => _kind == TokenKind.OpenParen ? Parenthesized() : Expression(Level.Sign);
    }

    private bool IsStartsWith => IsPercentWord && _tokens[_at + 1].Length == 10 && PercentWord() == "STARTSWITH";

    /// <summary>As IRIS means it, everything but NULL starts with NULL.</summary>
    private Expr StartsWith(Expr left)
    {
        var at = Here;
        Advance();
        Advance();
        var prefix = Expression(Level.Matching + 1);
        if (prefix is not StringLiteral) prefix = new Coalesce([prefix, new StringLiteral("") { Position = at }]) { Position = prefix.Position };
        var name = new QualifiedName(["starts_with"]) { Position = at };
        return new FunctionCall(name, [new Argument(left), new Argument(prefix)]) { Position = left.Position, OperatorPosition = at };
    }

    /// <summary>{fn f(…)}, {d '…'}, {t '…'}, {ts '…'}.</summary>
    private Expr Escape()
    {
        var start = Here;
        var type = IsWord(1, "D") ? "date" : IsWord(1, "T") ? "time" : IsWord(1, "TS") ? "timestamp" : null;
        if (type is null && !IsWord(1, "FN")) throw Unexpected();
        Advance();
        Advance();
        Expr value;
        if (type is null)
        {
            value = EscapeFunction();
        }
        else
        {
            if (!IsString) throw Unexpected();
            value = LiteralOf(new QualifiedName([type]) { Position = start }, []);
        }

        Expect(TokenKind.CloseBrace);
        return value;
    }

    private Expr EscapeFunction()
    {
        var start = Here;
        var word = IsIdentifier ? _sql.Substring(Here, Current.Length).ToLowerInvariant() : throw Unexpected();
        Advance();
        Expect(TokenKind.OpenParen);
        ImmutableArray<Expr> arguments = [];
        if (word == "convert") return Converted(start);
        if (_kind != TokenKind.CloseParen) arguments = ExpressionList();
        Expect(TokenKind.CloseParen);
        switch (word)
        {
            case "curdate" when arguments.IsEmpty: return new SqlValue("current_date") { Position = start };
            case "curtime" when arguments.IsEmpty: return new SqlValue("localtime", 0) { Position = start };
            case "now" when arguments.IsEmpty: return new SqlValue("localtimestamp") { Position = start };
            case "user" when arguments.IsEmpty: return new SqlValue("current_user") { Position = start };
            case "concat" when arguments.Length == 2:
                return new BinaryOp(arguments[0], new OperatorName("||"), arguments[1]) { Position = start, OperatorPosition = start };
            case "dayofweek" when arguments.Length == 1:
                var fromSunday = Call("extract", [new StringLiteral("dow"), arguments[0]]);
                return ToInteger(new BinaryOp(fromSunday, new OperatorName("+"), new NumberLiteral("1")) { Position = start });
            case "dayname" when arguments.Length == 1: return Call("to_char", [arguments[0], new StringLiteral("FMDay")]);
            case "monthname" when arguments.Length == 1: return Call("to_char", [arguments[0], new StringLiteral("FMMonth")]);
            case "space" when arguments.Length == 1: return Call("repeat", [new StringLiteral(" "), arguments[0]]);
            case "locate" when arguments.Length == 2: return Call("position", [arguments[1], arguments[0]]);
            case "ifnull" when arguments.Length == 2: return new Coalesce(arguments) { Position = start };
            case "position" when arguments.Length == 2: return Call("position", [arguments[1], arguments[0]]);
        }

        if (EscapeFields.TryGetValue(word, out var field) && arguments.Length == 1)
            return ToInteger(Call("extract", [new StringLiteral(field), arguments[0]]));
        return Call(EscapeNames.GetValueOrDefault(word, word), arguments);

        Expr Call(string name, ImmutableArray<Expr> values) =>
            new FunctionCall(new QualifiedName(name is "extract" or "position" ? ["pg_catalog", name] : [name]) { Position = start }, [.. values.Select(value => new Argument(value))])
            {
                Position = start,
                SpecialSyntax = name is "extract" or "position",
            };

        Expr ToInteger(Expr value) => new Cast(value, new TypeName(new QualifiedName(["int4"]), [])) { Position = start };
    }

    /// <summary>{fn CONVERT(x, SQL_INTEGER)}.</summary>
    private Expr Converted(int start)
    {
        var value = Expression();
        Expect(TokenKind.Comma);
        var type = Name().ToUpperInvariant() switch
        {
            "SQL_VARCHAR" or "SQL_LONGVARCHAR" or "SQL_CHAR" or "SQL_WVARCHAR" => "text",
            "SQL_INTEGER" => "int4",
            "SQL_SMALLINT" or "SQL_TINYINT" => "int2",
            "SQL_BIGINT" => "int8",
            "SQL_DOUBLE" or "SQL_FLOAT" or "SQL_REAL" => "float8",
            "SQL_NUMERIC" or "SQL_DECIMAL" => "numeric",
            "SQL_DATE" => "date",
            "SQL_TIME" => "time",
            "SQL_TIMESTAMP" or "SQL_POSIXTIME" => "timestamp",
            "SQL_BIT" => "bool",
            var other => throw PgException.Unsupported($"CONVERT to {other} is not supported").At(start + 1),
        };
        Expect(TokenKind.CloseParen);
        return new Cast(value, new TypeName(new QualifiedName([type]), [])) { Position = start };
    }

    /// <summary>The types of a vector's elements in IRIS; here all of them are float4.</summary>
    private bool IsElementType(int ahead) =>
        IsWord(ahead, "FLOAT") || IsWord(ahead, "DOUBLE") || IsWord(ahead, "DECIMAL") || IsWord(ahead, "INTEGER") || IsWord(ahead, "INT");

    /// <summary>VECTOR(DOUBLE, 3) is vector(3), VECTOR(DOUBLE) is vector.</summary>
    private ImmutableArray<Expr> VectorModifiers()
    {
        Expect(TokenKind.OpenParen);
        Advance();
        ImmutableArray<Expr> length = Accept(TokenKind.Comma) ? [Expression()] : [];
        Expect(TokenKind.CloseParen);
        return length;
    }

    /// <summary>TO_VECTOR(data [, type [, length]]): the type, a bare word, becomes a text. Written as a text it is an ordinary call.</summary>
    private FunctionCall ToVector(QualifiedName name)
    {
        var outer = Enter();
        Expect(TokenKind.OpenParen);
        var arguments = new ListBuilder<Argument>();
        arguments.Add(new Argument(Expression()));
        if (Accept(TokenKind.Comma))
        {
            arguments.Add(new Argument(ElementType() ?? Expression()));
            if (Accept(TokenKind.Comma)) arguments.Add(new Argument(Expression()));
        }

        Expect(TokenKind.CloseParen);
        Leave(outer);
        return new FunctionCall(name, arguments.ToImmutable()) { Position = name.Position };
    }

    private StringLiteral? ElementType()
    {
        if (!IsElementType(0) || PeekKind() is not (TokenKind.Comma or TokenKind.CloseParen))
            return IsWord(0, "TIMESTAMP") ? throw PgException.Unsupported("TO_VECTOR of TIMESTAMP is not supported").At(Here + 1) : null;
        var word = new StringLiteral(_sql.Substring(Here, Current.Length).ToLowerInvariant()) { Position = Here };
        Advance();
        return word;
    }

    private bool IsWord(int ahead, string word) =>
        PeekKind(ahead) == TokenKind.Identifier && _tokens[_at + ahead].Length == word.Length
        && _sql.AsSpan(_tokens[_at + ahead].Offset, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase);
}
