using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>Operands: literals, columns, parentheses, CASE, array and row constructors (section 4.2 of the manual).</summary>
internal sealed partial class Grammar
{
    /// <summary>Set while a value of INSERT or UPDATE is read.</summary>
    private bool _mayBeDefault;

    private Expr Primary()
    {
        var start = Here;
        switch (_kind)
        {
            case TokenKind.Integer or TokenKind.Decimal:
                return new NumberLiteral(TakeText()) { Position = start };
            case >= TokenKind.String and <= TokenKind.NationalString:
                return new StringLiteral(StringValue()) { Position = start };
            case TokenKind.BitString or TokenKind.HexString:
                var hex = _kind == TokenKind.HexString;
                var digits = Literals.String(_sql, Current);
                Advance();
                return new BitLiteral(digits, hex) { Position = start };
            case TokenKind.Parameter:
                return Indirection(ParameterRule());
            case TokenKind.OpenParen:
                return Parenthesized();
            case TokenKind.OpenBrace:
                return Escape();
            case TokenKind.Percent when IsPercentWord:
                return PercentPrimary();
            case TokenKind.Identifier:
                return _word == Keyword.NoWord ? NameOrCall() : WordPrimary();
            case TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier:
                return NameOrCall();
            default:
                throw Unexpected();
        }
    }

