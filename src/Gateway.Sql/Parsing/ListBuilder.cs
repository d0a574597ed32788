using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Gateway.Sql.Parsing;

/// <summary>Collects items for an immutable array; nothing is allocated for none, and little for few.</summary>
internal struct ListBuilder<T>
{
    private T[]? _items;
    private int _count;

    public readonly int Count => _count;

    public readonly T this[int index]
    {
        get => _items![index];
        set => _items![index] = value;
    }

    public void Add(T item)
    {
        if (_items is null) _items = new T[4];
        else if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
        _items[_count++] = item;
    }

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, _count);

    public ImmutableArray<T> ToImmutable()
    {
        if (_items is null) return [];
        if (_count < _items.Length) Array.Resize(ref _items, _count);
        return ImmutableCollectionsMarshal.AsImmutableArray(_items);
    }
}
