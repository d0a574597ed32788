using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Parsing;

/// <summary>INSERT, UPDATE, DELETE and MERGE.</summary>
internal sealed partial class Grammar
{
    private Insert InsertRule(With? with, int start)
    {
        Expect(Keyword.Insert, Keyword.Into);
        var table = Qualified();
        var alias = Accept(Keyword.As) ? Name() : null;
        ImmutableArray<AssignmentTarget> columns = [];
        string? overriding = null;
        Query? source = null;
        if (_kind == TokenKind.OpenParen && !OpensQuery()) columns = Targets();
        if (Accept(Keyword.Default, Keyword.Values) is var defaults && !defaults)
        {
            overriding = Overriding();
            _mayBeDefault = _word != Keyword.Select;
            source = QueryRule();
            _mayBeDefault = false;
        }

        if (defaults && !columns.IsEmpty) throw Unexpected(_at - 2);
        var conflict = _word == Keyword.On ? OnConflictRule() : null;
        return new Insert
        {
            Position = start,
            With = with,
            Table = table,
            TableAlias = alias,
            Columns = columns,
            Overriding = overriding,
            Source = source,
            OnConflict = conflict,
            Returning = Returning(),
        };
    }

    private string? Overriding()
    {
        if (!Accept(Keyword.Overriding)) return null;
        var user = Accept(Keyword.User);
        if (!user) Expect(Keyword.System);
        Expect(Keyword.Value);
        return user ? "user" : "system";
    }

    private ImmutableArray<SelectItem> Returning() => Accept(Keyword.Returning) ? SelectItems() : [];

    /// <summary>(a, b[1], c.d)</summary>
    private ImmutableArray<AssignmentTarget> Targets()
    {
        Expect(TokenKind.OpenParen);
        var targets = new ListBuilder<AssignmentTarget>();
        do targets.Add(Target());
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return targets.ToImmutable();
    }

    private AssignmentTarget Target()
    {
        var start = Here;
        var column = Name();
        if (_kind is not (TokenKind.Dot or TokenKind.OpenBracket))
            return new AssignmentTarget(column, [], []) { Position = start };
        var fields = new ListBuilder<string>();
        var subscripts = new ListBuilder<SubscriptItem>();
        while (true)
        {
            if (Accept(TokenKind.Dot))
            {
                fields.Add(Label());
            }
            else if (_kind == TokenKind.OpenBracket)
            {
                foreach (var item in Subscripts()) subscripts.Add(item);
            }
            else
            {
                return new AssignmentTarget(column, subscripts.ToImmutable(), fields.ToImmutable()) { Position = start };
            }
        }
    }

    private OnConflict OnConflictRule()
    {
        var start = Here;
        Expect(Keyword.On, Keyword.Conflict);
        ImmutableArray<IndexElement> target = [];
        Expr? targetWhere = null;
        string? constraint = null;
        if (_kind == TokenKind.OpenParen)
        {
            target = IndexElements();
            if (Accept(Keyword.Where)) targetWhere = Expression();
        }
        else if (Accept(Keyword.On))
        {
            Expect(Keyword.Constraint);
            constraint = Name();
        }

        Expect(Keyword.Do);
        if (Accept(Keyword.Nothing))
            return new OnConflict(target, targetWhere, constraint, false, [], null) { Position = start };
        Expect(Keyword.Update);
        if (target.IsEmpty && constraint is null)
            throw new Types.PgException(
                Types.SqlStates.SyntaxError,
                "ON CONFLICT DO UPDATE requires inference specification or constraint name")
            {
                Hint = "For example, ON CONFLICT (column_name).",
                Position = start + 1,
            };
        Expect(Keyword.Set);
        var set = Assignments();
        var where = Accept(Keyword.Where) ? Expression() : null;
        return new OnConflict(target, targetWhere, constraint, true, set, where) { Position = start };
    }

    private ImmutableArray<Assignment> Assignments()
    {
        var assignments = new ListBuilder<Assignment>();
        do assignments.Add(AssignmentRule());
        while (Accept(TokenKind.Comma));
        return assignments.ToImmutable();
    }

