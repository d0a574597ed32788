using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>Operators: section 4.1.6, "Operator Precedence", of PostgreSQL's manual.</summary>
internal sealed partial class Grammar
{
    private enum Level
    {
        Lowest,
        Or,
        And,
        Not,
        Is,
        Comparison,
        Matching,
        Operator,
        Sum,
        Product,
        Power,
        AtTimeZone,
        Collate,
        Sign,
        Cast,
    }

    /// <summary>Longer chains of AND and OR become balanced trees; both are associative.</summary>
    private const int LongestLinearChain = 16;

    private static readonly OperatorName[] KnownOperators = BuildKnownOperators();

    private static readonly OperatorName[] LikeOperators = [new("~~"), new("!~~"), new("~~*"), new("!~~*")];

    private static OperatorName[] BuildKnownOperators()
    {
        var names = new OperatorName[(int)TokenKind.NotEqual + 1];
        foreach (var (kind, symbol) in ((TokenKind, string)[])
                 [
                     (TokenKind.Plus, "+"), (TokenKind.Minus, "-"), (TokenKind.Star, "*"), (TokenKind.Slash, "/"),
                     (TokenKind.Percent, "%"), (TokenKind.Caret, "^"), (TokenKind.Less, "<"), (TokenKind.Greater, ">"),
                     (TokenKind.Equal, "="), (TokenKind.LessEqual, "<="), (TokenKind.GreaterEqual, ">="),
                     (TokenKind.NotEqual, "<>"),
                 ])
            names[(int)kind] = new OperatorName(symbol);
        return names;
    }

    private Expr Expression() => Expression(Level.Lowest);

    /// <summary>A select-list item, after whose last operand the word of an operator may be the item's label.</summary>
    private Expr LabeledExpression()
    {
        var outer = Enter();
        var value = Operators(Prefix(restricted: false), Level.Lowest, restricted: false, mayBeLabeled: true);
        Leave(outer);
        return value;
    }

    /// <summary><c>SELECT a and FROM t</c>: nothing follows that the operator could be applied to.</summary>
    private bool IsLabel => Keywords.MayBeBareLabel(_word)
        && (PeekKind() is TokenKind.End or TokenKind.Semicolon or TokenKind.CloseParen or TokenKind.Comma || EndsSelectListWord(PeekWord()));

    /// <param name="least">Operators below this level are left for the caller.</param>
    /// <param name="restricted">
    /// Without the operators that end in AND, IN or COLLATE or yield a truth value by key word: the low bound of
    /// BETWEEN, both parts of POSITION, a column's DEFAULT.
    /// </param>
    private Expr Expression(Level least, bool restricted = false)
    {
        var outer = Enter();
        var value = Operators(Prefix(restricted), least, restricted);
        Leave(outer);
        return value;
    }

    private Expr Prefix(bool restricted)
    {
        var start = Here;
        switch (_kind)
        {
            case TokenKind.Plus or TokenKind.Minus:
                var sign = KnownOperators[(int)_kind];
                Advance();
                return new UnaryOp(sign, Expression(Level.Sign, restricted)) { Position = start };
            case TokenKind.Operator:
                var name = new OperatorName(TakeText());
                return new UnaryOp(name, Expression(Level.Sum, restricted)) { Position = start };
            case TokenKind.Identifier when _word == Keyword.Not && !restricted:
                Advance();
                return new Not(Expression(Level.Is)) { Position = start };
            case TokenKind.Identifier when _word == Keyword.Operator && PeekKind() == TokenKind.OpenParen:
                var qualified = OperatorCall();
                return new UnaryOp(qualified, Expression(Level.Sum, restricted)) { Position = start };
            default:
                return Primary();
        }
    }

