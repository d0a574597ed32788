using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Function calls and aggregates, and the functions with a syntax of their own.</summary>
internal sealed partial class Grammar
{
    private Expr Call(QualifiedName name)
    {
        if (name.Parts is ["to_vector"]) return ToVector(name);
        var outer = Enter();
        Expect(TokenKind.OpenParen);
        bool star = false, distinct = false, all = false;
        var arguments = ImmutableArray<Argument>.Empty;
        ImmutableArray<SortItem> orderBy = [];
        if (_kind == TokenKind.Star)
        {
            Advance();
            star = true;
        }
        else if (_kind != TokenKind.CloseParen)
        {
            distinct = Accept(Keyword.Distinct);
            all = !distinct && Accept(Keyword.All);
            arguments = Arguments(mayBeVariadic: !distinct && !all);
            orderBy = OrderBy();
        }

        Expect(TokenKind.CloseParen);
        if (IsString && _kind != TokenKind.NationalString && !arguments.IsDefaultOrEmpty && !star && !distinct && !all && orderBy.IsEmpty)
        {
            Leave(outer);
            return LiteralOf(name, [.. arguments.Select(a => a.Value)]);
        }

        ImmutableArray<SortItem> within = [];
        if (Accept(Keyword.Within))
        {
            var at = _at;
            Expect(Keyword.Group);
            Expect(TokenKind.OpenParen);
            if (_word != Keyword.Order) throw Unexpected();
            if (!orderBy.IsEmpty) throw Invalid("cannot use multiple ORDER BY clauses with WITHIN GROUP", _tokens[at - 1].Offset);
            if (distinct) throw Invalid("cannot use DISTINCT with WITHIN GROUP", _tokens[at - 1].Offset);
            within = OrderBy();
            Expect(TokenKind.CloseParen);
        }

        var filter = FilterClause();
        var over = OverClause();
        Leave(outer);
        return new FunctionCall(name, arguments)
        {
            Position = name.Position,
            Star = star,
            Distinct = distinct,
            OrderBy = orderBy,
            WithinGroup = within,
            Filter = filter,
            Over = over,
        };
    }

    private ImmutableArray<Argument> Arguments(bool mayBeVariadic)
    {
        var arguments = new ListBuilder<Argument>();
        bool variadic;
        do
        {
            var start = Here;
            variadic = mayBeVariadic && Accept(Keyword.Variadic);
            string? name = null;
            if (IsFunctionName && PeekKind() is TokenKind.Arrow or TokenKind.Assign)
            {
                name = TakeName();
                Advance();
            }

            arguments.Add(new Argument(Expression(), name, variadic) { Position = start });
        }
        while (!variadic && Accept(TokenKind.Comma));
        return arguments.ToImmutable();
    }

    private Expr? FilterClause()
    {
        if (!Accept(Keyword.Filter)) return null;
        Expect(TokenKind.OpenParen);
        Expect(Keyword.Where);
        var filter = Expression();
        Expect(TokenKind.CloseParen);
        return filter;
    }

    /// <summary>The calls that are no ordinary ones; null when the word in front is an ordinary function's name.</summary>
    private Expr? SpecialCall()
    {
        var start = Here;
        switch (_word)
        {
            case Keyword.Coalesce:
                return new Coalesce(Listed()) { Position = start };
            case Keyword.Greatest or Keyword.Least:
                var greatest = _word == Keyword.Greatest;
                return new MinMax(greatest, Listed()) { Position = start };
            case Keyword.Nullif:
                Open();
                var left = Expression();
                Expect(TokenKind.Comma);
                var right = Expression();
                Expect(TokenKind.CloseParen);
                return new NullIf(left, right) { Position = start };
            case Keyword.Grouping:
                var grouped = Listed();
                return new FunctionCall(new QualifiedName(["grouping"]) { Position = start }, [.. grouped.Select(Plain)])
                {
                    Position = start,
                    SpecialSyntax = true,
                };
            case Keyword.Extract:
                return Extract();
            case Keyword.Position:
                Open();
                var needle = Expression(Level.Lowest, restricted: true);
                Expect(Keyword.In);
                var hay = Expression(Level.Lowest, restricted: true);
                return Special("position", start, hay, needle);
            case Keyword.Overlay:
                return Overlay();
            case Keyword.Substring:
                return Substring();
            case Keyword.Trim:
                return Trim();
            case Keyword.Normalize:
                Open();
                var text = Expression();
                var arguments = Accept(TokenKind.Comma) ? NormalForm(text) : [Plain(text)];
                Expect(TokenKind.CloseParen);
                return new FunctionCall(PgCatalog("normalize"), arguments) { Position = start, SpecialSyntax = true };
            case Keyword.Xmlelement or Keyword.Xmlforest or Keyword.Xmlparse or Keyword.Xmlpi or Keyword.Xmlroot
                or Keyword.Xmlserialize or Keyword.Xmlconcat or Keyword.Xmlexists:
                throw Unsupported(Keywords.Text(_word).ToUpperInvariant(), start);
            default:
                return null;
        }

        ImmutableArray<Expr> Listed()
        {
            Open();
            var items = ExpressionList();
            Expect(TokenKind.CloseParen);
            return items;
        }
    }

