using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>SELECT, VALUES, TABLE, set operations and WITH (section "SELECT" of the manual's SQL commands).</summary>
internal sealed partial class Grammar
{
    private enum SetLevel
    {
        Union,
        Intersect,
    }

    /// <summary>A query with everything that may stand around it.</summary>
    private Query QueryRule()
    {
        var outer = Enter();
        var start = Here;
        var with = WithClause();
        var query = QueryTail(SetTerm());
        if (with is not null)
        {
            if (query.With is not null) throw Invalid("multiple WITH clauses not allowed", start);
            query = query with { With = with, Position = start };
        }

        Leave(outer);
        return query;
    }

    /// <summary>Whether a query that could end here goes on.</summary>
    private bool ContinuesQuery => MayContinueQuery(_word);

    private static bool MayContinueQuery(Keyword word) => word is Keyword.Union or Keyword.Intersect or Keyword.Except or Keyword.Order
        or Keyword.Limit or Keyword.Offset or Keyword.Fetch or Keyword.For;

    /// <summary>The set operations behind a first operand, then ORDER BY, LIMIT, OFFSET, FETCH and FOR.</summary>
    private Query QueryTail(Query first)
    {
        var query = SetOperations(first, SetLevel.Union);
        var orderBy = OrderBy();
        var locking = new ListBuilder<LockingClause>();
        var lockedFirst = LockingClauses(ref locking);
        var (limit, offset, limited, ties) = LimitClauses(query);
        if (!lockedFirst) lockedFirst = LockingClauses(ref locking);
        if (orderBy.IsEmpty && !limited && offset is null && !lockedFirst) return query;

        if (!orderBy.IsEmpty && !query.OrderBy.IsEmpty) throw Invalid("multiple ORDER BY clauses not allowed", orderBy[0].Position);
        if (ties && orderBy.IsEmpty && query.OrderBy.IsEmpty)
            throw Types.PgException.Syntax("WITH TIES cannot be specified without ORDER BY clause");
        return query with
        {
            OrderBy = orderBy.IsEmpty ? query.OrderBy : orderBy,
            Limit = limit ?? query.Limit,
            Offset = offset ?? query.Offset,
            WithTies = ties || query.WithTies,
            Locking = locking.Count == 0 ? query.Locking : [.. query.Locking, .. locking.Items],
        };
    }

    /// <summary>False when there are none.</summary>
    private bool LockingClauses(ref ListBuilder<LockingClause> clauses)
    {
        if (_word != Keyword.For) return false;
        do
        {
            if (LockingRule() is { } rule) clauses.Add(rule);
        }
        while (_word == Keyword.For);
        return true;
    }

    /// <summary>LIMIT or FETCH, and OFFSET before or behind it.</summary>
    private (Expr? Limit, Expr? Offset, bool Limited, bool Ties) LimitClauses(Query query)
    {
        Expr? limit = null, offset = null;
        bool limited = false, ties = false;
        while (true)
        {
            if (_word is Keyword.Limit or Keyword.Fetch && !limited)
            {
                var at = PeekKind() == TokenKind.End ? Here : _tokens[_at + 1].Offset;
                limited = true;
                limit = _word == Keyword.Limit ? LimitClause() : FetchClause(out ties);
                if (query.Limit is not null) throw Invalid("multiple LIMIT clauses not allowed", limit?.Position ?? at);
            }
            else if (_word == Keyword.Offset && offset is null)
            {
                Advance();
                offset = Expression();
                if (_word is Keyword.Row or Keyword.Rows)
                {
                    // The standard's form takes a primary or a signed number.
                    if (offset is not (UnaryOp { Operator.Symbol: "-" or "+", Operand: NumberLiteral }) && IsCompound(offset)) throw Unexpected();
                    Advance();
                }

                if (query.Offset is not null) throw Invalid("multiple OFFSET clauses not allowed", offset.Position);
            }
            else
            {
                return (limit, offset, limited, ties);
            }
        }
    }

    private static bool IsCompound(Expr value) => value is UnaryOp or BinaryOp or And or Or or Not or IsNull or IsTruth or Like or Between or InList;

    private Expr? LimitClause()
    {
        var start = Here;
        Expect(Keyword.Limit);
        if (Accept(Keyword.All)) return null;
        var limit = Expression();
        if (_kind == TokenKind.Comma)
            throw new Types.PgException(Types.SqlStates.SyntaxError, "LIMIT #,# syntax is not supported")
            {
                Hint = "Use separate LIMIT and OFFSET clauses.",
                Position = start + 1,
            };
        return limit is NullLiteral ? null : limit;
    }

    /// <summary>FETCH FIRST | NEXT [count] ROW | ROWS ONLY | WITH TIES</summary>
    private Expr FetchClause(out bool ties)
    {
        Expect(Keyword.Fetch);
        if (!Accept(Keyword.First)) Expect(Keyword.Next);
        Expr count;
        if (_word is Keyword.Row or Keyword.Rows)
        {
            count = new NumberLiteral("1");
        }
        else if (_kind is TokenKind.Plus or TokenKind.Minus)
        {
            if (PeekKind() is not (TokenKind.Integer or TokenKind.Decimal)) throw Unexpected(_at + 1);
            count = Prefix(restricted: true);
        }
        else
        {
            count = Primary();
        }

        if (!Accept(Keyword.Rows)) Expect(Keyword.Row);
        ties = Accept(Keyword.With);
        Expect(ties ? Keyword.Ties : Keyword.Only);
        return count;
    }

    /// <summary>Null for FOR READ ONLY, which says nothing.</summary>
    private LockingClause? LockingRule()
    {
        var start = Here;
        Expect(Keyword.For);
        string strength;
        if (Accept(Keyword.Read))
        {
            Expect(Keyword.Only);
            return null;
        }

        if (Accept(Keyword.Update)) strength = "update";
        else if (Accept(Keyword.Share)) strength = "share";
        else if (Accept(Keyword.No, Keyword.Key, Keyword.Update)) strength = "no key update";
        else if (Accept(Keyword.Key, Keyword.Share)) strength = "key share";
        else throw Unexpected();

        var of = Accept(Keyword.Of) ? QualifiedList() : [];
        string? wait = null;
        if (Accept(Keyword.Nowait)) wait = "nowait";
        else if (Accept(Keyword.Skip, Keyword.Locked)) wait = "skip locked";
        return new LockingClause(strength, of, wait) { Position = start };
    }

    private Query SetOperations(Query left, SetLevel least)
    {
        while (true)
        {
            SetOperator name;
            SetLevel level;
            switch (_word)
            {
                case Keyword.Union: (name, level) = (SetOperator.Union, SetLevel.Union); break;
                case Keyword.Except: (name, level) = (SetOperator.Except, SetLevel.Union); break;
                case Keyword.Intersect: (name, level) = (SetOperator.Intersect, SetLevel.Intersect); break;
                default: return left;
            }

            if (level < least) return left;
            Advance();
            var all = Accept(Keyword.All) || (Accept(Keyword.Distinct) && false);
            var right = SetTerm();
            if (level == SetLevel.Union) right = SetOperations(right, SetLevel.Intersect);
            if (right is Select { Into: { } into })
                throw Invalid("INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT", into.Table.Position);
            left = new SetOperation(name, all, left, right) { Position = left.Position };
            Grow();
        }
    }

    /// <summary>An operand of a set operation.</summary>
    private Query SetTerm()
    {
        switch (_word)
        {
            case Keyword.Select: return SelectRule();
            case Keyword.Values: return ValuesRule();
            case Keyword.Table: return TableRule();
        }

        return ParenthesizedQuery();
    }

    private Select TableRule()
    {
        var start = Here;
        Expect(Keyword.Table);
        var table = RelationExpression();
        return new Select
        {
            Items = [new SelectItem(new Star([]) { Position = start }, null) { Position = start }],
            From = [table],
            Position = start,
        };
    }

    private Values ValuesRule()
    {
        var start = Here;
        Expect(Keyword.Values);
        var rows = new ListBuilder<ImmutableArray<Expr>>();
        var mayBeDefault = _mayBeDefault;
        _mayBeDefault = false;
        do
        {
            Expect(TokenKind.OpenParen);
            var row = new ListBuilder<Expr>();
            do row.Add(mayBeDefault ? ValueOrDefault() : Expression());
            while (Accept(TokenKind.Comma));
            if (rows.Count > 0 && rows[0].Length != row.Count)
                throw Invalid("VALUES lists must all be the same length", row[0].Position);
            rows.Add(row.ToImmutable());
            Expect(TokenKind.CloseParen);
        }
        while (Accept(TokenKind.Comma));
        _mayBeDefault = mayBeDefault;
        return new Values(rows.ToImmutable()) { Position = start };
    }

    private Expr ValueOrDefault()
    {
        if (_word != Keyword.Default) return Expression();
        var start = Here;
        Advance();
        return new DefaultValue { Position = start };
    }

    private Select SelectRule()
    {
        var start = Here;
        Expect(Keyword.Select);
        var distinct = false;
        ImmutableArray<Expr> distinctOn = [];
        if (Accept(Keyword.Distinct))
        {
            distinct = true;
            if (Accept(Keyword.On))
            {
                Expect(TokenKind.OpenParen);
                distinctOn = ExpressionList();
                Expect(TokenKind.CloseParen);
            }
        }
        else
        {
            Accept(Keyword.All);
        }

        var top = TopClause();
        var items = EndsSelectList && !distinct ? [] : SelectItems();
        var into = _word == Keyword.Into ? IntoRule() : null;
        var from = Accept(Keyword.From) ? FromItems() : [];
        var where = Accept(Keyword.Where) ? Expression() : null;
        ImmutableArray<GroupingItem> groups = [];
        var groupDistinct = false;
        if (Accept(Keyword.Group))
        {
            Expect(Keyword.By);
            groupDistinct = Accept(Keyword.Distinct);
            if (!groupDistinct) Accept(Keyword.All);
            groups = GroupingItems();
        }

        var having = Accept(Keyword.Having) ? Expression() : null;
        var windows = _word == Keyword.Window ? WindowClause() : [];
        return new Select
        {
            Position = start,
            Distinct = distinct,
            DistinctOn = distinctOn,
            Items = items,
            Into = into,
            From = from,
            Where = where,
            GroupBy = groups,
            GroupByDistinct = groupDistinct,
            Having = having,
            Windows = windows,
            Limit = top,
        };
    }

    /// <summary>The select list may be empty.</summary>
    private bool EndsSelectList => _kind is TokenKind.End or TokenKind.Semicolon or TokenKind.CloseParen
        || EndsSelectListWord(_word);

    private static bool EndsSelectListWord(Keyword word) =>
        word is Keyword.From or Keyword.Where or Keyword.Into or Keyword.Group or Keyword.Having or Keyword.Window || MayContinueQuery(word);

    private ImmutableArray<SelectItem> SelectItems()
    {
        var items = new ListBuilder<SelectItem>();
        do
        {
            var start = Here;
            if (Accept(TokenKind.Star))
            {
                items.Add(new SelectItem(new Star([]) { Position = start }, null) { Position = start });
                continue;
            }

            var value = LabeledExpression();
            string? alias = null;
            if (Accept(Keyword.As)) alias = Label();
            else if (IsIdentifier && (_word == Keyword.NoWord || Keywords.MayBeBareLabel(_word))) alias = TakeName();
            items.Add(new SelectItem(value, alias) { Position = start });
        }
        while (Accept(TokenKind.Comma));
        return items.ToImmutable();
    }

    /// <summary>INTO [TEMPORARY | TEMP | UNLOGGED] [TABLE] name</summary>
    private IntoClause IntoRule()
    {
        var start = Here;
        Expect(Keyword.Into);
        if (_word is Keyword.Local or Keyword.Global && PeekWord() is Keyword.Temp or Keyword.Temporary) Advance();

        // TEMP and UNLOGGED are names themselves where none follows.
        var named = PeekKind() is TokenKind.QuotedIdentifier or TokenKind.UnicodeIdentifier
            || (PeekKind() == TokenKind.Identifier && (PeekWord() == Keyword.Table || Keywords.Category(PeekWord()) <= KeywordCategory.ColumnName));
        var temporary = named && (Accept(Keyword.Temporary) || Accept(Keyword.Temp));
        var unlogged = named && !temporary && Accept(Keyword.Unlogged);
        Accept(Keyword.Table);
        return new IntoClause(Qualified(), temporary, unlogged) { Position = start };
    }

    private ImmutableArray<GroupingItem> GroupingItems()
    {
        var items = new ListBuilder<GroupingItem>();
        do items.Add(GroupingItemRule());
        while (Accept(TokenKind.Comma));
        return items.ToImmutable();
    }

    private GroupingItem GroupingItemRule()
    {
        var start = Here;
        var kind = _word switch
        {
            Keyword.Rollup when PeekKind() == TokenKind.OpenParen => GroupingKind.Rollup,
            Keyword.Cube when PeekKind() == TokenKind.OpenParen => GroupingKind.Cube,
            Keyword.Grouping when PeekWord() == Keyword.Sets => GroupingKind.Sets,
            _ when _kind == TokenKind.OpenParen && PeekKind() == TokenKind.CloseParen => GroupingKind.Empty,
            _ => GroupingKind.Expression,
        };
        switch (kind)
        {
            case GroupingKind.Expression:
                return new GroupingItem(kind, Expression(), []) { Position = start };
            case GroupingKind.Empty:
                Advance();
                Advance();
                return new GroupingItem(kind, null, []) { Position = start };
        }

        var outer = Enter();
        Advance();
        if (kind == GroupingKind.Sets) Advance();
        Expect(TokenKind.OpenParen);
        var items = GroupingItems();
        Expect(TokenKind.CloseParen);
        Leave(outer);
        return new GroupingItem(kind, null, items) { Position = start };
    }

    private With? WithClause()
    {
        if (_word != Keyword.With) return null;
        var start = Here;
        Advance();
        var recursive = Accept(Keyword.Recursive);
        var tables = new ListBuilder<CommonTable>();
        do tables.Add(CommonTableRule());
        while (Accept(TokenKind.Comma));
        return new With(recursive, tables.ToImmutable()) { Position = start };
    }

    private CommonTable CommonTableRule()
    {
        var start = Here;
        var name = Name();
        var columns = OptionalNames();
        Expect(Keyword.As);
        bool? materialized = null;
        if (Accept(Keyword.Materialized))
        {
            materialized = true;
        }
        else if (Accept(Keyword.Not))
        {
            Expect(Keyword.Materialized);
            materialized = false;
        }

        Expect(TokenKind.OpenParen);
        var outer = Enter();
        var statement = PreparableStatement();
        Leave(outer);
        Expect(TokenKind.CloseParen);
        if (_word is Keyword.Search or Keyword.Cycle) throw Unsupported(Keywords.Text(_word).ToUpperInvariant() + " clause", Here);
        return new CommonTable(name, columns, materialized, statement) { Position = start };
    }
}
