using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

internal sealed partial class PostgresWriter
{
    private void Query(Query query)
    {
        if (query.With is { } with) With(with);
        switch (query)
        {
            case Select select: Select(select); break;
            case Values values:
                _text.Append("VALUES ");
                List(values.Rows, row =>
                {
                    _text.Append('(');
                    List(row, Expression);
                    _text.Append(')');
                });
                break;
            case SetOperation operation:
                Leg(operation.Left);
                _text.Append(' ').Append(operation.Operator.ToString().ToUpperInvariant()).Append(operation.All ? " ALL " : " ");
                Leg(operation.Right);
                break;
        }

        OrderBy(query.OrderBy);
        if (query.WithTies)
        {
            Offset(query);
            _text.Append(" FETCH FIRST ");
            Operand(query.Limit!);
            _text.Append(" ROWS WITH TIES");
        }
        else
        {
            if (query.Limit is { } limit)
            {
                _text.Append(" LIMIT ");
                Expression(limit);
            }

            Offset(query);
        }

        foreach (var locking in query.Locking)
        {
            _text.Append(" FOR ").Append(locking.Strength.ToUpperInvariant());
            if (!locking.Of.IsEmpty)
            {
                _text.Append(" OF ");
                List(locking.Of, Name);
            }

            if (locking.Wait is { } wait) _text.Append(' ').Append(wait.ToUpperInvariant());
        }
    }

    private void Offset(Query query)
    {
        if (query.Offset is not { } offset) return;
        _text.Append(" OFFSET ");
        Expression(offset);
    }

    /// <summary>A leg of a set operation; only a plain SELECT or VALUES needs no parentheses.</summary>
    private void Leg(Query query)
    {
        if (query is SetOperation || query.With is not null || !query.OrderBy.IsEmpty || query.Limit is not null || query.Offset is not null
            || !query.Locking.IsEmpty)
            Parenthesized(query);
        else Query(query);
    }

    private void With(With with)
    {
        _text.Append(with.Recursive ? "WITH RECURSIVE " : "WITH ");
        List(with.Tables, table =>
        {
            Name(table.Name);
            if (!table.Columns.IsEmpty) Names(table.Columns);
            _text.Append(table.Materialized switch { true => " AS MATERIALIZED (", false => " AS NOT MATERIALIZED (", null => " AS (" });
            Statement(table.Statement);
            _text.Append(')');
        });
        _text.Append(' ');
    }

    private void Select(Select select)
    {
        _text.Append("SELECT");
        if (!select.DistinctOn.IsDefaultOrEmpty)
        {
            _text.Append(" DISTINCT ON (");
            List(select.DistinctOn, Expression);
            _text.Append(')');
        }
        else if (select.Distinct)
        {
            _text.Append(" DISTINCT");
        }

        if (!select.Items.IsEmpty) _text.Append(' ');
        List(select.Items, Item);
        if (select.Into is { } into)
        {
            _text.Append(" INTO ").Append(into.Temporary ? "TEMPORARY " : into.Unlogged ? "UNLOGGED " : "").Append("TABLE ");
            Name(into.Table);
        }

        if (!select.From.IsEmpty)
        {
            _text.Append(" FROM ");
            List(select.From, From);
        }

        Clause(" WHERE ", select.Where);
        if (!select.GroupBy.IsEmpty)
        {
            _text.Append(select.GroupByDistinct ? " GROUP BY DISTINCT " : " GROUP BY ");
            List(select.GroupBy, Grouping);
        }

        Clause(" HAVING ", select.Having);
        if (select.Windows.IsDefaultOrEmpty) return;
        _text.Append(" WINDOW ");
        List(select.Windows, window =>
        {
            Name(window.Name);
            _text.Append(" AS ");
            Window(window.Window);
        });
    }

    private void Clause(string word, Expr? condition)
    {
        if (condition is null) return;
        _text.Append(word);
        Expression(condition);
    }

    private void Item(SelectItem item)
    {
        Expression(item.Value);

        // After analysis the label a client would see is known; a star's columns carry theirs.
        if (item.Alias is null) return;
        _text.Append(" AS ");
        Name(item.Alias);
    }

    private void Grouping(GroupingItem item)
    {
        switch (item.Kind)
        {
            case GroupingKind.Expression: Expression(item.Value!); return;
            case GroupingKind.Empty: _text.Append("()"); return;
            case GroupingKind.Rollup: _text.Append("ROLLUP ("); break;
            case GroupingKind.Cube: _text.Append("CUBE ("); break;
            default: _text.Append("GROUPING SETS ("); break;
        }

        List(item.Items, Grouping);
        _text.Append(')');
    }