    private Expr Operators(Expr left, Level least, bool restricted, bool mayBeLabeled = false)
    {
        while (true)
        {
            var level = LevelOfCurrent(restricted);
            if (level == Level.Lowest || level < least || (mayBeLabeled && _word != Keyword.NoWord && IsLabel)) return left;
            switch (level)
            {
                case Level.Or or Level.And:
                    left = Chain(left, level);
                    break;
                case Level.Is:
                    left = IsTest(left, restricted);
                    break;
                case Level.Matching:
                    left = Matching(left);
                    break;
                case Level.AtTimeZone:
                    left = AtTimeZone(left);
                    break;
                case Level.Collate:
                    var collate = Here;
                    Advance();
                    left = new Collate(left, Qualified()) { Position = left.Position, OperatorPosition = collate };
                    break;
                case Level.Cast:
                    var cast = Here;
                    Advance();
                    left = new Cast(left, Type()) { Position = left.Position, OperatorPosition = cast };
                    break;
                default:
                    left = Binary(left, level, restricted);
                    break;
            }

            Grow();
        }
    }

    private Level LevelOfCurrent(bool restricted)
    {
        switch (_kind)
        {
            case TokenKind.Less or TokenKind.Greater or TokenKind.Equal or TokenKind.LessEqual or TokenKind.GreaterEqual
                or TokenKind.NotEqual:
                return Level.Comparison;
            case TokenKind.Plus or TokenKind.Minus: return Level.Sum;
            case TokenKind.Percent when !restricted && IsStartsWith: return Level.Matching;
            case TokenKind.Star or TokenKind.Slash or TokenKind.Percent: return Level.Product;
            case TokenKind.Caret: return Level.Power;
            case TokenKind.Operator: return Level.Operator;
            case TokenKind.Cast: return Level.Cast;
            case TokenKind.Identifier: break;
            default: return Level.Lowest;
        }

        switch (_word)
        {
            case Keyword.NoWord: return Level.Lowest;
            case Keyword.Is: return Level.Is;
            case Keyword.Operator: return PeekKind() == TokenKind.OpenParen ? Level.Operator : Level.Lowest;
        }

        if (restricted) return Level.Lowest;
        return _word switch
        {
            Keyword.Or => Level.Or,
            Keyword.And => Level.And,
            Keyword.Isnull or Keyword.Notnull => Level.Is,
            Keyword.Between or Keyword.In or Keyword.Like or Keyword.Ilike => Level.Matching,
            // SUBSTRING(a SIMILAR b ESCAPE c) has no TO.
            Keyword.Similar => PeekWord() == Keyword.To ? Level.Matching : Level.Lowest,
            Keyword.Not => PeekWord() is Keyword.Between or Keyword.In or Keyword.Like or Keyword.Ilike or Keyword.Similar
                ? Level.Matching
                : Level.Lowest,
            Keyword.At => PeekWord() == Keyword.Time ? Level.AtTimeZone : Level.Lowest,
            Keyword.Collate => Level.Collate,
            // Between two rows only, and above all other operators as nothing else can follow a row.
            Keyword.Overlaps => Level.Operator,
            _ => Level.Lowest,
        };
    }

    /// <summary>Comparisons and matches do not chain: after <c>a = b</c> a second = is an error.</summary>
    private void RefuseAnother(Level level, bool restricted)
    {
        if (LevelOfCurrent(restricted) == level) throw Unexpected();
    }

    private Expr Chain(Expr first, Level level)
    {
        var word = _word;
        var operands = new ListBuilder<Expr>();
        operands.Add(first);
        while (Accept(word)) operands.Add(Expression(level + 1));
        var items = operands.Items;
        if (items.Length > LongestLinearChain)
        {
            Grow(System.Numerics.BitOperations.Log2((uint)items.Length) + 1);
            return Balanced(items, word);
        }

        Grow(items.Length - 1);
        var left = first;
        foreach (var right in items[1..]) left = Join(left, right, word);
        return left;

        static Expr Balanced(ReadOnlySpan<Expr> items, Keyword word) => items.Length == 1
            ? items[0]
            : Join(Balanced(items[..(items.Length / 2)], word), Balanced(items[(items.Length / 2)..], word), word);

        static Expr Join(Expr left, Expr right, Keyword word) => word == Keyword.And
            ? new And(left, right) { Position = left.Position }
            : new Or(left, right) { Position = left.Position };
    }

