using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>INSERT, UPDATE, DELETE and MERGE.</summary>
internal sealed partial class Binder
{
    private (Statement Statement, ImmutableArray<OutputColumn> Columns) BindDml(DmlStatement statement, Scope scope)
    {
        var outer = _scope;
        _scope = scope;
        Writes = true;
        var with = statement.With is null ? null : BindWith(statement.With);
        var relation = FindTarget(statement);
        DmlStatement bound = statement switch
        {
            Insert insert => BindInsert(insert with { With = with }, relation),
            Update update => BindUpdate(update with { With = with }, relation),
            Delete delete => BindDelete(delete with { With = with }, relation),
            Merge merge => BindMerge(merge with { With = with }, relation),
            _ => throw new NotSupportedException(statement.GetType().Name),
        };
        var returning = BindItems(bound.Returning, Clause.Returning);
        returning = [.. returning.Select(item => item.Value.Type.Oid == Oids.Unknown ? item with { Value = KnownOrText(item.Value) } : item)];
        var columns = Columns(returning);
        _scope = outer;
        return (bound with { Returning = returning, Relation = relation }, columns);
    }

    private RelationInfo FindTarget(DmlStatement statement)
    {
        if (statement.Table.Schema is null && _scope.FindCommonTable(statement.Table.Last) is not null)
            throw Failure.New(
                SqlStates.UndefinedTable,
                $"relation \"{statement.Table.Last}\" cannot be the target of a modifying statement",
                statement.Table.Position);
        var relation = FindRelation(statement.Table);
        if (relation.Kind is RelationKind.Index)
            throw Failure.New(SqlStates.WrongObjectType, $"cannot open relation \"{relation.Name}\"", statement.Table.Position, detail: "This operation is not supported for indexes.");
        if (relation.Kind is RelationKind.Sequence)
            throw new PgException(SqlStates.WrongObjectType, $"cannot change sequence \"{relation.Name}\"");
        if (relation.Kind is RelationKind.MaterializedView)
            throw new PgException(SqlStates.WrongObjectType, $"cannot change materialized view \"{relation.Name}\"");
        return relation;
    }

    private void AddTarget(DmlStatement statement, RelationInfo relation) =>
        Add(new RangeItem(statement.TableAlias ?? relation.Name, relation, [], statement.TableAlias is not null), statement.Position);

    private Insert BindInsert(Insert insert, RelationInfo relation)
    {
        var targets = new List<(AssignmentTarget Target, ColumnInfo Column)>();
        if (insert.Columns.IsEmpty)
            foreach (var column in relation.Columns) targets.Add((new AssignmentTarget(column.Name, [], []), column));
        else
            foreach (var target in insert.Columns) targets.Add((BindTarget(target, relation), TargetColumn(target, relation)));
        RefuseDuplicates(targets);

        // The source cannot read the target, but a misplaced reference to it gets a better hint.
        _scope.Hidden = new RangeItem(insert.TableAlias ?? relation.Name, relation, [], insert.TableAlias is not null);
        var source = insert.Source is null ? null : BindInsertSource(insert, targets);
        _scope.Hidden = null;
        AddTarget(insert, relation);
        return insert with
        {
            Source = source,
            Columns = source is null ? insert.Columns : [.. targets.Select(target => target.Target)],
            OnConflict = insert.OnConflict is null ? null : BindConflict(insert.OnConflict, relation),
        };
    }

    private static void RefuseDuplicates(List<(AssignmentTarget Target, ColumnInfo Column)> targets)
    {
        for (var i = 1; i < targets.Count; i++)
            for (var j = 0; j < i; j++)
                if (targets[i].Column == targets[j].Column && targets[i].Target is { Subscripts.IsEmpty: true, Fields.IsEmpty: true })
                    throw Failure.New(
                        SqlStates.DuplicateColumn, $"column \"{targets[i].Column.Name}\" specified more than once", targets[i].Target.Position);
    }

    private Query BindInsertSource(Insert insert, List<(AssignmentTarget Target, ColumnInfo Column)> targets)
    {
        if (insert.Source is Values { OrderBy.IsEmpty: true, Limit: null, Offset: null } values)
            return BindInsertRows(values, insert, targets);

        var (query, columns) = BindQuery(insert.Source!, new Scope(_scope), resolveUnknowns: false);
        Shorten(targets, columns.Length, insert, i => OutputPosition(query, i));
        var needs = false;
        for (var i = 0; i < targets.Count; i++)
        {
            RefuseGenerated(targets[i].Column, insert);
            needs |= columns[i].Type != Domains.Below(TargetType(targets[i]));
        }

        if (!needs) return query;
        if (query is Select { Distinct: false, DistinctOn.IsEmpty: true } select)
        {
            var items = select.Items.ToBuilder();
            for (var i = 0; i < targets.Count; i++) items[i] = items[i] with { Value = Assign(items[i].Value, targets[i]) };
            return select with { Items = items.MoveToImmutable() };
        }

        return ConvertAround(query, columns, targets);
    }

