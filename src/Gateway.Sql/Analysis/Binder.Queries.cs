using System.Collections.Immutable;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

internal readonly record struct BoundQuery(Query Query, ImmutableArray<OutputColumn> Columns);

/// <summary>Queries: WITH, set operations, VALUES, LIMIT.</summary>
internal sealed partial class Binder
{
    /// <param name="resolveUnknowns">False where the surroundings still give untyped literals of the output their type.</param>
    private BoundQuery BindQuery(Query query, Scope scope, bool resolveUnknowns = true)
    {
        var (outer, outerDeepest) = (_scope, _deepest);
        _scope = scope;
        var with = query.With is null ? null : BindWith(query.With);
        var bound = query switch
        {
            Select select => BindSelect(select with { With = with }, resolveUnknowns),
            SetOperation set => BindSetOperation(set with { With = with }, null),
            Values values => BindValues(values with { With = with }, resolveUnknowns),
            _ => throw new NotSupportedException(query.GetType().Name),
        };
        Writes |= !query.Locking.IsEmpty;
        _scope = outer;
        // References to levels further in than the caller's own are no concern of its aggregates.
        _deepest = Math.Max(outerDeepest, Math.Min(_deepest, outer.Depth));
        return bound;
    }

    private With BindWith(With with)
    {
        var tables = ImmutableArray.CreateBuilder<CommonTable>(with.Tables.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in with.Tables)
        {
            if (!names.Add(table.Name))
                throw Failure.New(SqlStates.DuplicateAlias, $"WITH query name \"{table.Name}\" specified more than once", table.Position);
            var entry = new CommonTableEntry(table.Name, _scope.CommonTables);
            Statement statement;
            ImmutableArray<OutputColumn> columns;
            if (with.Recursive && table.Statement is QueryStatement { Query: SetOperation { Operator: SetOperator.Union } set } recursive)
            {
                (statement, columns) = BindRecursive(recursive, set, table, entry);
            }
            else if (table.Statement is QueryStatement query)
            {
                var inner = new Scope(_scope);
                if (with.Recursive) inner.CommonTables = new CommonTableEntry(table.Name, inner.CommonTables) { MalformedAt = table.Position };
                var bound = BindQuery(query.Query, inner);
                (statement, columns) = (query with { Query = bound.Query }, bound.Columns);
            }
            else
            {
                (statement, columns) = BindDml((DmlStatement)table.Statement, new Scope(_scope));
                entry.HasRows = !columns.IsEmpty;
            }

            entry.Columns = Rename(columns, table.Columns, "WITH query", table.Name, table.Position);
            _scope.CommonTables = entry;
            tables.Add(table with { Statement = statement });
        }

        return with with { Tables = tables.MoveToImmutable() };
    }

    /// <summary>The first arm fixes names and types; then the second may read the table itself.</summary>
    private (Statement, ImmutableArray<OutputColumn>) BindRecursive(
        QueryStatement statement, SetOperation set, CommonTable table, CommonTableEntry entry)
    {
        var (outer, inner) = (_scope, new Scope(_scope));
        _scope = inner;
        var with = set.With is null ? null : BindWith(set.With);
        var firstTypes = ImmutableArray<OutputColumn>.Empty;
        inner.CommonTables = new CommonTableEntry(table.Name, inner.CommonTables) { MalformedAt = table.Position };
        var bound = BindSetOperation(set with { With = with }, left =>
        {
            firstTypes = left;
            entry.Columns = Rename(left, table.Columns, "WITH query", table.Name, table.Position);
            entry.IsOpen = true;
            inner.CommonTables = entry;
        });
        entry.IsOpen = false;
        _scope = outer;
        if (entry.Referenced)
            for (var i = 0; i < firstTypes.Length; i++)
            {
                var (first, overall) = (firstTypes[i].Type, bound.Columns[i].Type);
                if (first.Oid == overall.Oid) continue;
                throw Failure.Mismatch(
                    $"recursive query \"{table.Name}\" column {i + 1} has type {TypeSystem.Format(first)} in non-recursive term but type {TypeSystem.Format(overall)} overall",
                    OutputPosition(set.Left, i),
                    "Cast the output of the non-recursive term to the correct type.");
            }

        return (statement with { Query = bound.Query }, bound.Columns);
    }