    private Expr Binary(Expr left, Level level, bool restricted)
    {
        var at = Here;
        if (_word == Keyword.Overlaps) return Overlaps(left);
        OperatorName name;
        if (_kind == TokenKind.Operator)
        {
            name = new OperatorName(TakeText());
        }
        else if (_kind == TokenKind.Identifier)
        {
            name = OperatorCall();
        }
        else
        {
            name = KnownOperators[(int)_kind];
            Advance();
        }

        if (!restricted && _word is Keyword.Any or Keyword.Some or Keyword.All)
            return QuantifiedBy(left, name, at);

        var right = Expression(level + 1, restricted);
        if (level == Level.Comparison) RefuseAnother(level, restricted);
        return new BinaryOp(left, name, right) { Position = left.Position, OperatorPosition = at };
    }

    /// <summary>OPERATOR(schema.symbol)</summary>
    private OperatorName OperatorCall()
    {
        Expect(Keyword.Operator);
        Expect(TokenKind.OpenParen);
        var name = AnyOperator();
        Expect(TokenKind.CloseParen);
        return name;
    }

    /// <summary>An operator with or without a schema before it.</summary>
    private OperatorName AnyOperator()
    {
        string? schema = null;
        while (IsColumnName)
        {
            schema = Name();
            Expect(TokenKind.Dot);
        }

        return OperatorSymbol(schema);
    }

    private OperatorName OperatorSymbol(string? schema = null)
    {
        if (_kind is < TokenKind.Operator or > TokenKind.NotEqual) throw Unexpected();
        var symbol = TakeText();
        return new OperatorName(symbol == "!=" ? "<>" : symbol, schema);
    }

    /// <summary>ANY, SOME or ALL with an array or a query in parentheses.</summary>
    private Quantified QuantifiedBy(Expr left, OperatorName name, int at)
    {
        var all = _word == Keyword.All;
        Advance();
        Expect(TokenKind.OpenParen);
        var (query, items) = QueryOrList(single: true);
        Expect(TokenKind.CloseParen);
        return new Quantified(left, name, all, query is null ? items[0] : null, query) { Position = left.Position, OperatorPosition = at };
    }

    private Expr IsTest(Expr left, bool restricted)
    {
        var at = Here;
        if (Accept(Keyword.Isnull)) return new IsNull(left, false) { Position = left.Position, OperatorPosition = at };
        if (Accept(Keyword.Notnull)) return new IsNull(left, true) { Position = left.Position, OperatorPosition = at };
        Expect(Keyword.Is);
        var negated = Accept(Keyword.Not);
        if (Accept(Keyword.Distinct))
        {
            Expect(Keyword.From);
            var right = Expression(Level.Is + 1, restricted);
            RefuseAnother(Level.Is, restricted);
            return new IsDistinctFrom(left, right, negated) { Position = left.Position, OperatorPosition = at };
        }

        if (_word == Keyword.Document) throw Unsupported("IS DOCUMENT", at);
        if (restricted) throw Unexpected();
        if (Accept(Keyword.Null)) return new IsNull(left, negated) { Position = left.Position, OperatorPosition = at };
        if (_word is Keyword.Normalized or Keyword.Nfc or Keyword.Nfd or Keyword.Nfkc or Keyword.Nfkd)
        {
            Expr call = new FunctionCall(PgCatalog("is_normalized"), NormalForm(left)) { Position = left.Position, SpecialSyntax = true, OperatorPosition = at };
            Expect(Keyword.Normalized);
            return negated ? new Not(call) { Position = left.Position } : call;
        }

        var truth = _word switch
        {
            Keyword.True => Truth.True,
            Keyword.False => Truth.False,
            Keyword.Unknown => Truth.Unknown,
            _ => throw Unexpected(),
        };
        Advance();
        return new IsTruth(left, truth, negated) { Position = left.Position, OperatorPosition = at };
    }

