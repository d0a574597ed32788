using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Remote.Generic;

/// <summary>INSERT, UPDATE and DELETE as rows that are computed here and commands of one row each, which find it by its primary key.</summary>
/// <param name="plan">Where the rows of a query come from.</param>
internal sealed class KeyedChanges(ServerNames names, Func<Query, RowSource> plan)
{
    public ForEachStep Plan(DmlStatement statement)
    {
        var relation = statement.Relation!;
        if (relation.Schema is "pg_catalog" or "information_schema")
            throw new PgException(SqlStates.InsufficientPrivilege, $"permission denied for table {relation.Name}");
        if (relation.Kind != RelationKind.Table) throw PgException.Unsupported($"cannot change \"{relation.Name}\": it is not a table");
        if (!statement.Returning.IsEmpty) throw GenericDialect.Unsupported("RETURNING");
        return statement switch
        {
            Insert insert => Insert(insert, relation),
            Update update => Update(update, relation),
            Delete delete => Delete(delete, relation),
            _ => throw GenericDialect.Unsupported("MERGE"),
        };
    }

    private ForEachStep Insert(Insert insert, RelationInfo relation)
    {
        if (insert.OnConflict is not null) throw GenericDialect.Unsupported("ON CONFLICT");
        var targets = insert.Columns.Select(target => Column(relation, target)).ToList();
        var source = insert.Source ?? throw GenericDialect.Unsupported("DEFAULT VALUES");
        if (source is Values values) (source, targets) = WithoutDefaults(values, targets);
        if (insert.With is { } with)
            source = source with { With = source.With is { } own ? new With(own.Recursive || with.Recursive, [.. with.Tables, .. own.Tables]) : with };
        var types = QueryTypes.Of(source);
        var sql = $"INSERT INTO {names.Table(relation)} ({string.Join(", ", targets.Select(names.Column))}) VALUES ({string.Join(", ", targets.Select(_ => "?"))})";
        return new ForEachStep(plan(source), new ChangeAction(new CommandStep(sql, [.. targets.Select((target, i) => Row(i, Value(target, types[i])))]), -1, null));
    }

    /// <summary>A column that every row leaves to its default is left out.</summary>
    private static (Query Source, List<ColumnInfo> Targets) WithoutDefaults(Values values, List<ColumnInfo> targets)
    {
        var kept = Enumerable.Range(0, targets.Count).Where(i => !values.Rows.All(row => row[i] is DefaultValue)).ToList();
        if (kept.Exists(i => values.Rows.Any(row => row[i] is DefaultValue))) throw GenericDialect.Unsupported("DEFAULT in some rows of VALUES");
        if (kept.Count == 0) throw GenericDialect.Unsupported("a row of nothing but DEFAULT");
        if (kept.Count == targets.Count) return (values, targets);
        return (values with { Rows = [.. values.Rows.Select(row => kept.Select(i => row[i]).ToImmutableArray())] }, [.. kept.Select(i => targets[i])]);
    }

    private ForEachStep Update(Update update, RelationInfo relation)
    {
        var key = Key(update, relation);
        if (key.Count > 1 && !update.From.IsEmpty) throw PgException.Unsupported($"UPDATE FROM on table \"{relation.Name}\", whose primary key has several columns, is not supported");
        var sets = new List<(ColumnInfo Column, Expr Value)>();
        foreach (var assignment in update.Set) sets.AddRange(Assigned(relation, assignment));
        var items = key.Select(column => Item(Reference(update, relation, column), $"k{column.Number}"))
            .Concat(sets.Select((set, i) => Item(set.Value, $"v{i}")));
        var sql = $"UPDATE {names.Table(relation)} SET {string.Join(", ", sets.Select(set => $"{names.Column(set.Column)} = ?"))} WHERE {Found(key)}";
        ImmutableArray<Input> inputs = [.. sets.Select((set, i) => Row(key.Count + i, Value(set.Column, set.Value.Type))), .. key.Select((column, i) => Row(i, column.Type))];
        return new ForEachStep(
            plan(Select(update, relation, [.. items], update.From, update.Where)),
            new ChangeAction(new CommandStep(sql, inputs), update.From.IsEmpty ? -1 : 0, null));
    }

