using System.Collections;

namespace Akka.Configuration.Hocon;

/// <summary>Keys in the order they were first written. Values are text, null, <see cref="HoconObject"/> or a list of values.</summary>
internal sealed class HoconObject : IEnumerable<KeyValuePair<string, object>>
{
    private readonly OrderedDictionary<string, object> _values = [];

    public int Count => _values.Count;
    public bool TryGet(string key, out object value) => _values.TryGetValue(key, out value);
    public object this[string key] { set => _values[key] = value; }
    public void Remove(string key) => _values.Remove(key);

    /// <summary>This object where it says something, the other where it does not.</summary>
    public HoconObject Over(HoconObject below)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in below) merged[key] = value;
        foreach (var (key, value) in this)
            merged[key] = value is HoconObject upper && below.TryGet(key, out var lower) && lower is HoconObject lowerObject
                ? upper.Over(lowerObject)
                : value;
        return merged;
    }

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