    private static ImmutableArray<OutputColumn> Rename(
        ImmutableArray<OutputColumn> columns, ImmutableArray<string> names, string what, string name, int position)
    {
        if (names.IsDefaultOrEmpty) return columns;
        if (names.Length > columns.Length)
            throw Failure.New("42P10", $"{what} \"{name}\" has {columns.Length} columns available but {names.Length} columns specified", position);
        return [.. columns.Select((column, i) => i < names.Length ? column with { Name = names[i] } : column)];
    }

    private BoundQuery BindSetOperation(SetOperation set, Action<ImmutableArray<OutputColumn>>? leftDone)
    {
        var name = set.Operator switch { SetOperator.Union => "UNION", SetOperator.Intersect => "INTERSECT", _ => "EXCEPT" };
        var left = BindQuery(set.Left, new Scope(_scope), resolveUnknowns: false);
        leftDone?.Invoke([.. left.Columns.Select(column => column with { Type = column.Type.Oid == Oids.Unknown ? new TypeRef(Oids.Text) : column.Type })]);
        var right = BindQuery(set.Right, new Scope(_scope), resolveUnknowns: false);
        var count = left.Columns.Length;
        if (right.Columns.Length != count)
            throw Failure.Syntax($"each {name} query must have the same number of columns", OutputPosition(set.Right, 0));

        var columns = ImmutableArray.CreateBuilder<OutputColumn>(count);
        var types = new TypeRef[count];
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (left.Columns[i].Type, right.Columns[i].Type);
            var type = CommonType.Select([a.Oid, b.Oid], out _, out _);
            if (type == 0)
                throw Failure.Mismatch(
                    $"{name} types {TypeSystem.Format(a)} and {TypeSystem.Format(b)} cannot be matched", OutputPosition(set.Right, i));
            types[i] = new TypeRef(type);
            if (!(set.Operator == SetOperator.Union && set.All) && !HasEquality(type))
                throw Failure.New(SqlStates.UndefinedFunction, $"could not identify an equality operator for type {TypeSystem.Format(type)}", OutputPosition(set.Left, i));
            columns.Add(new OutputColumn(left.Columns[i].Name, new TypeRef(type, CommonType.Typmod(type, [a, b]))) { Row = left.Columns[i].Row });
        }

