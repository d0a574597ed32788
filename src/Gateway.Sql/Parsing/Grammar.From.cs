using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>FROM: tables, subqueries, functions and joins.</summary>
internal sealed partial class Grammar
{
    private ImmutableArray<FromItem> FromItems()
    {
        var items = new ListBuilder<FromItem>();
        do items.Add(FromItemRule());
        while (Accept(TokenKind.Comma));
        return items.ToImmutable();
    }

    private FromItem FromItemRule()
    {
        var outer = Enter();
        var item = Joins(FromPrimary());
        Leave(outer);
        return item;
    }

    private bool AtJoin => _word is Keyword.Join or Keyword.Inner or Keyword.Left or Keyword.Right or Keyword.Full
        or Keyword.Cross or Keyword.Natural;

    private FromItem Joins(FromItem left)
    {
        while (AtJoin) left = JoinRule(left);
        return left;
    }

    private Join JoinRule(FromItem left)
    {
        Grow();
        if (Accept(Keyword.Cross))
        {
            Expect(Keyword.Join);
            return new Join(JoinKind.Cross, left, FromPrimary()) { Position = left.Position };
        }

        var natural = Accept(Keyword.Natural);
        var kind = JoinKind.Inner;
        if (_word is Keyword.Left or Keyword.Right or Keyword.Full)
        {
            kind = _word switch { Keyword.Left => JoinKind.Left, Keyword.Right => JoinKind.Right, _ => JoinKind.Full };
            Advance();
            Accept(Keyword.Outer);
        }
        else
        {
            Accept(Keyword.Inner);
        }

        Expect(Keyword.Join);
        if (natural) return new Join(kind, left, FromPrimary()) { Position = left.Position, Natural = true };

        // a JOIN b JOIN c ON … ON …: the joins before our own condition belong to the right side.
        var outer = Enter();
        var right = FromPrimary();
        while (AtJoin) right = JoinRule(right);
        Leave(outer);
        if (Accept(Keyword.On)) return new Join(kind, left, right) { Position = left.Position, On = Expression() };
        Expect(Keyword.Using);
        var columns = ParenthesizedNames();
        var alias = Accept(Keyword.As) ? Name() : null;
        return new Join(kind, left, right) { Position = left.Position, Using = columns, UsingAlias = alias };
    }

    private FromItem FromPrimary()
    {
        var start = Here;
        if (_kind == TokenKind.OpenParen)
        {
            var (query, item) = ParenthesizedFrom();
            return query is null ? item! : Subquery(query, false, start);
        }

        if (Accept(Keyword.Lateral))
        {
            if (_kind == TokenKind.OpenParen)
            {
                var parenthesis = Here;
                return Subquery(ParenthesizedQuery(), true, parenthesis) with { Position = start };
            }

            return FunctionItem(true, start);
        }

        if (_word == Keyword.Rows && PeekWord() == Keyword.From) return FunctionItem(false, start);
        if (_word == Keyword.Only) return Sampled(WithAlias(RelationExpression()));
        if (_word == Keyword.Xmltable) throw Unsupported("XMLTABLE", start);
        return IsFunctionCall() ? FunctionItem(false, start) : Sampled(WithAlias(RelationExpression()));
    }

    /// <summary>
    /// A joined table or a query in parentheses; a query comes back bare, as only what follows tells whether it is an
    /// operand of a set operation or a subquery with its alias.
    /// </summary>
    private (Query? Query, FromItem? Item) ParenthesizedFrom()
    {
        var outer = Enter();
        Advance();
        var start = Here;
        if (StartsQuery)
        {
            var query = QueryRule();
            Expect(TokenKind.CloseParen);
            Leave(outer);
            return (query, null);
        }

        FromItem item;
        if (_kind == TokenKind.OpenParen)
        {
            var (query, inner) = ParenthesizedFrom();
            if (query is not null && (ContinuesQuery || _kind == TokenKind.CloseParen))
            {
                query = QueryTail(query);
                Expect(TokenKind.CloseParen);
                Leave(outer);
                return (query, null);
            }

            item = Joins(query is null ? inner! : Subquery(query, false, start));
        }
        else
        {
            item = FromItemRule();
        }

        if (item is not Join join || _kind != TokenKind.CloseParen) throw Unexpected();
        Advance();
        Leave(outer);
        var alias = AliasClause();
        return (null, alias is null ? join : join with { Alias = alias });
    }

    private SubqueryRef Subquery(Query query, bool lateral, int start)
    {
        var alias = AliasClause();
        if (alias is null)
        {
            var values = query is Values;
            throw new Types.PgException(
                Types.SqlStates.SyntaxError,
                values ? "VALUES in FROM must have an alias" : "subquery in FROM must have an alias")
            {
                Hint = values ? "For example, FROM (VALUES ...) [AS] foo." : "For example, FROM (SELECT ...) [AS] foo.",
                Position = start + 1,
            };
        }

        return new SubqueryRef(query, lateral) { Position = start, Alias = alias };
    }

