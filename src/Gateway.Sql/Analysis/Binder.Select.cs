using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>SELECT, its clauses in the order in which PostgreSQL looks at them.</summary>
internal sealed partial class Binder
{
    private BoundQuery BindSelect(Select select, bool resolveUnknowns)
    {
        var from = BindFrom(select.From);
        _scope.Windows = select.Windows;
        var items = BindItems(select.Items, Clause.Select).ToBuilder();
        var where = BindCondition(Clause.Where, "WHERE", select.Where);
        var having = BindCondition(Clause.Having, "HAVING", select.Having);
        var order = BindOrderBy(select.OrderBy, items, select);
        var keys = new List<Expr>();
        var group = BindGroupBy(select.GroupBy, items, keys);
        var distinctOn = BindDistinctOn(select, items, order);
        var windows = BindWindows(select.Windows);

        if (resolveUnknowns)
            for (var i = 0; i < items.Count; i++)
                if (KnownOrText(items[i].Value) is var known && !ReferenceEquals(known, items[i].Value)) items[i] = items[i] with { Value = known };

        var bound = select with
        {
            Items = items.ToImmutable(),
            From = from,
            Where = where,
            GroupBy = group,
            Having = having,
            OrderBy = order,
            DistinctOn = distinctOn,
            Windows = windows,
        };
        if (select.Distinct && select.DistinctOn.IsEmpty) CheckDistinct(bound);
        bound = (Select)BindLimits(bound);
        if (_scope is { HasAggregates: true, RecursiveOver: not null })
            throw Failure.New("42P19", "aggregate functions are not allowed in a recursive query's recursive term", -1);
        if (_scope.HasAggregates || having is not null || !group.IsEmpty) CheckGrouping(bound, keys);
        if (!select.Locking.IsEmpty) CheckLocking(bound);
        return new BoundQuery(bound, Columns(bound.Items));
    }

    private ImmutableArray<SelectItem> BindItems(ImmutableArray<SelectItem> written, Clause clause)
    {
        var outer = _scope.Clause;
        _scope.Clause = clause;
        var items = ImmutableArray.CreateBuilder<SelectItem>(written.Length);
        foreach (var item in written)
        {
            if (item.Value is Star star) ExpandStar(star, items);
            else if (item.Value is FieldAccess { Field: "*", Operand: ColumnRef { Parts: [var name] } row } && FindUnqualified(row, name) is null)
                ExpandStar(new Star([name]) { Position = row.Position }, items);
            else if (item.Value is FieldAccess { Field: "*" } fields) ExpandFields(fields, items);
            else items.Add(item with { Value = Bind(item.Value), OutputName = OutputNames.Of(item) });
        }

        _scope.Clause = outer;
        return items.ToImmutable();
    }

    /// <summary><c>(x).*</c>: one column for each field.</summary>
    private void ExpandFields(FieldAccess fields, ImmutableArray<SelectItem>.Builder items)
    {
        var operand = Bind(fields.Operand);
        var row = Records.Fields(operand);
        if (row.IsEmpty)
            throw operand.Type.Oid == Oids.Record
                ? Failure.New(SqlStates.WrongObjectType, "record type has not been registered", fields.Operand.Position)
                : Failure.New(SqlStates.WrongObjectType, $"type {TypeSystem.Format(operand.Type)} is not composite", fields.Operand.Position);
        for (var i = 0; i < row.Length; i++)
            items.Add(new SelectItem(Records.Field(operand, row, i, fields.Position), null) { OutputName = row[i].Name, Position = fields.Position });
    }

    private ImmutableArray<OutputColumn> Columns(ImmutableArray<SelectItem> items)
    {
        var columns = ImmutableArray.CreateBuilder<OutputColumn>(items.Length);
        foreach (var item in items)
        {
            var (table, attnum) = item.Value is ColumnRef { Column: { LevelsUp: 0 } column } ? Origin(column) : default;
            columns.Add(new OutputColumn(item.OutputName!, item.Value.Type, table, attnum) { Row = Records.Fields(item.Value), Domain = Domains.Of(item.Value) });
        }

        return columns.MoveToImmutable();
    }

    private static short SystemNumber(string name) => name switch
    {
        "ctid" => -1,
        "xmin" => -2,
        "cmin" => -3,
        "xmax" => -4,
        "cmax" => -5,
        _ => 0,
    };

    private (uint Table, short Attnum) Origin(BoundColumn column)
    {
        if (column is { Relation: { } relation, Column: { } known }) return (relation.Oid, known.Number);
        if (column is { Relation: { } table, Column: null } && SystemNumber(column.Name) is var number and < 0) return (table.Oid, number);
        foreach (var item in _scope.Items)
            if (item.IsPlain && item.Alias == column.Source && item.Find(column.Name) is var index and >= 0) return item.Origin(index);
        return default;
    }