    private ForEachStep Delete(Delete delete, RelationInfo relation)
    {
        var key = Key(delete, relation);
        var items = key.Select(column => Item(Reference(delete, relation, column), $"k{column.Number}"));
        var rows = Select(delete, relation, [.. items], delete.Using, delete.Where) with { Distinct = !delete.Using.IsEmpty };
        return new ForEachStep(
            plan(rows),
            new ChangeAction(new CommandStep($"DELETE FROM {names.Table(relation)} WHERE {Found(key)}", [.. key.Select((column, i) => Row(i, column.Type))]), -1, null));
    }

    private static IEnumerable<(ColumnInfo, Expr)> Assigned(RelationInfo relation, Assignment assignment)
    {
        if (assignment.Targets is [var only]) return [(Column(relation, only), Given(assignment.Value))];
        if (assignment.Value is not RowConstructor row || row.Items.Length != assignment.Targets.Length)
            throw GenericDialect.Unsupported("SET of several columns to the row of a subquery");
        return assignment.Targets.Zip(row.Items, (target, value) => (Column(relation, target), Given(value)));

        static Expr Given(Expr value) => value is DefaultValue ? throw GenericDialect.Unsupported("SET to DEFAULT") : value;
    }

    private static ColumnInfo Column(RelationInfo relation, AssignmentTarget target)
    {
        if (!target.Subscripts.IsDefaultOrEmpty || !target.Fields.IsDefaultOrEmpty) throw GenericDialect.Unsupported($"assigning to a part of column \"{target.Column}\"");
        return relation.FindColumn(target.Column)!;
    }

    /// <summary>The columns of the primary key.</summary>
    private static List<ColumnInfo> Key(DmlStatement statement, RelationInfo relation)
    {
        var key = relation.Constraints.FirstOrDefault(constraint => constraint.Kind == ConstraintKind.PrimaryKey)
            ?? throw PgException.Unsupported($"{CommandTag.Of(statement).Name} on table \"{relation.Name}\", which has no primary key, is not supported");
        var columns = key.Columns.Select(name => relation.FindColumn(name)!).ToList();
        if (columns.Find(column => column.Type.Oid is not (Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Text or Oids.Uuid)) is { } other)
            throw PgException.Unsupported($"{CommandTag.Of(statement).Name} on table \"{relation.Name}\", whose primary key has column \"{other.Name}\" of type {TypeSystem.Format(other.Type)}, is not supported");
        return columns;
    }

    private string Found(List<ColumnInfo> key) => string.Join(" AND ", key.Select(column => $"{names.Column(column)} = ?"));

    private static Select Select(DmlStatement statement, RelationInfo relation, ImmutableArray<SelectItem> items, ImmutableArray<FromItem> others, Expr? where) => new()
    {
        With = statement.With,
        Items = items,
        From = [new TableRef(statement.Table) { Relation = relation, Alias = new Alias(statement.TableAlias ?? relation.Name, []) }, .. others],
        Where = where,
    };

    private static ColumnRef Reference(DmlStatement statement, RelationInfo relation, ColumnInfo column)
    {
        var alias = statement.TableAlias ?? relation.Name;
        return new ColumnRef([alias, column.Name]) { Column = new BoundColumn(alias, column.Name, column.Type, relation, column, 0), Type = column.Type };
    }

    private static SelectItem Item(Expr value, string name) => new(value, name) { OutputName = name };

    private static Input Row(int column, TypeRef type) => new(InputKind.Row, column, type);

    /// <summary>Values come in their own type's carrier; the column's type says how they are written where it is of the same kind.</summary>
    private static TypeRef Value(ColumnInfo column, TypeRef type) => type.Oid == column.Type.Oid ? column.Type : type;
}