    /// <summary>[ONLY] name [*] or ONLY (name)</summary>
    private TableRef RelationExpression()
    {
        var start = Here;
        if (Accept(Keyword.Only))
        {
            var parentheses = Accept(TokenKind.OpenParen);
            var name = Qualified();
            if (parentheses) Expect(TokenKind.CloseParen);
            return new TableRef(name, true) { Position = start };
        }

        var table = new TableRef(Qualified()) { Position = start };
        Accept(TokenKind.Star);
        return table;
    }

    private TableRef WithAlias(TableRef table) => AliasClause() is { } alias ? table with { Alias = alias } : table;

    private TableRef Sampled(TableRef table)
    {
        if (_word != Keyword.Tablesample) return table;
        var start = Here;
        Advance();
        var method = FunctionNameRule();
        Expect(TokenKind.OpenParen);
        var arguments = ExpressionList();
        Expect(TokenKind.CloseParen);
        Expr? seed = null;
        if (Accept(Keyword.Repeatable))
        {
            Expect(TokenKind.OpenParen);
            seed = Expression();
            Expect(TokenKind.CloseParen);
        }

        return table with { Sample = new TableSample(method, arguments, seed) { Position = start } };
    }

    private QualifiedName FunctionNameRule()
    {
        var start = Here;
        if (PeekKind() == TokenKind.Dot) return Qualified();
        return new QualifiedName([FunctionOrTypeName()]) { Position = start };
    }

    /// <summary>[AS] alias [(columns)]</summary>
    private Alias? AliasClause()
    {
        var start = Here;
        if (Accept(Keyword.As)) return new Alias(Name(), OptionalNames()) { Position = start };
        return IsColumnName ? new Alias(TakeName(), OptionalNames()) { Position = start } : null;
    }

    /// <summary>Whether a possibly qualified name and a parenthesis stand here, or a function without parentheses.</summary>
    private bool IsFunctionCall()
    {
        switch (_word)
        {
            case Keyword.CurrentDate or Keyword.CurrentTime or Keyword.CurrentTimestamp or Keyword.CurrentRole
                or Keyword.CurrentUser or Keyword.CurrentCatalog or Keyword.CurrentSchema or Keyword.Localtime
                or Keyword.Localtimestamp or Keyword.SessionUser or Keyword.User or Keyword.Cast:
                return true;
        }

        var ahead = 1;
        while (PeekKind(ahead) == TokenKind.Dot) ahead += 2;
        return IsIdentifier && PeekKind(ahead) == TokenKind.OpenParen;
    }

    private FunctionRef FunctionItem(bool lateral, int start)
    {
        var calls = new ListBuilder<Expr>();
        if (Accept(Keyword.Rows, Keyword.From))
        {
            Expect(TokenKind.OpenParen);
            do
            {
                calls.Add(FunctionExpression());
                if (_word == Keyword.As) throw Unsupported("column definition list inside ROWS FROM", Here);
            }
            while (Accept(TokenKind.Comma));
            Expect(TokenKind.CloseParen);
        }
        else
        {
            calls.Add(FunctionExpression());
        }

        var ordinality = Accept(Keyword.With);
        if (ordinality) Expect(Keyword.Ordinality);
        var (alias, definitions) = FunctionAlias();
        return new FunctionRef(calls.ToImmutable(), lateral, ordinality, definitions) { Position = start, Alias = alias };
    }

    private Expr FunctionExpression()
    {
        var at = _at;
        var value = Primary();
        return value is FunctionCall or SqlValue or Coalesce or MinMax or NullIf or Cast { OperatorPosition: < 0 }
            ? value
            : throw (value is ColumnRef ? Unexpected() : Unexpected(at));
    }

    /// <summary>An alias with names of columns or with definitions of them; definitions need no alias.</summary>
    private (Alias? Alias, ImmutableArray<ColumnDefinition> Definitions) FunctionAlias()
    {
        var start = Here;
        var marked = Accept(Keyword.As);
        if (marked && _kind == TokenKind.OpenParen) return (null, Definitions());
        if (!marked && !IsColumnName) return (null, []);
        var name = Name();
        if (_kind != TokenKind.OpenParen) return (new Alias(name, []) { Position = start }, []);
        return PeekKind(2) is TokenKind.Comma or TokenKind.CloseParen
            ? (new Alias(name, ParenthesizedNames()) { Position = start }, [])
            : (new Alias(name, []) { Position = start }, Definitions());
    }

    /// <summary>(name type [COLLATE …], …)</summary>
    private ImmutableArray<ColumnDefinition> Definitions()
    {
        Expect(TokenKind.OpenParen);
        var definitions = new ListBuilder<ColumnDefinition>();
        do
        {
            var start = Here;
            var name = Name();
            var type = Type();
            var collation = Accept(Keyword.Collate) ? Qualified() : null;
            definitions.Add(new ColumnDefinition(name, type) { Position = start, Collation = collation });
        }
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return definitions.ToImmutable();
    }
}