    private Parameter ParameterRule()
    {
        var start = Here;
        if (!int.TryParse(_sql.AsSpan(start + 1, Current.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0)
            throw new PgException("42P02", $"there is no parameter {_sql.AsSpan(start, Current.Length)}") { Position = start + 1 };
        Advance();
        return new Parameter(number) { Position = start };
    }

    private Expr WordPrimary()
    {
        var start = Here;
        switch (_word)
        {
            case Keyword.Null:
                Advance();
                return new NullLiteral { Position = start };
            case Keyword.True or Keyword.False:
                var value = _word == Keyword.True;
                Advance();
                return new BooleanLiteral(value) { Position = start };
            case Keyword.Case:
                return CaseRule();
            case Keyword.Cast or Keyword.Treat when _word == Keyword.Cast || PeekKind() == TokenKind.OpenParen:
                return CastCall();
            case Keyword.Array:
                return ArrayRule();
            case Keyword.Row when PeekKind() == TokenKind.OpenParen:
                return Row();
            case Keyword.Exists when PeekKind() == TokenKind.OpenParen:
                Advance();
                return new Exists(ParenthesizedQuery()) { Position = start };
            case Keyword.Default:
                if (!_mayBeDefault) throw Invalid("DEFAULT is not allowed in this context", start);
                Advance();
                return new DefaultValue { Position = start };
            case Keyword.CurrentDate or Keyword.CurrentRole or Keyword.CurrentUser or Keyword.SessionUser or Keyword.User
                or Keyword.CurrentCatalog:
                return new SqlValue(TakeName()) { Position = start };
            case Keyword.CurrentSchema when PeekKind() is not (TokenKind.OpenParen or TokenKind.Dot):
                return new SqlValue(TakeName()) { Position = start };
            case Keyword.Collation when PeekWord() == Keyword.For:
                Advance();
                Open();
                return Special("pg_collation_for", start, Expression());
            case Keyword.CurrentTime or Keyword.CurrentTimestamp or Keyword.Localtime or Keyword.Localtimestamp:
                var name = TakeName();
                return new SqlValue(name, Precision()) { Position = start };
        }

        if (PeekKind() == TokenKind.OpenParen && SpecialCall() is { } special) return special;
        if (StartsTypedLiteral()) return TypedLiteral();
        return NameOrCall();

        int? Precision()
        {
            if (!Accept(TokenKind.OpenParen)) return null;
            var precision = (int)Integer();
            Expect(TokenKind.CloseParen);
            return precision;
        }
    }

    private long Integer()
    {
        if (_kind != TokenKind.Integer
            || !long.TryParse(_sql.AsSpan(Here, Current.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || value > int.MaxValue)
            throw Unexpected();
        Advance();
        return value;
    }

    /// <summary>A type's own key word before a literal: <c>numeric(3,1) '1'</c>, <c>timestamp with time zone '…'</c>.</summary>
    private bool StartsTypedLiteral()
    {
        var next = PeekKind();
        switch (_word)
        {
            case Keyword.Bigint or Keyword.Boolean or Keyword.Int or Keyword.Integer or Keyword.Real or Keyword.Smallint:
                return next is >= TokenKind.String and <= TokenKind.NationalString;
            case Keyword.Float or Keyword.Decimal or Keyword.Dec or Keyword.Numeric or Keyword.Varchar:
                return next is TokenKind.OpenParen or (>= TokenKind.String and <= TokenKind.NationalString);
            case Keyword.Bit or Keyword.Char or Keyword.Character or Keyword.Nchar:
                return PeekWord() == Keyword.Varying || next is TokenKind.OpenParen or (>= TokenKind.String and <= TokenKind.NationalString);
            case Keyword.National:
                return PeekWord() is Keyword.Char or Keyword.Character;
            case Keyword.Time or Keyword.Timestamp:
                return next is TokenKind.OpenParen or (>= TokenKind.String and <= TokenKind.NationalString)
                       || (PeekWord() is Keyword.With or Keyword.Without && PeekWord(2) == Keyword.Time);
            case Keyword.Interval:
                return next is TokenKind.OpenParen or (>= TokenKind.String and <= TokenKind.NationalString);
            case Keyword.Double:
                return PeekWord() == Keyword.Precision;
            default:
                return false;
        }
    }

    private Cast TypedLiteral()
    {
        var start = Here;
        if (_word == Keyword.Interval)
        {
            Advance();
            var precision = CharacterLength();
            var text = StringLiteralRule();
            var fields = precision.IsEmpty ? IntervalFields(ref precision) : null;
            var interval = new TypeName(new QualifiedName(["interval"]) { Position = start }, precision, IntervalFields: fields) { Position = start };
            return new Cast(text, interval) { Position = start };
        }

        var type = SimpleType();
        return new Cast(StringLiteralRule(), type) { Position = start };
    }

    private StringLiteral StringLiteralRule()
    {
        var start = Here;
        return new StringLiteral(StringValue()) { Position = start };
    }

    /// <summary>A column, <c>t.*</c>, a function call, or a literal behind the name of its type.</summary>
    private Expr NameOrCall()
    {
        var start = Here;
        var first = _at;
        var column = IsColumnName;
        var function = IsFunctionName;
        if (!column && !function) throw Unexpected();

        if (PeekKind() is not TokenKind.Dot)
        {
            var name = TakeName();
            if (_kind == TokenKind.OpenParen && function) return Call(new QualifiedName([name]) { Position = start });
            if (IsString && function) return LiteralOf(new QualifiedName([name]) { Position = start }, []);
            if (!column) throw Unexpected();
            Expr reference = new ColumnRef([name]) { Position = start };
            return _kind == TokenKind.OpenBracket ? Indirection(reference) : reference;
        }

        if (!column) throw Unexpected(first + 1);
        var parts = ImmutableArray.CreateBuilder<string>(2);
        parts.Add(TakeName());
        while (Accept(TokenKind.Dot))
        {
            if (Accept(TokenKind.Star)) return new Star(parts.DrainToImmutable()) { Position = start };
            if (IsPercentWord && PercentWord() == "ID")
            {
                Advance();
                Advance();
                parts.Add("%ID");
                break;
            }

            parts.Add(Label());
        }

        if (_kind == TokenKind.OpenParen) return Call(new QualifiedName(parts.DrainToImmutable()) { Position = start });
        if (IsString) return LiteralOf(new QualifiedName(parts.DrainToImmutable()) { Position = start }, []);
        Expr path = new ColumnRef(parts.DrainToImmutable()) { Position = start };
        return _kind == TokenKind.OpenBracket ? Indirection(path) : path;
    }

    private Cast LiteralOf(QualifiedName type, ImmutableArray<Expr> modifiers) =>
        new(StringLiteralRule(), new TypeName(type, modifiers) { Position = type.Position }) { Position = type.Position };

    /// <summary>Subscripts and fields behind an operand.</summary>
    private Expr Indirection(Expr operand)
    {
        while (true)
        {
            if (_kind == TokenKind.OpenBracket)
            {
                operand = new Subscript(operand, Subscripts()) { Position = operand.Position };
            }
            else if (Accept(TokenKind.Dot))
            {
                var field = Accept(TokenKind.Star) ? "*" : Label();
                operand = new FieldAccess(operand, field) { Position = operand.Position };
            }
            else
            {
                return operand;
            }

            Grow();
        }
    }

    private ImmutableArray<SubscriptItem> Subscripts()
    {
        var items = new ListBuilder<SubscriptItem>();
        while (Accept(TokenKind.OpenBracket))
        {
            if (Accept(TokenKind.Colon))
            {
                items.Add(new SubscriptItem(null, UpperBound(), true));
                continue;
            }

            var lower = Expression();
            if (Accept(TokenKind.Colon))
            {
                items.Add(new SubscriptItem(lower, UpperBound(), true));
                continue;
            }

            Expect(TokenKind.CloseBracket);
            items.Add(new SubscriptItem(lower, null, false));
        }

        return items.ToImmutable();

        Expr? UpperBound()
        {
            var upper = _kind == TokenKind.CloseBracket ? null : Expression();
            Expect(TokenKind.CloseBracket);
            return upper;
        }
    }

    private bool StartsQuery =>
        _word is Keyword.Select or Keyword.With or Keyword.Table || (_word == Keyword.Values && PeekKind() == TokenKind.OpenParen);

    private int _rowStart;
    private int _rowEnd;

    /// <summary>Whether a query stands behind the parentheses that open here.</summary>
    private bool OpensQuery()
    {
        // Every level of one row of parentheses asks, so the end of the row is remembered.
        if (_at < _rowStart || _at >= _rowEnd)
        {
            _rowStart = _rowEnd = _at;
            while (_rowEnd < _count && _tokens[_rowEnd].Kind == TokenKind.OpenParen) _rowEnd++;
        }

        return PeekWord(_rowEnd - _at) is Keyword.Select or Keyword.Values or Keyword.With or Keyword.Table;
    }

    /// <summary>
    /// Behind an opening parenthesis: a query, which may itself be in parentheses, or a list of expressions. Which of
    /// them <c>((SELECT 1) …</c> begins shows only behind its first closing parenthesis.
    /// </summary>
    private (Query? Query, ImmutableArray<Expr> Items) QueryOrList(bool single = false)
    {
        if (StartsQuery) return (QueryRule(), []);
        if (_kind == TokenKind.OpenParen && OpensQuery())
        {
            var outer = Enter();
            var start = Here;
            Advance();
            var (query, items) = QueryOrList();
            Expect(TokenKind.CloseParen);
            if (query is not null && ContinuesQuery)
            {
                var continued = QueryTail(query);
                Leave(outer);
                return (continued, []);
            }

            Leave(outer);
            if (query is not null && _kind == TokenKind.CloseParen) return (query, []);
            var first = query is not null ? new ScalarSubquery(query) { Position = start } : Group(items, start);
            var inner = Enter();
            first = Operators(Indirection(first), Level.Lowest, false);
            Leave(inner);
            return (null, Rest(first));
        }

        return (null, Rest(Expression()));

        ImmutableArray<Expr> Rest(Expr first)
        {
            if (single || _kind != TokenKind.Comma) return [first];
            var items = new ListBuilder<Expr>();
            items.Add(first);
            while (Accept(TokenKind.Comma)) items.Add(Expression());
            return items.ToImmutable();
        }
    }

    private static Expr Group(ImmutableArray<Expr> items, int start) =>
        items.Length == 1 ? items[0] : new RowConstructor(items, false) { Position = start };

    private Expr Parenthesized()
    {
        var start = Here;
        Advance();
        var (query, items) = QueryOrList();
        Expect(TokenKind.CloseParen);
        var value = query is not null ? new ScalarSubquery(query) { Position = start } : Group(items, start);
        return value is RowConstructor && items.Length > 1 ? value : Indirection(value);
    }

    private Query ParenthesizedQuery()
    {
        if (_kind != TokenKind.OpenParen || !OpensQuery()) throw Unexpected(_kind == TokenKind.OpenParen ? _rowEnd : _at);
        var outer = Enter();
        Expect(TokenKind.OpenParen);
        var query = QueryRule();
        Expect(TokenKind.CloseParen);
        Leave(outer);
        return query;
    }

    private ImmutableArray<Expr> ExpressionList()
    {
        var items = new ListBuilder<Expr>();
        do items.Add(Expression());
        while (Accept(TokenKind.Comma));
        return items.ToImmutable();
    }

    private RowConstructor Row()
    {
        var start = Here;
        Expect(Keyword.Row);
        Expect(TokenKind.OpenParen);
        var items = _kind == TokenKind.CloseParen ? [] : ExpressionList();
        Expect(TokenKind.CloseParen);
        return new RowConstructor(items, true) { Position = start };
    }

    private Case CaseRule()
    {
        var start = Here;
        Expect(Keyword.Case);
        var operand = _word == Keyword.When ? null : Expression();
        var whens = new ListBuilder<CaseWhen>();
        do
        {
            var at = Here;
            Expect(Keyword.When);
            var condition = Expression();
            Expect(Keyword.Then);
            whens.Add(new CaseWhen(condition, Expression()) { Position = at });
        }
        while (_word == Keyword.When);

        var otherwise = Accept(Keyword.Else) ? Expression() : null;
        Expect(Keyword.End);
        return new Case(operand, whens.ToImmutable(), otherwise) { Position = start };
    }

    private Cast CastCall()
    {
        var start = Here;
        if (_word == Keyword.Treat) throw Unsupported("TREAT", start);
        Advance();
        Expect(TokenKind.OpenParen);
        var value = Expression();
        Expect(Keyword.As);
        var type = Type();
        Expect(TokenKind.CloseParen);
        return new Cast(value, type) { Position = start };
    }

    private Expr ArrayRule()
    {
        var start = Here;
        Expect(Keyword.Array);
        return _kind == TokenKind.OpenBracket
            ? ArrayItems(start)
            : new ArraySubquery(ParenthesizedQuery()) { Position = start };
    }

    /// <summary>[1, 2] or [[1, 2], [3, 4]]; the inner brackets need no ARRAY.</summary>
    private ArrayConstructor ArrayItems(int start)
    {
        var outer = Enter();
        Expect(TokenKind.OpenBracket);
        var items = new ListBuilder<Expr>();
        if (_kind == TokenKind.OpenBracket)
        {
            do items.Add(_kind == TokenKind.OpenBracket ? ArrayItems(Here) : throw Unexpected());
            while (Accept(TokenKind.Comma));
        }
        else if (_kind != TokenKind.CloseBracket)
        {
            do items.Add(Expression());
            while (Accept(TokenKind.Comma));
        }

        Expect(TokenKind.CloseBracket);
        Leave(outer);
        return new ArrayConstructor(items.ToImmutable()) { Position = start };
    }
}
