using Gateway.Types;

namespace Gateway.Protocol.Session;

/// <summary>Statements or portals by name, looked up by the bytes of the message without making a string.</summary>
internal sealed class NameTable<T> where T : class
{
    private readonly Dictionary<byte[], T> _named = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private T? _unnamed;

    public NameTable() => _bySpan = _named.GetAlternateLookup<ReadOnlySpan<byte>>();

    public int Count => _named.Count + (_unnamed is null ? 0 : 1);

    public IEnumerable<T> Values => _unnamed is null ? _named.Values : _named.Values.Append(_unnamed);

    public IEnumerable<KeyValuePair<byte[], T>> Named => _named;

    public T? Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return _unnamed;
        return _bySpan.TryGetValue(name, out var found) ? found : null;
    }

    public void Set(ReadOnlySpan<byte> name, T value)
    {
        if (name.IsEmpty) _unnamed = value;
        else _bySpan[name] = value;
    }

    public T? Remove(ReadOnlySpan<byte> name)
    {
        T? removed;
        if (name.IsEmpty) (removed, _unnamed) = (_unnamed, null);
        else _bySpan.Remove(name, out _, out removed);
        return removed;
    }

    public void RemoveWhere(Func<T, bool> condition)
    {
        if (_unnamed is not null && condition(_unnamed)) _unnamed = null;
        if (_named.Count == 0) return;
        foreach (var (name, value) in _named)
            if (condition(value)) _named.Remove(name);
    }
}
