using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>The ${…} of a HOCON text. One that leads back to itself would never come to an end in the parser, and take the process with it.</summary>
internal sealed class HoconReferences
{
    private readonly List<(string From, string To, int Line)> _all = [];
    private readonly HashSet<int> _done = [];
    private readonly HashSet<int> _open = [];

    /// <param name="from">The key in whose value it stands.</param>
    public void Add(string from, string to, int line) => _all.Add((from, to, line));

    /// <exception cref="ConfigurationException">"line 12: …".</exception>
    public void RequireNoCircle()
    {
        for (var i = 0; i < _all.Count; i++) Follow(i);
    }

    private void Follow(int reference)
    {
        if (_done.Contains(reference)) return;
        var (_, to, line) = _all[reference];
        if (!_open.Add(reference)) throw new ConfigurationException($"line {line}: ${{{to}}} leads back to itself");
        for (var next = 0; next < _all.Count; next++)
            if (IsIn(_all[next].From, to) || IsIn(to, _all[next].From)) Follow(next);
        _open.Remove(reference);
        _done.Add(reference);
    }

    /// <summary>Whether a key is that object's, at whatever depth, or the object itself.</summary>
    private static bool IsIn(string key, string of) =>
        key.StartsWith(of, StringComparison.Ordinal) && (key.Length == of.Length || key[of.Length] == '.');
}