    private Assignment AssignmentRule()
    {
        var start = Here;
        if (_kind != TokenKind.OpenParen)
        {
            var target = Target();
            Expect(TokenKind.Equal);
            return new Assignment([target], ValueOrDefault()) { Position = start };
        }

        var targets = Targets();
        Expect(TokenKind.Equal);
        _mayBeDefault = true;
        var value = Expression();
        _mayBeDefault = false;
        if (value is RowConstructor row && row.Items.Length != targets.Length)
            throw Invalid("number of columns does not match number of values", targets[0].Position);
        return new Assignment(targets, value) { Position = start };
    }

    /// <summary>The table of UPDATE or DELETE with its alias, which cannot be SET unless AS comes before it.</summary>
    private (TableRef Table, string? Alias) TargetTable()
    {
        var table = RelationExpression();
        if (Accept(Keyword.As)) return (table, Name());
        return (table, IsColumnName && _word != Keyword.Set ? TakeName() : null);
    }

    /// <summary>WHERE condition, or WHERE CURRENT OF cursor.</summary>
    private Expr? WhereOrCurrent()
    {
        if (!Accept(Keyword.Where)) return null;
        var start = Here;
        return Accept(Keyword.Current, Keyword.Of) ? new CurrentOf(Name()) { Position = start } : Expression();
    }

    private Update UpdateRule(With? with, int start)
    {
        Expect(Keyword.Update);
        var (table, alias) = TargetTable();
        Expect(Keyword.Set);
        var set = Assignments();
        var from = Accept(Keyword.From) ? FromItems() : [];
        var where = WhereOrCurrent();
        return new Update
        {
            Position = start,
            With = with,
            Table = table.Name,
            TableAlias = alias,
            Only = table.Only,
            Set = set,
            From = from,
            Where = where,
            Returning = Returning(),
        };
    }

    private Delete DeleteRule(With? with, int start)
    {
        Expect(Keyword.Delete, Keyword.From);
        var (table, alias) = TargetTable();
        var from = Accept(Keyword.Using) ? FromItems() : [];
        var where = WhereOrCurrent();
        return new Delete
        {
            Position = start,
            With = with,
            Table = table.Name,
            TableAlias = alias,
            Only = table.Only,
            Using = from,
            Where = where,
            Returning = Returning(),
        };
    }

    private Merge MergeRule(With? with, int start)
    {
        Expect(Keyword.Merge, Keyword.Into);
        var (table, alias) = TargetTable();
        Expect(Keyword.Using);
        var source = FromItemRule();
        Expect(Keyword.On);
        var on = Expression();
        var whens = new ListBuilder<MergeWhen>();
        do
        {
            var when = MergeWhenRule();
            foreach (var earlier in whens.Items)
                if (earlier.Matched == when.Matched && earlier.Condition is null)
                    throw Types.PgException.Syntax("unreachable WHEN clause specified after unconditional WHEN clause");
            whens.Add(when);
        }
        while (_word == Keyword.When);

        return new Merge
        {
            Position = start,
            With = with,
            Table = table.Name,
            TableAlias = alias,
            Source = source,
            On = on,
            Whens = whens.ToImmutable(),
        };
    }

    private MergeWhen MergeWhenRule()
    {
        var start = Here;
        Expect(Keyword.When);
        var matched = !Accept(Keyword.Not);
        Expect(Keyword.Matched);
        var condition = Accept(Keyword.And) ? Expression() : null;
        Expect(Keyword.Then);
        if (Accept(Keyword.Do))
        {
            Expect(Keyword.Nothing);
            return Action("nothing");
        }

        if (matched)
        {
            if (Accept(Keyword.Delete)) return Action("delete");
            Expect(Keyword.Update, Keyword.Set);
            return Action("update") with { Set = Assignments() };
        }

        Expect(Keyword.Insert);
        var columns = _kind == TokenKind.OpenParen ? Targets() : [];
        var overriding = Overriding();
        if (Accept(Keyword.Default, Keyword.Values)) return Action("insert") with { Columns = columns, Overriding = overriding };
        Expect(Keyword.Values);
        Expect(TokenKind.OpenParen);
        var values = new ListBuilder<Expr>();
        do values.Add(ValueOrDefault());
        while (Accept(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return Action("insert") with { Columns = columns, Overriding = overriding, Values = values.ToImmutable() };

        MergeWhen Action(string action) => new(matched, condition, action, [], [], [], null) { Position = start };
    }
}