    private void OrderBy(ImmutableArray<SortItem> items)
    {
        if (items.IsDefaultOrEmpty) return;
        _text.Append(" ORDER BY ");
        List(items, Sort);
    }

    private void Sort(SortItem item)
    {
        Expression(item.Value);
        if (item.UsingOperator is { } op)
        {
            _text.Append(" USING ");
            Operator(op);
        }
        else if (item.Descending)
        {
            _text.Append(" DESC");
        }

        if (item.Nulls != NullsOrder.Default) _text.Append(item.Nulls == NullsOrder.First ? " NULLS FIRST" : " NULLS LAST");
    }

    private void From(FromItem item)
    {
        switch (item)
        {
            case TableRef table:
                if (table.Only) _text.Append("ONLY ");
                Relation(table.Name, table.Relation);
                Alias(table.Alias);
                if (table.Sample is { } sample) Sample(sample);
                break;
            case SubqueryRef subquery:
                if (subquery.Lateral) _text.Append("LATERAL ");
                Parenthesized(subquery.Query);
                Alias(subquery.Alias);
                break;
            case FunctionRef function: Function(function); break;
            case Join join: Join(join); break;
        }
    }

    /// <summary>Under its full name once it is known, so that no search path can mean another.</summary>
    private void Relation(QualifiedName name, Schema.RelationInfo? relation)
    {
        if (relation is null)
        {
            Name(name);
            return;
        }

        Name(relation.Schema);
        _text.Append('.');
        Name(relation.Name);
    }

    private void Sample(TableSample sample)
    {
        _text.Append(" TABLESAMPLE ");
        Name(sample.Method);
        _text.Append('(');
        List(sample.Arguments, Expression);
        _text.Append(')');
        if (sample.Repeatable is not { } seed) return;
        _text.Append(" REPEATABLE (");
        Expression(seed);
        _text.Append(')');
    }

    private void Alias(Alias? alias)
    {
        if (alias is null) return;
        _text.Append(" AS ");
        Name(alias.Name);
        if (!alias.Columns.IsDefaultOrEmpty) Names(alias.Columns);
    }

    private void Function(FunctionRef function)
    {
        if (function.Lateral) _text.Append("LATERAL ");
        if (function.Calls.Length > 1)
        {
            _text.Append("ROWS FROM (");
            List(function.Calls, FunctionCall);
            _text.Append(')');
        }
        else
        {
            FunctionCall(function.Calls[0]);
        }

        if (function.WithOrdinality) _text.Append(" WITH ORDINALITY");
        if (function.Definitions.IsDefaultOrEmpty)
        {
            Alias(function.Alias);
            return;
        }

        _text.Append(" AS ");
        if (function.Alias is { } alias) Name(alias.Name);
        _text.Append('(');
        List(function.Definitions, definition =>
        {
            Name(definition.Name);
            _text.Append(' ');
            Type(definition.Type!);
            if (definition.Collation is not { } collation) return;
            _text.Append(" COLLATE ");
            Name(collation);
        });
        _text.Append(')');
    }

    /// <summary>In FROM only CAST(x AS t) is taken for a call.</summary>
    private void FunctionCall(Expr call)
    {
        if (call is not Cast { Kind: CastKind.Explicit } cast)
        {
            Expression(call);
            return;
        }

        _text.Append("CAST(");
        Expression(cast.Operand);
        _text.Append(" AS ");
        Type(cast.Target);
        _text.Append(')');
    }

    private void Join(Join join)
    {
        if (join.Alias is not null) _text.Append('(');
        From(join.Left);
        _text.Append(join.Natural ? " NATURAL" : "").Append(join.Kind switch
        {
            JoinKind.Left => " LEFT JOIN ",
            JoinKind.Right => " RIGHT JOIN ",
            JoinKind.Full => " FULL JOIN ",
            JoinKind.Cross => " CROSS JOIN ",
            _ => " JOIN ",
        });
        if (join.Right is Join { Alias: null })
        {
            _text.Append('(');
            From(join.Right);
            _text.Append(')');
        }
        else
        {
            From(join.Right);
        }

        if (!join.Using.IsDefaultOrEmpty)
        {
            _text.Append(" USING ");
            Names(join.Using);
            if (join.UsingAlias is { } alias)
            {
                _text.Append(" AS ");
                Name(alias);
            }
        }
        else
        {
            Clause(" ON ", join.On);
        }

        if (join.Alias is null) return;
        _text.Append(')');
        Alias(join.Alias);
    }
}