    /// <summary>Sort keys outside a query's own ORDER BY: in aggregates and windows, where ordinals and aliases mean nothing.</summary>
    private ImmutableArray<SortItem> BindSort(ImmutableArray<SortItem> order, bool resolveUnknowns = true)
    {
        if (order.IsEmpty) return order;
        var bound = ImmutableArray.CreateBuilder<SortItem>(order.Length);
        foreach (var item in order)
        {
            var value = Bind(item.Value);
            if (resolveUnknowns) value = KnownOrText(value);
            if (value.Type.Oid != Oids.Unknown) CheckOrdered(value, item);
            bound.Add(item with { Value = value });
        }

        return bound.MoveToImmutable();
    }

    private static void CheckOrdered(Expr value, SortItem item)
    {
        if (item.UsingOperator is { } op)
        {
            ResolveOperator(op.Symbol, value.Type.Oid, value.Type.Oid, item.Position);
            return;
        }

        if (!IsOrdered(value.Type.Oid))
            throw Failure.New(
                SqlStates.UndefinedFunction,
                $"could not identify an ordering operator for type {TypeSystem.Format(value.Type)}",
                item.Value.Position,
                "Use an explicit ordering operator or modify the query.");
    }

    private ImmutableArray<SortItem> BindOrderBy(ImmutableArray<SortItem> order, ImmutableArray<SelectItem>.Builder items, Select select)
    {
        if (order.IsEmpty) return order;
        var outer = _scope.Clause;
        _scope.Clause = Clause.OrderBy;
        var bound = ImmutableArray.CreateBuilder<SortItem>(order.Length);
        foreach (var item in order)
        {
            var index = MatchOutput(item.Value, items, "ORDER BY", columnsFirst: false);
            var value = index >= 0 ? TakeItem(items, index, item.Value.Position) : KnownOrText(Bind(item.Value));
            if (index < 0 && select.Distinct && select.DistinctOn.IsEmpty && !Contains(items, value))
                throw Failure.New("42P10", "for SELECT DISTINCT, ORDER BY expressions must appear in select list", item.Value.Position);
            CheckOrdered(value, item);
            bound.Add(item with { Value = value });
        }

        _scope.Clause = outer;
        return bound.MoveToImmutable();
    }

    private static bool Contains(ImmutableArray<SelectItem>.Builder items, Expr value)
    {
        foreach (var item in items)
            if (ExprEquality.Same(item.Value, value)) return true;
        return false;
    }

    /// <summary>
    /// The expression of a select-list item that ORDER BY or GROUP BY names. A volatile one must not be computed twice,
    /// so it is referred to as an output column.
    /// </summary>
    private Expr TakeItem(ImmutableArray<SelectItem>.Builder items, int index, int position)
    {
        if (items[index].Value.Type.Oid == Oids.Unknown) items[index] = items[index] with { Value = KnownOrText(items[index].Value) };
        var item = items[index];
        return NestedCalls.HasVolatile(item.Value) ? OutputReference(item.OutputName!, item.Value.Type, position) : item.Value;
    }