    /// <summary>Where converting inside would change the rows (DISTINCT, UNION), a SELECT around the query does it.</summary>
    private Select ConvertAround(Query query, ImmutableArray<OutputColumn> columns, List<(AssignmentTarget Target, ColumnInfo Column)> targets)
    {
        var unknown = columns.Select(column => new TypeRef(column.Type.Oid == Oids.Unknown ? Oids.Text : 0)).ToArray();
        query = CoerceOutput(query, unknown, CastKind.Implicit);
        const string Source = "*SELECT*";
        var names = ImmutableArray.CreateRange(columns.Select((_, i) => $"c{i + 1}"));
        var inner = new RangeItem(Source, [.. columns.Select(column => column.Type.Oid == Oids.Unknown ? column with { Type = new TypeRef(Oids.Text) } : column)], names);
        return new Select
        {
            Items = [.. targets.Select((target, i) => new SelectItem(Assign(inner.Reference(i, OutputPosition(query, i)), target), null) { OutputName = names[i] })],
            From = [new SubqueryRef(query, false) { Alias = new Alias(Source, names) }],
        };
    }

    private Values BindInsertRows(Values values, Insert insert, List<(AssignmentTarget Target, ColumnInfo Column)> targets)
    {
        var with = values.With is null ? null : BindWith(values.With);
        var width = values.Rows[0].Length;
        var rows = new Expr[values.Rows.Length][];
        var outer = _scope.Clause;
        _scope.Clause = Clause.Values;
        for (var r = 0; r < rows.Length; r++)
        {
            var row = values.Rows[r];
            if (row.Length != width) throw Failure.Syntax("VALUES lists must all be the same length", row.Length > 0 ? row[0].Position : values.Position);
            if (r == 0) Shorten(targets, width, insert, i => row[i].Position);
            rows[r] = new Expr[width];
            for (var c = 0; c < width; c++)
            {
                if (row[c] is DefaultValue)
                {
                    rows[r][c] = row[c] with { Type = TargetType(targets[c]) };
                    continue;
                }

                RefuseGenerated(targets[c].Column, insert);
                rows[r][c] = Bind(row[c]);
            }

            // Only now: a parameter used twice must not learn its type from the first column.
            for (var c = 0; c < width; c++)
                if (row[c] is not DefaultValue) rows[r][c] = Assign(rows[r][c], targets[c]);
        }

        _scope.Clause = outer;
        return values with { With = with, Rows = [.. rows.Select(row => ImmutableArray.Create(row))] };
    }

    private static void Shorten(List<(AssignmentTarget Target, ColumnInfo Column)> targets, int count, Insert insert, Func<int, int> position)
    {
        if (count > targets.Count)
            throw Failure.Syntax("INSERT has more expressions than target columns", position(targets.Count));
        if (count < targets.Count && !insert.Columns.IsEmpty)
            throw Failure.Syntax("INSERT has more target columns than expressions", insert.Columns[count].Position);
        targets.RemoveRange(count, targets.Count - count);
    }

    private static void RefuseGenerated(ColumnInfo column, Insert insert)
    {
        if (column.Generated is not null)
            throw new PgException("428C9", $"cannot insert a non-DEFAULT value into column \"{column.Name}\"")
            {
                Detail = $"Column \"{column.Name}\" is a generated column.",
            };
        if (column.Identity == 'a' && insert.Overriding is null)
            throw new PgException("428C9", $"cannot insert a non-DEFAULT value into column \"{column.Name}\"")
            {
                Detail = $"Column \"{column.Name}\" is an identity column defined as GENERATED ALWAYS.",
                Hint = "Use OVERRIDING SYSTEM VALUE to override.",
            };
    }

    private static ColumnInfo TargetColumn(AssignmentTarget target, RelationInfo relation) =>
        relation.FindColumn(target.Column)
        ?? throw (target.Column is "ctid" or "xmin" or "xmax" or "cmin" or "cmax" or "tableoid"
            ? Failure.Unsupported($"cannot assign to system column \"{target.Column}\"", target.Position)
            : Failure.New(
            SqlStates.UndefinedColumn,
            $"column \"{target.Column}\" of relation \"{relation.Name}\" does not exist",
            target.Position));

