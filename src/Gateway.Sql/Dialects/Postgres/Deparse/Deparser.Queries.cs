using System.Collections.Immutable;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>Queries, in the layout of pg_get_viewdef.</summary>
public sealed partial class Deparser
{
    private bool _layout;
    private int _indent;

    /// <summary>The names of the tables of each query around this place, as they are shown.</summary>
    private readonly List<Dictionary<string, string>> _scopes = [];

    /// <summary>A view's query, with its semicolon.</summary>
    /// <param name="columns">The view's columns, which name those of its query.</param>
    public string View(Query query, IReadOnlyList<string> columns)
    {
        _layout = true;
        if (!IsParenthesized(query)) _text.Append(' ');
        Query(query, columns);
        return _text.Append(';').ToString();
    }

    private static bool IsParenthesized(Query query) => query is SetOperation set && (!IsBare(set.Left, set) || (set.Left is SetOperation && IsParenthesized(set.Left)));

    /// <summary>The name a table goes by: another one where a query further out has it already.</summary>
    private string Shown(string source, int levels)
    {
        if (_scopes.Count > levels && _scopes[^(levels + 1)].TryGetValue(source, out var shown)) return shown;
        for (var i = _scopes.Count - 1; i >= 0; i--)
            if (_scopes[i].TryGetValue(source, out var other)) return other;
        return source;
    }

    private void Enter(Select select)
    {
        var scope = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in select.From) Collect(item);
        _scopes.Add(scope);

