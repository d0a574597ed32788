using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Postgres;

internal sealed partial class PostgresWriter
{
    private void Head(DmlStatement statement, string words, bool only = false)
    {
        if (statement.With is { } with) With(with);
        _text.Append(words);
        if (only) _text.Append("ONLY ");
        Relation(statement.Table, statement.Relation);
        if (statement.TableAlias is not { } alias) return;
        _text.Append(" AS ");
        Name(alias);
    }

    private void Returning(DmlStatement statement)
    {
        if (statement.Returning.IsDefaultOrEmpty) return;
        _text.Append(" RETURNING ");
        List(statement.Returning, Item);
    }

    private void Insert(Insert insert)
    {
        Head(insert, "INSERT INTO ");
        Columns(insert.Columns);
        Overriding(insert.Overriding);
        _text.Append(' ');
        if (insert.Source is { } source) Query(source);
        else _text.Append("DEFAULT VALUES");
        if (insert.OnConflict is { } conflict) Conflict(conflict);
        Returning(insert);
    }

    private void Columns(ImmutableArray<AssignmentTarget> columns)
    {
        if (columns.IsDefaultOrEmpty) return;
        _text.Append(" (");
        List(columns, Target);
        _text.Append(')');
    }

    private void Overriding(string? overriding)
    {
        if (overriding is not null) _text.Append(" OVERRIDING ").Append(overriding.ToUpperInvariant()).Append(" VALUE");
    }

    private void Target(AssignmentTarget target)
    {
        Name(target.Column);
        if (!target.Subscripts.IsDefaultOrEmpty) Subscripts(target.Subscripts);
        if (target.Fields.IsDefaultOrEmpty) return;
        foreach (var field in target.Fields)
        {
            _text.Append('.');
            Name(field);
        }
    }

    private void Conflict(OnConflict conflict)
    {
        _text.Append(" ON CONFLICT");
        if (conflict.Constraint is { } constraint)
        {
            _text.Append(" ON CONSTRAINT ");
            Name(constraint);
        }
        else if (!conflict.Target.IsDefaultOrEmpty)
        {
            _text.Append(" (");
            List(conflict.Target, IndexElement);
            _text.Append(')');
            Clause(" WHERE ", conflict.TargetWhere);
        }

        if (!conflict.DoUpdate)
        {
            _text.Append(" DO NOTHING");
            return;
        }

        _text.Append(" DO UPDATE SET ");
        List(conflict.Set, Assignment);
        Clause(" WHERE ", conflict.Where);
    }

    private void IndexElement(IndexElement element)
    {
        if (element.Value is ColumnRef or FunctionCall { SpecialSyntax: false, Over: null, Filter: null }) Expression(element.Value);
        else
        {
            _text.Append('(');
            Expression(element.Value);
            _text.Append(')');
        }

        if (element.Collation is { } collation)
        {
            _text.Append(" COLLATE ");
            Name(collation);
        }

        if (element.OperatorClass is { } operatorClass)
        {
            _text.Append(' ');
            Name(operatorClass);
        }

        if (element.Descending) _text.Append(" DESC");
        if (element.Nulls != NullsOrder.Default) _text.Append(element.Nulls == NullsOrder.First ? " NULLS FIRST" : " NULLS LAST");
    }

    private void Assignment(Assignment assignment)
    {
        if (assignment.Targets.Length == 1)
        {
            Target(assignment.Targets[0]);
        }
        else
        {
            _text.Append('(');
            List(assignment.Targets, Target);
            _text.Append(')');
        }

        _text.Append(" = ");
        Expression(assignment.Value);
    }

    private void Update(Update update)
    {
        Head(update, "UPDATE ", update.Only);
        _text.Append(" SET ");
        List(update.Set, Assignment);
        if (!update.From.IsEmpty)
        {
            _text.Append(" FROM ");
            List(update.From, From);
        }

        Clause(" WHERE ", update.Where);
        Returning(update);
    }

    private void Delete(Delete delete)
    {
        Head(delete, "DELETE FROM ", delete.Only);
        if (!delete.Using.IsEmpty)
        {
            _text.Append(" USING ");
            List(delete.Using, From);
        }

        Clause(" WHERE ", delete.Where);
        Returning(delete);
    }

    private void Merge(Merge merge)
    {
        Head(merge, "MERGE INTO ");
        _text.Append(" USING ");
        From(merge.Source);
        Clause(" ON ", merge.On);
        foreach (var when in merge.Whens)
        {
            _text.Append(when.Matched ? " WHEN MATCHED" : " WHEN NOT MATCHED");
            Clause(" AND ", when.Condition);
            _text.Append(" THEN ");
            switch (when.Action)
            {
                case "update":
                    _text.Append("UPDATE SET ");
                    List(when.Set, Assignment);
                    break;
                case "insert":
                    _text.Append("INSERT");
                    Columns(when.Columns);
                    Overriding(when.Overriding);
                    if (when.Values.IsDefaultOrEmpty)
                    {
                        _text.Append(" DEFAULT VALUES");
                        break;
                    }

                    _text.Append(" VALUES (");
                    List(when.Values, Expression);
                    _text.Append(')');
                    break;
                case "delete": _text.Append("DELETE"); break;
                default: _text.Append("DO NOTHING"); break;
            }
        }
    }
}
