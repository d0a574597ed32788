using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Column references.</summary>
internal sealed partial class Binder
{
    private Expr BindColumn(ColumnRef reference)
    {
        var parts = reference.Parts;
        return parts.Length == 1 ? BindUnqualified(reference, parts[0]) : BindQualified(reference);
    }

    private Expr BindUnqualified(ColumnRef reference, string name)
    {
        if (FindUnqualified(reference, name) is { } found) return found;

        if (name == "tableoid" && _scope.Items is [{ Relation: { Kind: RelationKind.Table } relation }]) return TableOid(relation, reference.Position);

        if (FindSystemColumn(reference, name) is { } system) return system;

        // A range item's own name is its whole row.
        if (FindItem(null, name, out var owner) is { } row)
        {
            var levels = 0;
            for (var scope = _scope; scope != owner; scope = scope.Parent!) levels++;
            if (row.IsScalar) return Refer(row, 0, owner!, levels, reference);
            return WholeRow(row, owner!, levels, reference);
        }

        RefuseSystemColumn(name, reference.Position);
        throw Failure.New(SqlStates.UndefinedColumn, $"column \"{name}\" does not exist", reference.Position, HintFor(name));
    }

    /// <summary><c>t.*</c> as an operand is the whole row.</summary>
    private RowConstructor WholeRow(Star star)
    {
        var (schema, table) = (star.Qualifier.Length > 1 ? star.Qualifier[^2] : null, star.Qualifier[^1]);
        if (FindItem(schema, table, out var owner) is not { } item) throw MissingFrom(schema, table, star.Position);
        var levels = 0;
        for (var scope = _scope; scope != owner; scope = scope.Parent!) levels++;
        return WholeRow(item, owner!, levels, new ColumnRef([table]) { Position = star.Position });
    }

    private RowConstructor WholeRow(RangeItem item, Scope owner, int levels, ColumnRef reference)
    {
        _deepest = Math.Max(_deepest, owner.Depth);
        return new RowConstructor([.. Enumerable.Range(0, item.Count).Select(i => Raise(item.Reference(i, reference.Position), levels))], true)
        {
            Names = [.. Enumerable.Range(0, item.Count).Select(item.Name)],
            Source = item.Alias,
            Type = new TypeRef(Oids.Record),
            Position = reference.Position,
        };
    }

    private Expr? FindUnqualified(ColumnRef reference, string name, bool localOnly = false)
    {
        var levels = 0;
        var visible = true;
        for (var scope = _scope; scope is not null; scope = scope.Parent, levels++)
        {
            if (visible && FindIn(scope, name, reference.Position, out var index) is { } item) return Refer(item, index, scope, levels, reference);
            if (localOnly) return null;
            visible = scope.SeesParent;
        }

        return null;
    }

    private static RangeItem? FindIn(Scope scope, string name, int position, out int index)
    {
        RangeItem? found = null;
        index = -1;
        for (var i = scope.VisibleFrom; i < scope.Items.Count; i++)
        {
            var item = scope.Items[i];
            if (!item.Unqualified) continue;
            var at = item.Find(name);
            if (at == -1) continue;
            if (at == -2 || found is not null)
                throw Failure.New(SqlStates.AmbiguousColumn, $"column reference \"{name}\" is ambiguous", position);
            (found, index) = (item, at);
        }

        return found;
    }

    private Expr Refer(RangeItem item, int index, Scope scope, int levels, ColumnRef reference)
    {
        _deepest = Math.Max(_deepest, scope.Depth);
        if (!item.IsPlain) return Raise(item.Reference(index, reference.Position), levels);
        var column = item.Bound(index);
        if (levels > 0) column = column with { LevelsUp = levels };
        return reference with { Column = column, Type = column.Type };
    }

    /// <summary>A column of an outer query's join, seen from further in.</summary>
    private static Expr Raise(Expr expression, int levels) => levels == 0 ? expression : expression switch
    {
        ColumnRef { Column: not null } column => column with { Column = column.Column with { LevelsUp = column.Column.LevelsUp + levels } },
        Cast cast => cast with { Operand = Raise(cast.Operand, levels) },
        Coalesce coalesce => coalesce with { Arguments = [.. coalesce.Arguments.Select(argument => Raise(argument, levels))] },
        _ => expression,
    };

    private Expr BindQualified(ColumnRef reference)
    {
        var parts = reference.Parts;
        if (parts.Length > 4)
            throw Failure.New(SqlStates.SyntaxError, $"improper qualified name (too many dotted names): {string.Join('.', parts)}", reference.Position);
        if (parts.Length == 4 && analyzer.Schema.Database is { } database && parts[0] != database)
            throw Failure.Unsupported($"cross-database references are not implemented: {string.Join('.', parts)}", reference.Position);
        var (schema, table, name) = (parts.Length > 2 ? parts[^3] : null, parts[^2], parts[^1]);
        var levels = 0;
        if (FindItem(schema, table, out var owner) is not { } item) throw MissingFrom(schema, table, reference.Position);
        for (var scope = _scope; scope != owner; scope = scope.Parent!) levels++;
        var index = item.Find(name);
        if (index == -2) throw Failure.New(SqlStates.AmbiguousColumn, $"column reference \"{name}\" is ambiguous", reference.Position);
        if (index >= 0) return Refer(item, index, owner!, levels, reference);
        if (item.Relation is not null && name == "tableoid" && item.Relation.Kind == RelationKind.Table) return TableOid(item.Relation, reference.Position);
        if (SystemType(item, name) is { } type) return SystemColumn(item, name, type, owner!, levels, reference);
        if (item is { Relation: not null, HasSystemColumns: true }) RefuseSystemColumn(name, reference.Position);
        throw Failure.New(SqlStates.UndefinedColumn, $"column {table}.{name} does not exist", reference.Position, HintFor(name, item));
    }

