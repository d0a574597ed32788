using System.Collections.Concurrent;
using IrisSimulator.Engine.Storage;

namespace IrisSimulator.Engine;

/// <summary>A server: namespaces, users, processes.</summary>
internal sealed class Instance(string name)
{
    private readonly ConcurrentDictionary<string, Database> _namespaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _users = new(StringComparer.OrdinalIgnoreCase) { ["_SYSTEM"] = "SYS" };
    private static int _lastJob = 1000;
    private bool _dropped;

    public string Name => name;
    public SimBehaviour Behaviour { get; } = new();
    public ConcurrentDictionary<string, byte> Roles { get; } = new();
    public ConcurrentDictionary<long, Session> Processes { get; } = new();

    public void SetUser(string user, string password) => _users[user] = password;
    public bool HasUser(string user) => _users.ContainsKey(user);
    public bool RemoveUser(string user) => _users.TryRemove(user, out _);

    public Session Connect(string space, string user, string password, IrisVersion version)
    {
        Behaviour.CountConnect();
        if (Behaviour.IsDown) throw Fail.With(-461, "Connection refused");
        if (!_users.TryGetValue(user, out var known) || known != password) throw Fail.With(-402, "Access Denied");
        var session = new Session(this, Namespace(space), user, version, Interlocked.Increment(ref _lastJob));
        Processes[session.Job] = session;
        return session;
    }

    public Database Namespace(string space)
    {
        if (_dropped) throw Fail.With(-461, "Communication link failure");
        return _namespaces.GetOrAdd(space.ToUpperInvariant(), n => new Database(n));
    }

    public bool HasNamespace(string space) => _namespaces.ContainsKey(space.ToUpperInvariant());

    public void Drop()
    {
        _dropped = true;
        foreach (var session in Processes.Values)
        {
            session.Lost = true;
            session.Interrupt();
        }
        foreach (var database in _namespaces.Values)
            lock (database.Gate) database.Dispose();
    }
}