    private void Open()
    {
        Advance();
        Expect(TokenKind.OpenParen);
    }

    /// <summary>The closing parenthesis, and the call it closes.</summary>
    private FunctionCall Special(string name, int start, params ReadOnlySpan<Expr> arguments)
    {
        Expect(TokenKind.CloseParen);
        var list = new ListBuilder<Argument>();
        foreach (var argument in arguments) list.Add(Plain(argument));
        return new FunctionCall(PgCatalog(name), list.ToImmutable()) { Position = start, SpecialSyntax = true };
    }

    /// <summary>EXTRACT(field FROM x); the field may be a name or a string.</summary>
    private FunctionCall Extract()
    {
        var start = Here;
        Open();
        var at = Here;
        var field = IsString ? StringValue() : Label();
        Expect(Keyword.From);
        return Special("extract", start, new StringLiteral(field) { Position = at }, Expression());
    }

    /// <summary>OVERLAY(x PLACING y FROM a [FOR b]), or an ordinary call.</summary>
    private FunctionCall Overlay()
    {
        var start = Here;
        Open();
        if (_kind == TokenKind.CloseParen) return Special("overlay", start);
        var mark = _at;
        var text = Expression();
        if (!Accept(Keyword.Placing)) return Ordinary("overlay", start, mark);
        var other = Expression();
        Expect(Keyword.From);
        var from = Expression();
        return Accept(Keyword.For)
            ? Special("overlay", start, text, other, from, Expression())
            : Special("overlay", start, text, other, from);
    }

    /// <summary>SUBSTRING(x FROM a FOR b), (x FOR b FROM a), (x SIMILAR p ESCAPE e), or an ordinary call.</summary>
    private FunctionCall Substring()
    {
        var start = Here;
        Open();
        if (_kind == TokenKind.CloseParen) return Special("substring", start);
        var mark = _at;
        var text = Expression();
        if (Accept(Keyword.From))
        {
            var from = Expression();
            return Accept(Keyword.For)
                ? Special("substring", start, text, from, Expression())
                : Special("substring", start, text, from);
        }

        if (Accept(Keyword.For))
        {
            var length = Expression();
            return Accept(Keyword.From)
                ? Special("substring", start, text, Expression(), length)
                : Special("substring", start, text, new NumberLiteral("1"), new Cast(length, new TypeName(new QualifiedName(["int4"]), [])) { Position = length.Position });
        }

        if (Accept(Keyword.Similar))
        {
            var pattern = Expression();
            Expect(Keyword.Escape);
            return Special("substring", start, text, pattern, Expression());
        }

        return Ordinary("substring", start, mark);
    }

    /// <summary>Reads the list of an ordinary call from its first argument again.</summary>
    private FunctionCall Ordinary(string name, int start, int mark)
    {
        Rewind(mark);
        var arguments = Arguments(mayBeVariadic: false);
        Expect(TokenKind.CloseParen);
        return new FunctionCall(new QualifiedName([name]) { Position = start }, arguments) { Position = start };
    }

    /// <summary>TRIM([LEADING | TRAILING | BOTH] [characters] FROM x), with the characters in front of FROM or in a list.</summary>
    private FunctionCall Trim()
    {
        var start = Here;
        Open();
        var name = "btrim";
        if (Accept(Keyword.Leading)) name = "ltrim";
        else if (Accept(Keyword.Trailing)) name = "rtrim";
        else Accept(Keyword.Both);

        if (Accept(Keyword.From)) return Special(name, start, ExpressionList().AsSpan());
        var first = Expression();
        if (!Accept(Keyword.From))
        {
            var list = new ListBuilder<Expr>();
            list.Add(first);
            while (Accept(TokenKind.Comma)) list.Add(Expression());
            return Special(name, start, list.Items);
        }

        var all = new ListBuilder<Expr>();
        do all.Add(Expression());
        while (Accept(TokenKind.Comma));
        all.Add(first);
        return Special(name, start, all.Items);
    }
}
