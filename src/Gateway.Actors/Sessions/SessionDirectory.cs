using System.Collections.Concurrent;
using Akka.Actor;
using Gateway.Backends;
using Gateway.Catalog;

namespace Gateway.Actors.Sessions;

/// <summary>The sessions of this node, as pg_stat_activity shows them. Thread-safe.</summary>
public sealed class SessionDirectory(IDatabases databases) : ISessionDirectory
{
    private readonly ConcurrentDictionary<int, (SessionState State, IActorRef Session)> _sessions = new();

    // By database, of sessions that are over; guards that none is counted twice.
    private readonly Dictionary<string, DatabaseActivity> _ended = [];

    public IReadOnlyList<SessionEntry> Sessions => [.. _sessions.Values.Select(entry => entry.State.ToEntry()).OrderBy(entry => entry.ProcessId)];

    public IReadOnlyList<string> Databases => databases.Names;

    public DatabaseActivity ActivityOf(string database)
    {
        var rows = databases.ChangedIn(database);
        lock (_ended)
        {
            var sum = _ended.GetValueOrDefault(database);
            foreach (var (state, _) in _sessions.Values)
                if (state.Database == database) sum = Sum(sum, state);
            return sum with { Rows = rows };
        }
    }

    public void Add(SessionState state, IActorRef session) => _sessions[state.ProcessId] = (state, session);

    public void Remove(int processId)
    {
        lock (_ended)
        {
            if (_sessions.TryRemove(processId, out var entry)) _ended[entry.State.Database] = Sum(_ended.GetValueOrDefault(entry.State.Database), entry.State);
        }
    }

    private static DatabaseActivity Sum(DatabaseActivity sum, SessionState state) =>
        new(sum.Sessions + 1, sum.Committed + state.Ended.Committed, sum.RolledBack + state.Ended.RolledBack);

    public bool Cancel(int processId) => Tell(processId, CancelQuery.Instance);

    public bool Terminate(int processId) => Tell(processId, EndSession.ByAdministrator);

    /// <summary>What reads the configuration again; null where there is none. It tells by itself what was wrong with it.</summary>
    public Action? Reloading { get; set; }

    public bool Reload()
    {
        if (Reloading is not { } reload) return false;
        Task.Run(reload);
        return true;
    }

    private bool Tell(int processId, object message)
    {
        if (!_sessions.TryGetValue(processId, out var entry)) return false;
        entry.Session.Tell(message, ActorRefs.NoSender);
        return true;
    }
}