    private AssignmentTarget BindTarget(AssignmentTarget target, RelationInfo relation)
    {
        TargetColumn(target, relation);
        if (!target.Fields.IsEmpty) throw Failure.Unsupported("assignment to a field of a composite column is not supported", target.Position);
        if (target.Subscripts.IsEmpty) return target;
        var column = TargetColumn(target, relation);
        if (TypeSystem.SubscriptOf(Domains.Below(column.Type).Oid) == 0)
            throw Failure.Mismatch($"cannot subscript type {TypeSystem.Format(column.Type)} because it does not support subscripting", target.Position);
        var index = Domains.Below(column.Type).Oid == Oids.Jsonb ? Oids.Text : Oids.Int4;
        return target with
        {
            Subscripts = [.. target.Subscripts.Select(item => item with
            {
                Lower = item.Lower is null ? null : Coerce(Bind(item.Lower), index, CastKind.Assignment),
                Upper = item.Upper is null ? null : Coerce(Bind(item.Upper), index, CastKind.Assignment),
            })],
        };
    }

    private static TypeRef TargetType((AssignmentTarget Target, ColumnInfo Column) target)
    {
        var type = target.Column.Type;
        if (target.Target.Subscripts.IsEmpty || target.Target.Subscripts.Any(item => item.IsSlice)) return type;
        type = Domains.Below(type);
        return new TypeRef(TypeSystem.SubscriptOf(type.Oid), type.Typmod);
    }

    private Expr Assign(Expr value, (AssignmentTarget Target, ColumnInfo Column) target)
    {
        var type = TargetType(target);
        return TryCoerce(value, type, CastKind.Assignment)
            ?? throw Failure.Mismatch(
                $"column \"{target.Column.Name}\" is of type {TypeSystem.Format(type)} but expression is of type {TypeSystem.Format(value.Type)}",
                value.Position,
                "You will need to rewrite or cast the expression.");
    }

    private OnConflict BindConflict(OnConflict conflict, RelationInfo relation)
    {
        if (conflict.DoUpdate && conflict.Target.IsEmpty && conflict.Constraint is null)
            throw Failure.New(
                SqlStates.SyntaxError,
                "ON CONFLICT DO UPDATE requires inference specification or constraint name",
                conflict.Position,
                "For example, ON CONFLICT (column_name).");
        if (conflict.Constraint is { } name && !relation.Constraints.Any(constraint => constraint.Name == name))
            throw new PgException(SqlStates.UndefinedObject, $"constraint \"{name}\" for table \"{relation.Name}\" does not exist");
        if (relation.Constraints.Any(constraint => constraint.Name == conflict.Constraint && constraint.Kind is ConstraintKind.Check or ConstraintKind.ForeignKey))
            throw new PgException(SqlStates.WrongObjectType, "constraint in ON CONFLICT clause has no associated index");
        var target = ImmutableArray.CreateRange(conflict.Target.Select(element => element with { Value = Bind(element.Value) }));
        var targetWhere = BindCondition(Clause.ConflictWhere, "WHERE", conflict.TargetWhere);
        if (target.Length > 0 && target.All(element => element.Value is ColumnRef) && !HasKey(relation, [.. target.Select(element => ((ColumnRef)element.Value).Column!.Name)], targetWhere is not null))
            throw new PgException("42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification");
        if (!conflict.DoUpdate) return conflict with { Target = target, TargetWhere = targetWhere };

        var excluded = new RangeItem("excluded", relation, [], true) { Unqualified = false, HasSystemColumns = false };
        _scope.Items.Add(excluded);
        var bound = conflict with
        {
            Target = target,
            TargetWhere = targetWhere,
            Set = BindAssignments(conflict.Set, relation),
            Where = BindCondition(Clause.ConflictWhere, "WHERE", conflict.Where),
        };
        _scope.Items.Remove(excluded);
        return bound;
    }

    /// <summary>Whether a unique index holds exactly these columns. Whether the predicate of a partial one follows from that of the clause is left to the backend.</summary>
    private static bool HasKey(RelationInfo relation, HashSet<string> columns, bool hasPredicate) =>
        relation.Indexes.Any(index => index.Unique && (index.Predicate is null || hasPredicate) && columns.SetEquals(index.Columns))
        || relation.Constraints.Any(constraint => constraint.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && columns.SetEquals(constraint.Columns));

    private ImmutableArray<Assignment> BindAssignments(ImmutableArray<Assignment> assignments, RelationInfo relation)
    {
        var outer = _scope.Clause;
        _scope.Clause = Clause.Set;
        var seen = new Dictionary<string, bool>(StringComparer.Ordinal);
        var bound = ImmutableArray.CreateBuilder<Assignment>(assignments.Length);
        foreach (var assignment in assignments)
        {
            var value = assignment.Targets.Length == 1 && assignment.Value is not (RowConstructor or ScalarSubquery)
                ? BindValue(assignment.Value)
                : null;
            var targets = assignment.Targets.Select(target => (Target: BindTarget(target, relation), Column: TargetColumn(target, relation))).ToArray();
            foreach (var (target, column) in targets)
            {
                var isPart = !target.Subscripts.IsEmpty;
                if (!seen.TryAdd(column.Name, isPart) && !(isPart && seen[column.Name]))
                    throw Failure.Syntax($"multiple assignments to same column \"{column.Name}\"", -1);
            }

            bound.Add(assignment with
            {
                Targets = [.. targets.Select(target => target.Target)],
                Value = value is not null ? AssignUpdate(value, targets[0]) : BindMultiple(assignment.Value, targets),
            });
        }

        _scope.Clause = outer;
        return bound.MoveToImmutable();
    }