    /// <summary>The arguments of normalize() and is_normalized(), the form behind the text when one is written.</summary>
    private ImmutableArray<Argument> NormalForm(Expr text)
    {
        if (_word == Keyword.Normalized) return [Plain(text)];
        if (_word is not (Keyword.Nfc or Keyword.Nfd or Keyword.Nfkc or Keyword.Nfkd)) throw Unexpected();
        var at = Here;
        return [Plain(text), Plain(new StringLiteral(TakeName().ToUpperInvariant()) { Position = at })];
    }

    private Expr Matching(Expr left)
    {
        var at = Here;
        if (IsStartsWith) return StartsWith(left);
        var negated = Accept(Keyword.Not);
        var word = _word;
        Advance();
        switch (word)
        {
            case Keyword.Between:
                var symmetric = Accept(Keyword.Symmetric) || (Accept(Keyword.Asymmetric) && false);
                var low = Expression(Level.Lowest, restricted: true);
                Expect(Keyword.And);
                var high = Expression(Level.Matching + 1);
                RefuseAnother(Level.Matching, false);
                return new Between(left, low, high, symmetric, negated) { Position = left.Position, OperatorPosition = at };

            case Keyword.In:
                Expect(TokenKind.OpenParen);
                var (query, items) = QueryOrList();
                Expect(TokenKind.CloseParen);
                return query is null
                    ? new InList(left, items, negated) { Position = left.Position, OperatorPosition = at }
                    : new InSubquery(left, query, negated) { Position = left.Position, OperatorPosition = at };
        }

        var kind = word switch
        {
            Keyword.Like => LikeKind.Like,
            Keyword.Ilike => LikeKind.ILike,
            _ => LikeKind.SimilarTo,
        };
        if (kind == LikeKind.SimilarTo)
            Expect(Keyword.To);
        else if (_word is Keyword.Any or Keyword.Some or Keyword.All)
            return QuantifiedBy(left, LikeOperators[(kind == LikeKind.ILike ? 2 : 0) + (negated ? 1 : 0)], at);

        var pattern = Expression(Level.Matching + 1);
        var escape = Accept(Keyword.Escape) ? Expression(Level.Matching + 1) : null;
        RefuseAnother(Level.Matching, false);
        return new Like(left, pattern, escape, kind, negated) { Position = left.Position, OperatorPosition = at };
    }

    private FunctionCall AtTimeZone(Expr left)
    {
        var at = Here;
        Expect(Keyword.At);
        Expect(Keyword.Time, Keyword.Zone);
        var zone = Expression(Level.AtTimeZone + 1);
        return new FunctionCall(PgCatalog("timezone"), [Plain(zone), Plain(left)])
        {
            Position = left.Position,
            OperatorPosition = at,
            SpecialSyntax = true,
        };
    }

    private FunctionCall Overlaps(Expr left)
    {
        var at = Here;
        if (left is not RowConstructor first) throw Unexpected();
        Advance();
        var mark = _at;
        if (Primary() is not RowConstructor second) throw Unexpected(mark);
        if (first.Items.Length != 2) throw Invalid("wrong number of parameters on left side of OVERLAPS expression", left.Position);
        if (second.Items.Length != 2) throw Invalid("wrong number of parameters on right side of OVERLAPS expression", left.Position);
        return new FunctionCall(
            PgCatalog("overlaps"),
            [Plain(first.Items[0]), Plain(first.Items[1]), Plain(second.Items[0]), Plain(second.Items[1])])
        {
            Position = left.Position,
            OperatorPosition = at,
            SpecialSyntax = true,
        };
    }

    private static Argument Plain(Expr value) => new(value) { Position = value.Position };

    private static QualifiedName PgCatalog(string name) => new(["pg_catalog", name]);
}
