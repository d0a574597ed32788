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
        Spaced(query, columns);
        return _text.Append(';').ToString();
    }

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
    /// <param name="arm">Whether it is one side of a set operation.</param>
    private void Query(Query query, IReadOnlyList<string>? names = null, bool visible = true, bool arm = false)
    {
        var depth = _scopes.Count;
        if (query is Select entered) Enter(entered);
        Body(query, names, visible, arm);
        _scopes.RemoveRange(depth, _scopes.Count - depth);
    }

    /// <summary>With the space in front that PostgreSQL gives every SELECT.</summary>
    private void Spaced(Query query, IReadOnlyList<string>? names = null, bool visible = true, bool arm = false)
    {
        if (!IsParenthesized(query)) _text.Append(' ');
        Query(query, names, visible, arm);
    }

    private void Body(Query query, IReadOnlyList<string>? names, bool visible, bool arm)
    {
        if (query.With is { } with) With(with);
        switch (query)
        {
            case Select select: Select(select, names, visible, arm); break;
            case SetOperation set: Set(set, names, visible); break;
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
            if (query.WithTies) _text.Append('(');
            Write(limit, false);
            if (query.WithTies) _text.Append(") ROWS WITH TIES");
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
                Spaced(inner.Query);
            });
            Line(_indent + 8, ")");
        }

        Line(_indent, " ");
    }

    private void Select(Select select, IReadOnlyList<string>? names, bool visible, bool arm)
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

            // What makes the arms of a set operation alike is not part of them.
            var item = select.Items[i];
            var value = arm ? Strip(item.Value) : item.Value;
            Write(value, true);
            var name = names is not null && i < names.Count ? names[i] : item.OutputName ?? item.Alias;
            var own = value is ColumnRef column ? column.Column?.Name ?? column.Name : visible ? null : "?column?";
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
            Spaced(query, null, visible: false);
        });
        _text.Append(close);
    }

    private static PgException Unknown(string what) => PgException.Unsupported($"showing {what} as PostgreSQL prints it is not supported");
}