    private Expr BindValue(Expr value) => value is DefaultValue ? value : Bind(value);

    private Expr AssignUpdate(Expr value, (AssignmentTarget Target, ColumnInfo Column) target)
    {
        if (value is DefaultValue) return value with { Type = Domains.Below(target.Column.Type) };
        if (target.Column.Generated is not null)
            throw new PgException("428C9", $"column \"{target.Column.Name}\" can only be updated to DEFAULT")
            {
                Detail = $"Column \"{target.Column.Name}\" is a generated column.",
            };
        if (target.Column.Identity == 'a')
            throw new PgException("428C9", $"column \"{target.Column.Name}\" can only be updated to DEFAULT")
            {
                Detail = $"Column \"{target.Column.Name}\" is an identity column defined as GENERATED ALWAYS.",
            };
        return Assign(value, target);
    }

    private Expr BindMultiple(Expr value, (AssignmentTarget Target, ColumnInfo Column)[] targets)
    {
        switch (value)
        {
            case RowConstructor row when targets.Length > 1 || row is { Explicit: false, Items.Length: 1 }:
                if (row.Items.Length != targets.Length) throw Failure.Syntax("number of columns does not match number of values", row.Position);
                return row with
                {
                    Items = [.. row.Items.Select((item, i) => AssignUpdate(BindValue(item), targets[i]))],
                    Type = new TypeRef(Oids.Record),
                };
            case ScalarSubquery subquery when targets.Length > 1:
                var (query, columns) = BindQuery(subquery.Query, new Scope(_scope));
                if (columns.Length != targets.Length) throw Failure.Syntax("number of columns does not match number of values", subquery.Position);
                return subquery with
                {
                    Query = CoerceOutput(query, [.. targets.Select(TargetType)], CastKind.Assignment),
                    Type = new TypeRef(Oids.Record),
                };
            case var _ when targets.Length == 1:
                return AssignUpdate(BindValue(value), targets[0]);
            default:
                throw Failure.Unsupported("source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression", value.Position);
        }
    }

    private Update BindUpdate(Update update, RelationInfo relation)
    {
        AddTarget(update, relation);
        var from = BindFrom(update.From);
        var set = BindAssignments(update.Set, relation);
        return update with { From = from, Set = set, Where = BindCondition(Clause.Where, "WHERE", update.Where) };
    }

    private Delete BindDelete(Delete delete, RelationInfo relation)
    {
        AddTarget(delete, relation);
        var from = BindFrom(delete.Using);
        return delete with { Using = from, Where = BindCondition(Clause.Where, "WHERE", delete.Where) };
    }

    private Merge BindMerge(Merge merge, RelationInfo relation)
    {
        AddTarget(merge, relation);
        var target = _scope.Items[0];
        var source = BindFrom(merge.Source);
        var on = BindCondition(Clause.On, "JOIN/ON", merge.On)!;
        var whens = ImmutableArray.CreateBuilder<MergeWhen>(merge.Whens.Length);
        foreach (var when in merge.Whens)
        {
            // WHEN NOT MATCHED has no row of the target to read.
            target.Qualified = target.Unqualified = when.Matched;
            var columns = when.Columns.IsDefaultOrEmpty && !when.Values.IsDefaultOrEmpty
                ? relation.Columns.Take(when.Values.Length).Select(column => new AssignmentTarget(column.Name, [], [])).ToImmutableArray()
                : when.Columns;
            var values = when.Values.IsDefaultOrEmpty
                ? when.Values
                : [.. when.Values.Select((value, i) => AssignUpdate(value is DefaultValue ? value : BindIn(Clause.Values, value), (columns[i], TargetColumn(columns[i], relation))))];
            whens.Add(when with
            {
                Condition = BindCondition(Clause.Merge, "WHEN", when.Condition),
                Set = when.Set.IsDefaultOrEmpty ? when.Set : BindAssignments(when.Set, relation),
                Columns = columns,
                Values = values,
            });
        }

        target.Qualified = target.Unqualified = true;
        return merge with { Source = source, On = on, Whens = whens.MoveToImmutable() };
    }
}