        var bound = set with
        {
            Left = CoerceOutput(left.Query, types, CastKind.Implicit),
            Right = CoerceOutput(right.Query, types, CastKind.Implicit),
        };
        var output = columns.MoveToImmutable();
        return new BoundQuery(
            BindLimits(bound with { OrderBy = BindOutputSort(set.OrderBy, output, set.Operator) }),
            output);
    }

    /// <summary>Set operations and VALUES sort by their output columns only.</summary>
    private ImmutableArray<SortItem> BindOutputSort(ImmutableArray<SortItem> order, ImmutableArray<OutputColumn> columns, SetOperator? set)
    {
        if (order.IsEmpty) return order;
        var bound = ImmutableArray.CreateBuilder<SortItem>(order.Length);
        foreach (var item in order)
        {
            var index = item.Value switch
            {
                ColumnRef { Parts: [var name] } => columns.Select(column => column.Name).ToList().IndexOf(name),
                NumberLiteral or StringLiteral or BooleanLiteral => Ordinal(item.Value, columns.Length, "ORDER BY"),
                _ => -1,
            };
            if (index < 0 && item.Value is ColumnRef { Parts: [var missing] })
                throw Failure.New(SqlStates.UndefinedColumn, $"column \"{missing}\" does not exist", item.Value.Position);
            if (index < 0)
                throw Failure.New(
                    SqlStates.FeatureNotSupported,
                    set is null ? "ORDER BY expressions over VALUES are not supported" : "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
                    item.Value.Position,
                    "Add the expression/function to every SELECT, or move the UNION into a FROM clause.",
                    "Only result column names can be used, not expressions or functions.");
            bound.Add(item with { Value = OutputReference(columns[index].Name, columns[index].Type, item.Value.Position) });
        }

        return bound.MoveToImmutable();
    }

    private static ColumnRef OutputReference(string name, TypeRef type, int position) => new([name])
    {
        Column = new BoundColumn(null, name, type, null, null, 0),
        Type = type,
        Position = position,
    };

    private BoundQuery BindValues(Values values, bool resolveUnknowns)
    {
        var width = values.Rows[0].Length;
        var outer = _scope.Clause;
        _scope.Clause = Clause.Values;
        var rows = new Expr[values.Rows.Length][];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = values.Rows[r];
            if (row.Length != width) throw Failure.Syntax("VALUES lists must all be the same length", row.Length > 0 ? row[0].Position : values.Position);
            rows[r] = new Expr[width];
            for (var c = 0; c < width; c++) rows[r][c] = row[c] is DefaultValue ? throw Failure.Syntax("DEFAULT is not allowed in this context", row[c].Position) : Bind(row[c]);
        }

        _scope.Clause = outer;
        var columns = ImmutableArray.CreateBuilder<OutputColumn>(width);
        var column = new Expr[rows.Length];
        for (var c = 0; c < width; c++)
        {
            for (var r = 0; r < rows.Length; r++) column[r] = rows[r][c];
            if (!resolveUnknowns && Array.TrueForAll(column, value => value.Type.Oid == Oids.Unknown))
            {
                columns.Add(new OutputColumn($"column{c + 1}", new TypeRef(Oids.Unknown)));
                continue;
            }

            var type = CommonTypeOf(column, "VALUES");
            for (var r = 0; r < rows.Length; r++) column[r] = rows[r][c] = CoerceToCommon(column[r], type, "VALUES");
            columns.Add(new OutputColumn($"column{c + 1}", WithTypmod(type, column)) { Row = Records.Fields(column[0]) });
        }

        var output = columns.MoveToImmutable();
        var bound = values with
        {
            Rows = [.. rows.Select(row => ImmutableArray.Create(row))],
            OrderBy = BindOutputSort(values.OrderBy, output, null),
        };
        return new BoundQuery(BindLimits(bound), output);
    }

    private Query BindLimits(Query query)
    {
        if (query.Limit is null && query.Offset is null) return query;
        return query with
        {
            Limit = BindLimit(query.Limit, Clause.Limit, query.WithTies ? "FETCH FIRST" : "LIMIT"),
            Offset = BindLimit(query.Offset, Clause.Offset, "OFFSET"),
        };
    }

    private Expr? BindLimit(Expr? count, Clause clause, string name)
    {
        if (count is null) return null;
        var bound = BindIn(clause, count);
        bound = TryCoerce(bound, new TypeRef(Oids.Int8), CastKind.Assignment)
            ?? throw Failure.Mismatch($"argument of {name} must be type bigint, not type {TypeSystem.Format(bound.Type)}", bound.Position);
        if (LocalColumn.Find(bound) is { } position)
            throw Failure.New("42P10", $"argument of {name} must not contain variables", position);
        return bound;
    }

    /// <summary>Converts a query's output columns where they are made. A target of oid 0 stays as it is.</summary>
    private Query CoerceOutput(Query query, ReadOnlySpan<TypeRef> targets, CastKind kind)
    {
        switch (query)
        {
            case Select select:
                ImmutableArray<SelectItem>.Builder? items = null;
                for (var i = 0; i < targets.Length; i++)
                {
                    var value = select.Items[i].Value;
                    var coerced = CoerceOutput(value, targets[i], kind);
                    if (ReferenceEquals(value, coerced)) continue;
                    items ??= select.Items.ToBuilder();
                    items[i] = items[i] with { Value = coerced };
                }

                return items is null ? select : select with { Items = items.MoveToImmutable() };
            case Values values:
                var rows = ImmutableArray.CreateBuilder<ImmutableArray<Expr>>(values.Rows.Length);
                foreach (var row in values.Rows)
                {
                    var cells = row.ToBuilder();
                    for (var i = 0; i < targets.Length; i++) cells[i] = CoerceOutput(cells[i], targets[i], kind);
                    rows.Add(cells.MoveToImmutable());
                }

                return values with { Rows = rows.MoveToImmutable() };
            case SetOperation set:
                return set with { Left = CoerceOutput(set.Left, targets, kind), Right = CoerceOutput(set.Right, targets, kind) };
            default:
                return query;
        }
    }

    private Expr CoerceOutput(Expr value, TypeRef target, CastKind kind) =>
        target.Oid == 0 || value is DefaultValue ? value
        : TryCoerce(value, target, kind) ?? throw Failure.CannotCast(value.Type.Oid, target.Oid, value.Position);

    /// <summary>Where in the text an output column is written.</summary>
    private static int OutputPosition(Query query, int index) => query switch
    {
        Select select => select.Items[Math.Min(index, select.Items.Length - 1)].Value.Position,
        Values values => values.Rows[0][Math.Min(index, values.Rows[0].Length - 1)].Position,
        SetOperation set => OutputPosition(set.Left, index),
        _ => query.Position,
    };
}
