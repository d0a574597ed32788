using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

/// <summary>What groups, sorts and windows.</summary>
public sealed partial class Deparser
{
    private void Grouping(GroupingItem item)
    {
        switch (item.Kind)
        {
            case GroupingKind.Expression when item.Value is RowConstructor { Explicit: false } several:
                _text.Append('(');
                List(several.Items, Grouped);
                _text.Append(')');
                break;
            case GroupingKind.Expression: Grouped(item.Value!); break;
            case GroupingKind.Empty: _text.Append("()"); break;
            case GroupingKind.Sets:
                _text.Append("GROUPING SETS (");
                List(item.Items, GroupingSet);
                _text.Append(')');
                break;
            default:
                _text.Append(item.Kind == GroupingKind.Rollup ? "ROLLUP(" : "CUBE(");
                List(item.Items, Grouping);
                _text.Append(')');
                break;
        }
    }

    /// <summary>In parentheses even when it is one column.</summary>
    private void GroupingSet(GroupingItem item)
    {
        var alone = item is { Kind: GroupingKind.Expression, Value: not RowConstructor { Explicit: false } };
        if (alone) _text.Append('(');
        Grouping(item);
        if (alone) _text.Append(')');
    }

    private void Grouped(Expr value)
    {
        var parentheses = value is not ColumnRef && (pretty || value is FunctionCall or Tree.Cast { Resolved: not null });
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

            _text.Append(FrameWords.Of(frame.Exclusion));
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

        _text.Append(FrameWords.Of(bound.Kind));
    }
}