    /// <summary>Index of the select-list item that a bare name or an ordinal means, or -1.</summary>
    /// <param name="columnsFirst">GROUP BY prefers a column of FROM to an output name, ORDER BY the other way round.</param>
    private int MatchOutput(Expr key, ImmutableArray<SelectItem>.Builder items, string clause, bool columnsFirst)
    {
        switch (key)
        {
            case ColumnRef { Parts: [var name] } reference:
                if (columnsFirst && FindUnqualified(reference, name, localOnly: true) is not null) return -1;
                var found = -1;
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i].OutputName != name) continue;
                    if (found >= 0 && !ExprEquality.Same(items[found].Value, items[i].Value))
                        throw Failure.New(SqlStates.AmbiguousColumn, $"{clause} \"{name}\" is ambiguous", key.Position);
                    if (found < 0) found = i;
                }

                return found;
            case NumberLiteral or StringLiteral or BooleanLiteral or BitLiteral or UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral }:
                return Ordinal(key, items.Count, clause);
            default:
                return -1;
        }
    }

    private static int Ordinal(Expr key, int count, string clause)
    {
        var text = key switch { NumberLiteral number => number.Text, UnaryOp { Operand: NumberLiteral number } => "-" + number.Text, _ => "" };
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ordinal))
            throw Failure.Syntax($"non-integer constant in {clause}", key.Position);
        return ordinal >= 1 && ordinal <= count
            ? ordinal - 1
            : throw Failure.New("42P10", $"{clause} position {ordinal} is not in select list", key.Position);
    }

    private ImmutableArray<GroupingItem> BindGroupBy(ImmutableArray<GroupingItem> group, ImmutableArray<SelectItem>.Builder items, List<Expr> keys)
    {
        if (group.IsEmpty) return group;
        var outer = _scope.Clause;
        _scope.Clause = Clause.GroupBy;
        var bound = ImmutableArray.CreateBuilder<GroupingItem>(group.Length);
        foreach (var item in group) bound.Add(BindGroupingItem(item, items, keys));
        _scope.Clause = outer;
        return bound.MoveToImmutable();
    }

    private GroupingItem BindGroupingItem(GroupingItem item, ImmutableArray<SelectItem>.Builder items, List<Expr> keys)
    {
        if (!item.Items.IsDefaultOrEmpty)
            item = item with { Items = [.. item.Items.Select(inner => BindGroupingItem(inner, items, keys))] };
        return item.Value switch
        {
            null => item,
            RowConstructor { Explicit: false } row => item with { Value = row with { Items = [.. row.Items.Select(key => BindKey(key, items, keys))], Type = new TypeRef(Oids.Record) } },
            _ => item with { Value = BindKey(item.Value, items, keys) },
        };
    }

    private Expr BindKey(Expr key, ImmutableArray<SelectItem>.Builder items, List<Expr> keys)
    {
        var index = MatchOutput(key, items, "GROUP BY", columnsFirst: true);
        var bound = index >= 0 ? TakeItem(items, index, key.Position) : KnownOrText(Bind(key));
        if (index >= 0 && NestedCalls.FindAggregate(bound) is { } aggregate)
            throw Failure.Grouping("aggregate functions are not allowed in GROUP BY", aggregate);
        if (!HasEquality(bound.Type.Oid))
            throw Failure.New(SqlStates.UndefinedFunction, $"could not identify an equality operator for type {TypeSystem.Format(bound.Type)}", key.Position);
        keys.Add(index >= 0 ? items[index].Value : bound);
        return bound;
    }

    private ImmutableArray<Expr> BindDistinctOn(Select select, ImmutableArray<SelectItem>.Builder items, ImmutableArray<SortItem> order)
    {
        if (select.DistinctOn.IsEmpty) return select.DistinctOn;
        var outer = _scope.Clause;
        _scope.Clause = Clause.DistinctOn;
        var bound = ImmutableArray.CreateBuilder<Expr>(select.DistinctOn.Length);
        foreach (var key in select.DistinctOn)
        {
            var index = MatchOutput(key, items, "DISTINCT ON", columnsFirst: false);
            bound.Add(index >= 0 ? TakeItem(items, index, key.Position) : KnownOrText(Bind(key)));
        }

        _scope.Clause = outer;
        for (var i = 0; i < Math.Min(order.Length, bound.Count); i++)
            if (!bound.Any(key => ExprEquality.Same(key, order[i].Value)))
                throw Failure.New(
                    "42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", select.DistinctOn[Math.Min(i, bound.Count - 1)].Position);
        return bound.MoveToImmutable();
    }

    private static void CheckDistinct(Select select)
    {
        foreach (var item in select.Items)
            if (!HasEquality(item.Value.Type.Oid))
                throw Failure.New(
                    SqlStates.UndefinedFunction,
                    $"could not identify an equality operator for type {TypeSystem.Format(item.Value.Type)}",
                    item.Value.Position);
    }

    private ImmutableArray<NamedWindow> BindWindows(ImmutableArray<NamedWindow> windows) =>
        windows.IsEmpty ? windows : [.. windows.Select(named => named with { Window = BindWindow(named.Window) })];

    private static void CheckGrouping(Select select, List<Expr> keys)
    {
        var check = new GroupingCheck(keys);
        foreach (var item in select.Items) check.Visit(item.Value);
        check.Visit(select.OrderBy);
        check.Visit(select.DistinctOn);
        foreach (var window in select.Windows) check.Visit(window.Window);
        check.Visit(select.Having);
    }

    private void CheckLocking(Select select)
    {
        var strength = select.Locking[0].Strength.ToUpperInvariant();
        var obstacle = select switch
        {
            { Distinct: true } => "DISTINCT clause",
            { GroupBy.IsEmpty: false } => "GROUP BY clause",
            { Having: not null } => "HAVING clause",
            _ when _scope.HasAggregates => "aggregate functions",
            _ when _scope.HasWindows => "window functions",
            _ => null,
        };
        if (obstacle is not null) throw Failure.Unsupported($"FOR {strength} is not allowed with {obstacle}", -1);
        foreach (var clause in select.Locking)
            foreach (var table in clause.Of)
                if (!_scope.Items.Exists(item => item.Qualified && item.Alias == table.Last))
                    throw Failure.New(
                        SqlStates.UndefinedTable,
                        $"relation \"{table.Last}\" in FOR {clause.Strength.ToUpperInvariant()} clause not found in FROM clause",
                        table.Position);
    }
}
