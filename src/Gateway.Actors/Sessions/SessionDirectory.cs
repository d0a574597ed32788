using System.Collections.Concurrent;
using Akka.Actor;
using Gateway.Backends;
using Gateway.Catalog;

namespace Gateway.Actors.Sessions;

/// <summary>The sessions of this node, as pg_stat_activity shows them. Thread-safe.</summary>
public sealed class SessionDirectory(IDatabases databases) : ISessionDirectory
{
    private readonly ConcurrentDictionary<int, (SessionState State, IActorRef Session)> _sessions = new();

    public IReadOnlyList<SessionEntry> Sessions => [.. _sessions.Values.Select(entry => entry.State.ToEntry()).OrderBy(entry => entry.ProcessId)];

    public IReadOnlyList<string> Databases => databases.Names;

    public void Add(SessionState state, IActorRef session) => _sessions[state.ProcessId] = (state, session);

    public void Remove(int processId) => _sessions.TryRemove(processId, out _);

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
