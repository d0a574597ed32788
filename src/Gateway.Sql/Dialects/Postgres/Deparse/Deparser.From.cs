using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>FROM: tables, subqueries, functions, joins.</summary>
public sealed partial class Deparser
{
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
                    Spaced(subquery.Query);
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
}