    /// <summary>The OID of a system column's type; null where the item has no such column.</summary>
    private uint? SystemType(RangeItem item, string name) => item switch
    {
        { HasSystemColumns: false } or { Relation: not { Kind: RelationKind.Table } } => null,
        { Relation.Schema: "pg_catalog" } => name switch { "xmin" => Oids.Xid, "ctid" => Oids.Tid, _ => null },
        _ => analyzer.Schema.SystemColumns.TryGetValue(name, out var type) ? type : null,
    };

    private ColumnRef? FindSystemColumn(ColumnRef reference, string name)
    {
        var levels = 0;
        var visible = true;
        for (var scope = _scope; scope is not null; scope = scope.Parent, levels++)
        {
            ColumnRef? found = null;
            for (var i = scope.VisibleFrom; visible && i < scope.Items.Count; i++)
            {
                var item = scope.Items[i];
                if (!item.Unqualified || SystemType(item, name) is not { } type) continue;
                if (found is not null)
                    throw Failure.New(SqlStates.AmbiguousColumn, $"column reference \"{name}\" is ambiguous", reference.Position);
                found = SystemColumn(item, name, type, scope, levels, reference);
            }

            if (found is not null) return found;
            visible = scope.SeesParent;
        }

        return null;
    }

    private ColumnRef SystemColumn(RangeItem item, string name, uint oid, Scope scope, int levels, ColumnRef reference)
    {
        _deepest = Math.Max(_deepest, scope.Depth);
        var type = new TypeRef(oid);
        return reference with { Column = new BoundColumn(item.Alias, name, type, item.Relation, null, levels), Type = type };
    }

    private void RefuseSystemColumn(string name, int position)
    {
        if (name is not ("ctid" or "xmin" or "xmax" or "cmin" or "cmax" or "tableoid")) return;
        foreach (var item in _scope.Items)
            if (item.Relation is { Kind: RelationKind.Table or RelationKind.MaterializedView })
                throw Failure.Unsupported($"system column \"{name}\" is not supported", position);
    }

    private static Cast TableOid(RelationInfo relation, int position) => new(
        new NumberLiteral(relation.Oid.ToString(System.Globalization.CultureInfo.InvariantCulture)) { Type = new TypeRef(Oids.Int8), Position = position },
        TypeNames.Of(Oids.Oid),
        CastKind.Implicit)
    {
        Type = new TypeRef(Oids.Oid),
        Position = position,
        Resolved = Catalog.Cast(Oids.Int8, Oids.Oid)!.Function,
    };

    /// <summary>The innermost range item of that name.</summary>
    private RangeItem? FindItem(string? schema, string name, out Scope? owner)
    {
        var visible = true;
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            owner = scope;
            for (var i = scope.VisibleFrom; visible && i < scope.Items.Count; i++)
            {
                var item = scope.Items[i];
                if (!item.Qualified || item.Alias != name) continue;
                if (schema is null || (!item.Aliased && item.Relation?.Schema == schema)) return item;
            }

            visible = scope.SeesParent;
        }

        owner = null;
        return null;
    }

    private PgException MissingFrom(string? schema, string table, int position)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
            foreach (var item in scope.Items)
            {
                if (item.Alias == table && schema is null)
                    return Failure.New(
                        SqlStates.UndefinedTable,
                        $"invalid reference to FROM-clause entry for table \"{table}\"",
                        position,
                        $"There is an entry for table \"{table}\", but it cannot be referenced from this part of the query.");
                if (item is { Aliased: true, Qualified: true } && item.Relation?.Name == table)
                    return Failure.New(
                        SqlStates.UndefinedTable,
                        $"invalid reference to FROM-clause entry for table \"{table}\"",
                        position,
                        $"Perhaps you meant to reference the table alias \"{item.Alias}\".");
            }

        return Failure.New(SqlStates.UndefinedTable, $"missing FROM-clause entry for table \"{table}\"", position);
    }

    /// <summary>A column of almost that name, as PostgreSQL suggests it.</summary>
    private string? HintFor(string name, RangeItem? only = null) =>
        (only is null ? ColumnHint.Unreachable(name, _scope) : null) ?? ColumnHint.For(name, _scope, only);


    private void ExpandStar(Star star, ImmutableArray<SelectItem>.Builder output)
    {
        if (star.Qualifier.IsEmpty)
        {
            var any = false;
            foreach (var item in _scope.Items)
            {
                if (!item.Unqualified) continue;
                any = true;
                Add(item, 0);
            }

            if (!any) throw Failure.Syntax("SELECT * with no tables specified is not valid", star.Position);
            return;
        }

        var (schema, table) = (star.Qualifier.Length > 1 ? star.Qualifier[^2] : null, star.Qualifier[^1]);
        if (FindItem(schema, table, out var owner) is not { } source) throw MissingFrom(schema, table, star.Position);
        var levels = 0;
        for (var scope = _scope; scope != owner; scope = scope.Parent!) levels++;
        _deepest = Math.Max(_deepest, owner!.Depth);
        Add(source, levels);

        void Add(RangeItem item, int levels)
        {
            for (var i = 0; i < item.Count; i++)
                output.Add(new SelectItem(Raise(item.Reference(i, star.Position), levels), null)
                {
                    OutputName = item.Name(i),
                    Position = star.Position,
                });
        }
    }
}
