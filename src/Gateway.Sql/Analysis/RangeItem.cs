using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>A column of a join: one of an item inside it, or the merged one of USING.</summary>
internal readonly record struct JoinColumn(string Name, RangeItem? Item, int Index, Expr? Merged);

/// <summary>One entry of a query's range table: what a name in FROM stands for.</summary>
internal sealed class RangeItem
{
    private readonly ImmutableArray<ColumnInfo> _base = [];
    private readonly ImmutableArray<OutputColumn> _derived = [];
    private readonly JoinColumn[]? _joined;
    private readonly ImmutableArray<string> _renamed = [];
    private BoundColumn?[]? _bound;

    public RangeItem(string alias, RelationInfo relation, ImmutableArray<string> renamed, bool aliased)
    {
        Alias = alias;
        Relation = relation;
        Aliased = aliased;
        _base = relation.Columns;
        _renamed = renamed;
        Count = _base.Length;
    }

    public RangeItem(string alias, ImmutableArray<OutputColumn> columns, ImmutableArray<string> renamed)
    {
        Alias = alias;
        Aliased = true;
        _derived = columns;
        _renamed = renamed;
        Count = columns.Length;
    }

    /// <param name="alias">Empty for a join without a name.</param>
    public RangeItem(string alias, JoinColumn[] columns, ImmutableArray<string> renamed)
    {
        Alias = alias;
        Aliased = true;
        Qualified = alias.Length > 0;
        _joined = columns;
        _renamed = renamed;
        Count = columns.Length;
    }

    public string Alias { get; }

    /// <summary>The name was given with AS, so that the table's own name does not reach it.</summary>
    public bool Aliased { get; }

    public RelationInfo? Relation { get; }

    public int Count { get; }

    /// <summary>Reached by <c>alias.column</c>.</summary>
    public bool Qualified { get; set; } = true;

    /// <summary>Reached by <c>column</c> and <c>*</c>.</summary>
    public bool Unqualified { get; set; } = true;

    public string Name(int index) =>
        index < _renamed.Length ? _renamed[index]
        : _joined is not null ? _joined[index].Name
        : Relation is not null ? _base[index].Name
        : _derived[index].Name;

    /// <summary>Index of a column, -1 for none, -2 for several.</summary>
    public int Find(string name)
    {
        var found = -1;
        for (var i = 0; i < Count; i++)
        {
            if (Name(i) != name) continue;
            if (found >= 0) return -2;
            found = i;
        }

        return found;
    }

    public TypeRef Type(int index) =>
        _joined is not null ? (_joined[index].Merged?.Type ?? _joined[index].Item!.Type(_joined[index].Index))
        : Relation is not null ? Domains.Below(_base[index].Type)
        : _derived[index].Type;

    /// <summary>A reference to the column from its own query.</summary>
    public Expr Reference(int index, int position)
    {
        if (_joined is not null)
        {
            ref var joined = ref _joined[index];
            return joined.Merged ?? joined.Item!.Reference(joined.Index, position);
        }

        var column = Bound(index);
        return new ColumnRef([Alias, column.Name]) { Column = column, Type = column.Type, Position = position };
    }

    public BoundColumn Bound(int index)
    {
        _bound ??= new BoundColumn?[Count];
        return _bound[index] ??= new BoundColumn(
            Alias, Name(index), Type(index), Relation, Relation is null ? null : _base[index], 0) {
            Index = index,
            Row = _derived.IsEmpty ? [] : _derived[index].Row,
            Domain = Relation is not null ? Domains.Is(_base[index].Type.Oid) ? _base[index].Type.Oid : 0 : _derived.IsEmpty ? 0 : _derived[index].Domain,
        };
    }

    /// <summary>A table's rows themselves, not rows like them (EXCLUDED).</summary>
    public bool HasSystemColumns { get; init; } = true;

    /// <summary>A function that returns single values: its name stands for the value.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Whether a reference can reuse its node: the column belongs to this item itself.</summary>
    public bool IsPlain => _joined is null;

    /// <summary>The table and column a result column reports as its origin.</summary>
    public (uint Table, short Attnum) Origin(int index) =>
        Relation is not null ? (Relation.Oid, _base[index].Number)
        : _derived.Length > 0 ? (_derived[index].TableOid, _derived[index].Attnum)
        : default;
}