        void Collect(FromItem item)
        {
            if (item is Join join)
            {
                Collect(join.Left);
                Collect(join.Right);
            }

            var name = item.Alias?.Name ?? (item is TableRef table ? table.Name.Last : null);
            if (name is null || scope.ContainsKey(name)) return;
            var shown = name;
            for (var i = 1; _scopes.Any(outer => outer.ContainsValue(shown)); i++) shown = $"{name}_{i}";
            scope[name] = shown;
        }
    }

    private void Indented(int by, Action write)
    {
        _indent += by;
        write();
        _indent -= by;
    }

    /// <summary>A new line where there is a layout, else a space.</summary>
    private void Break(string word, int extra = 0)
    {
        if (!_layout)
        {
            _text.Append(' ').Append(word);
            return;
        }

        Line(_indent + extra + 1, word);
    }

    private void Line(int spaces, string word)
    {
        while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
        _text.Append('\n').Append(' ', spaces).Append(word);
    }

    /// <param name="names">The names its columns get from outside, or null for their own.</param>
    /// <param name="visible">Whether anybody sees them.</param>
    private void Query(Query query, IReadOnlyList<string>? names = null, bool visible = true)
    {
        var depth = _scopes.Count;
        if (query is Select entered) Enter(entered);
        Body(query, names, visible);
        _scopes.RemoveRange(depth, _scopes.Count - depth);
    }

    private void Body(Query query, IReadOnlyList<string>? names, bool visible)
    {
        if (query.With is { } with) With(with);
        switch (query)
        {
            case Select select: Select(select, names, visible); break;
            case SetOperation set: Set(set, names ?? [.. Leaf(set).Select(item => item.OutputName ?? item.Alias ?? "?column?")], visible); break;
            case Values values: Rows(values); break;
            default: throw Unknown(query.GetType().Name);
        }

        if (!query.OrderBy.IsDefaultOrEmpty)
        {
            Break("ORDER BY ", 1);
            List(query.OrderBy, item => Sorted(item, query));
        }

        if (query.Offset is { } offset)
        {
            Break("OFFSET ", 0);
            Write(offset, false);
        }

        if (query.Limit is { } limit)
        {
            Break(query.WithTies ? "FETCH FIRST " : "LIMIT ", 0);
            Write(limit, false);
            if (query.WithTies) _text.Append(" ROWS WITH TIES");
        }
    }

    private void With(With with)
    {
        _text.Append(with.Recursive ? "WITH RECURSIVE " : "WITH ");
        for (var i = 0; i < with.Tables.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            var table = with.Tables[i];
            if (table.Statement is not QueryStatement inner) throw Unknown("WITH");
            _text.Append(Identifiers.Quote(table.Name));
            if (!table.Columns.IsDefaultOrEmpty) _text.Append('(').AppendJoin(", ", table.Columns.Select(Identifiers.Quote)).Append(')');
            _text.Append(" AS ").Append(table.Materialized switch { true => "MATERIALIZED ", false => "NOT MATERIALIZED ", _ => "" }).Append('(');
            Line(_indent + 8, "");
            Indented(8, () =>
            {
                _text.Append(' ');
                Query(inner.Query);
            });
            Line(_indent + 8, ")");
        }

        Line(_indent, " ");
    }

    private static System.Collections.Immutable.ImmutableArray<SelectItem> Leaf(Query query) => query switch
    {
        SetOperation set => Leaf(set.Left),
        Select select => select.Items,
        _ => [],
    };

    private void Select(Select select, IReadOnlyList<string>? names, bool visible)
    {
        _text.Append("SELECT ");
        if (!select.DistinctOn.IsDefaultOrEmpty)
        {
            _text.Append("DISTINCT ON (");
            List(select.DistinctOn, item => Grouped(item));
            _text.Append(") ");
        }
        else if (select.Distinct)
        {
            _text.Append("DISTINCT ");
        }

        for (var i = 0; i < select.Items.Length; i++)
        {
            if (i > 0)
            {
                _text.Append(',');
                if (select.Items[i].Value is not Tree.Case) Break("", 3);
            }

            var item = select.Items[i];
            Write(item.Value, true);
            var name = names is not null && i < names.Count ? names[i] : item.OutputName ?? item.Alias;
            var own = item.Value is ColumnRef column ? column.Column?.Name ?? column.Name : visible ? null : "?column?";
            if (name is not null && name != own) _text.Append(" AS ").Append(Identifiers.Quote(name));
        }

        if (!select.From.IsDefaultOrEmpty)
        {
            Break("FROM ", 2);
            for (var i = 0; i < select.From.Length; i++)
            {
                if (i > 0)
                {
                    _text.Append(',');
                    Break("", 3);
                }

                From(select.From[i]);
            }
        }

        if (select.Where is { } where)
        {
            Break("WHERE ", 1);
            Write(where, false);
        }

        if (!select.GroupBy.IsDefaultOrEmpty)
        {
            Break("GROUP BY ", 1);
            List(select.GroupBy, Grouping);
        }

        if (select.Having is { } having)
        {
            Break("HAVING ", 0);
            Write(having, false);
        }

        if (select.Windows.IsDefaultOrEmpty) return;
        Break("WINDOW ", 1);
        List(select.Windows, window =>
        {
            _text.Append(Identifiers.Quote(window.Name)).Append(" AS ");
            Window(window.Window);
        });
    }

    private void Set(SetOperation set, IReadOnlyList<string> names, bool visible)
    {
        var word = set.Operator.ToString().ToUpperInvariant() + (set.All ? " ALL" : "");
        if (IsBare(set.Left, set))
        {
            Arm(set.Left, names, visible);
            Line(_indent, word);
        }
        else
        {
            Inner(set.Left, names, visible);
            _text.Append(") ").Append(word);
        }

        if (IsBare(set.Right, set))
        {
            Line(_indent, " ");
            Arm(set.Right, names, visible);
            return;
        }

        _text.Append(' ');
        Inner(set.Right, names, visible);
        _text.Append(')');
    }

    /// <summary>A set operation inside of another stands for its arms alone; its ORDER BY would need parentheses.</summary>
    private void Arm(Query arm, IReadOnlyList<string> names, bool visible)
    {
        if (arm is SetOperation inner) Set(inner, names, visible);
        else Query(arm, names, visible);
    }

    private void Inner(Query query, IReadOnlyList<string> names, bool visible)
    {
        _text.Append('(');
        Line(_indent + 8, " ");
        Indented(8, () => Query(query, names, visible));
        Line(_indent, "");
    }

    private static bool IsBare(Query side, SetOperation within) =>
        side is Values or Select { With: null, OrderBy.IsDefaultOrEmpty: true, Limit: null, Offset: null }
        || side is SetOperation { With: null, OrderBy.IsDefaultOrEmpty: true, Limit: null, Offset: null } inner
            && inner.Operator == within.Operator && inner.All == within.All && ReferenceEquals(side, within.Left);

    private void Rows(Values values)
    {
        _text.Append("VALUES ");
        List(values.Rows, row =>
        {
            _text.Append('(');
            for (var i = 0; i < row.Length; i++)
            {
                if (i > 0) _text.Append(',');
                Write(row[i], false);
            }

            _text.Append(')');
        });
    }

    private void From(FromItem item)
    {
        switch (item)
        {
            case TableRef table:
                _text.Append(table.Relation is { } known ? relation?.Invoke(known) ?? Identifiers.Quote(known.Name) : Identifiers.Quote(table.Name.Last));
                var shown = Shown(table.Alias?.Name ?? table.Name.Last, 0);
                Named(table.Alias, shown == (table.Relation?.Name ?? table.Name.Last) && table.Alias is null or { Columns.IsDefaultOrEmpty: true } ? null : shown);
                break;
            case SubqueryRef subquery:
                if (subquery.Lateral) _text.Append("LATERAL ");
                _text.Append('(');
                Indented(8, () =>
                {
                    _text.Append(' ');
                    Query(subquery.Query);
                });
                _text.Append(')');
                Named(subquery.Alias, subquery.Alias?.Name);
                break;
            case FunctionRef function:
                if (function.Lateral) _text.Append("LATERAL ");
                if (function.Calls.Length > 1) _text.Append("ROWS FROM(");
                List(function.Calls, call => Write(call, true));
                if (function.Calls.Length > 1) _text.Append(')');
                if (function.WithOrdinality) _text.Append(" WITH ORDINALITY");
                Named(function.Alias, function.Alias?.Name);
                break;
            case Join join: JoinOf(join); break;
            default: throw Unknown(item.GetType().Name);
        }
    }

    private void Named(Alias? alias, string? name)
    {
        if (name is not null) _text.Append(' ').Append(Identifiers.Quote(name));
        if (alias is { Columns.IsDefaultOrEmpty: false }) _text.Append('(').AppendJoin(", ", alias.Columns.Select(Identifiers.Quote)).Append(')');
    }

    private void JoinOf(Join join)
    {
        var needed = !pretty || join.Alias is not null;
        if (needed) _text.Append('(');
        From(join.Left);
        Break(join.Kind switch
        {
            JoinKind.Left => "LEFT JOIN ",
            JoinKind.Right => "RIGHT JOIN ",
            JoinKind.Full => "FULL JOIN ",
            JoinKind.Inner => "JOIN ",
            _ => "CROSS JOIN ",
        }, 4);
        if (join.Right is Join && pretty) _text.Append('(');
        From(join.Right);
        if (join.Right is Join && pretty) _text.Append(')');
        if (!join.Merged.IsDefaultOrEmpty)
        {
            _text.Append(" USING (").AppendJoin(", ", join.Merged.Select(Identifiers.Quote)).Append(')');
        }
        else if (join.On is { } on)
        {
            _text.Append(" ON ");
            Wrapped(() => Write(on, false));
        }

        if (needed) _text.Append(')');
        Named(join.Alias, join.Alias?.Name);
    }

    private void Grouping(GroupingItem item)
    {
        switch (item.Kind)
        {
            case GroupingKind.Expression: Grouped(item.Value!); break;
            case GroupingKind.Empty: _text.Append("()"); break;
            default:
                _text.Append(item.Kind switch { GroupingKind.Rollup => "ROLLUP(", GroupingKind.Cube => "CUBE(", _ => "GROUPING SETS (" });
                List(item.Items, Grouping);
                _text.Append(')');
                break;
        }
    }

    private void Grouped(Expr value)
    {
        var parentheses = value is not ColumnRef && (pretty || value is FunctionCall);
        if (parentheses) _text.Append('(');
        Write(value, true);
        if (parentheses) _text.Append(')');
    }

    private void Sorted(SortItem item) => Sorted(item, null);

    private void Sorted(SortItem item, Query? query)
    {
        // An item of the select list, by its name or number.
        var value = item.Value;
        if (query is Select select && value is ColumnRef { Column: { Source: null } output })
            value = select.Items.FirstOrDefault(candidate => (candidate.OutputName ?? candidate.Alias) == output.Name)?.Value ?? value;
        Grouped(value);
        if (item.Descending) _text.Append(" DESC");
        if (item.Nulls != NullsOrder.Default && (item.Nulls == NullsOrder.First) != item.Descending)
            _text.Append(item.Nulls == NullsOrder.First ? " NULLS FIRST" : " NULLS LAST");
    }

    private void Over(WindowSpec over)
    {
        _text.Append(" OVER ");
        if (over.Name is { } name) _text.Append(Identifiers.Quote(name));
        else Window(over);
    }

    private void Window(WindowSpec window)
    {
        _text.Append('(');
        var space = false;
        if (window.Base is { } name)
        {
            _text.Append(Identifiers.Quote(name));
            space = true;
        }

        if (!window.PartitionBy.IsDefaultOrEmpty)
        {
            _text.Append(space ? " " : "").Append("PARTITION BY ");
            List(window.PartitionBy, Grouped);
            space = true;
        }

        if (!window.OrderBy.IsDefaultOrEmpty)
        {
            _text.Append(space ? " " : "").Append("ORDER BY ");
            List(window.OrderBy, Sorted);
            space = true;
        }

        if (window.Frame is { } frame)
        {
            _text.Append(space ? " " : "").Append(frame.Unit.ToString().ToUpperInvariant()).Append(frame.End is null ? " " : " BETWEEN ");
            Bound(frame.Start);
            if (frame.End is { } end)
            {
                _text.Append(" AND ");
                Bound(end);
            }

            _text.Append(frame.Exclusion switch
            {
                FrameExclusion.CurrentRow => " EXCLUDE CURRENT ROW",
                FrameExclusion.Group => " EXCLUDE GROUP",
                FrameExclusion.Ties => " EXCLUDE TIES",
                _ => "",
            });
        }

        _text.Append(')');
    }

    private void Bound(FrameBound bound)
    {
        if (bound.Offset is { } offset)
        {
            Write(offset, false);
            _text.Append(' ');
        }

        _text.Append(bound.Kind switch
        {
            FrameBoundKind.UnboundedPreceding => "UNBOUNDED PRECEDING",
            FrameBoundKind.Preceding => "PRECEDING",
            FrameBoundKind.CurrentRow => "CURRENT ROW",
            FrameBoundKind.Following => "FOLLOWING",
            _ => "UNBOUNDED FOLLOWING",
        });
    }

    private void Subquery(Expr expression)
    {
        switch (expression)
        {
            case ScalarSubquery e: Nested("(", e.Query, ")"); break;
            case ArraySubquery e: Nested("ARRAY(", e.Query, ")"); break;
            case Exists e: Nested("(EXISTS (", e.Query, "))"); break;
            case InSubquery { Negated: true } e: Write(new Not(e with { Negated = false }), false); break;
            case InSubquery e:
                _text.Append('(');
                Operand(e.Operand, Node.Test, true);
                Nested(" IN (", e.Query, "))");
                break;
            case Quantified { Query: { } query } e:
                _text.Append('(');
                Operand(e.Left, Node.Test, true);
                _text.Append(' ');
                Symbol(e.Operator.Symbol, e.Operator.Schema);
                Nested(e.All ? " ALL (" : " ANY (", query, "))");
                break;
            default: throw Unknown(expression.GetType().Name);
        }
    }

    private void Nested(string open, Query query, string close)
    {
        _text.Append(open);
        Indented(8, () =>
        {
            _text.Append(' ');
            Query(query, null, visible: false);
        });
        _text.Append(close);
    }

    private static PgException Unknown(string what) => PgException.Unsupported($"showing {what} as PostgreSQL prints it is not supported");
}
