using Akka.Actor;
using Gateway.Backends;

namespace Gateway.Actors.Pools;

/// <summary>Connections to one backend, lent to sessions. Thread-safe.</summary>
/// <remarks>
/// An idle connection is taken and given back here, under a lock that is held for a few instructions. Only when there is
/// none, or somebody waits, the <see cref="PoolActor"/> decides.
/// </remarks>
public sealed class Pool(IBackend backend, int max)
{
    private readonly Stack<IBackendConnection> _idle = new();
    private readonly Lock _lock = new();
    private int _open;
    private int _waiting;
    private bool _closed;

    public IBackend Backend { get; } = backend;

    public int Max { get; } = max;

    /// <summary>Set by the actor when it starts.</summary>
    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    public PoolView View(int opening)
    {
        lock (_lock) return new PoolView(_idle.Count, _open - _idle.Count, opening, _waiting, Max);
    }

    /// <summary>An idle connection, unless somebody else waits for one.</summary>
    public IBackendConnection? TryRent()
    {
        lock (_lock) return _waiting == 0 && _idle.TryPop(out var connection) ? connection : null;
    }

    /// <summary>First come, first served. Cancelling the returned request gives the place in the queue up.</summary>
    public LeaseRequest Request()
    {
        var request = new LeaseRequest();
        lock (_lock) _waiting++;
        Actor.Tell(request, ActorRefs.NoSender);
        return request;
    }

    /// <summary>The connection comes back, as new; a broken one is closed.</summary>
    public void Return(IBackendConnection connection)
    {
        if (!connection.IsBroken)
        {
            connection.Session = null;
            connection.Reset();
        }

        bool somebodyWaits;
        lock (_lock)
        {
            if (connection.IsBroken || _closed) _open--;
            else _idle.Push(connection);
            somebodyWaits = _waiting > 0;
        }

        if (connection.IsBroken || _closed) connection.Dispose();
        if (somebodyWaits) Actor.Tell(PoolActor.Nudge.Instance, ActorRefs.NoSender);
    }

    internal IBackendConnection? TakeForWaiter()
    {
        lock (_lock)
        {
            if (!_idle.TryPop(out var connection)) return null;
            _waiting--;
            return connection;
        }
    }

    internal void WaiterLeft()
    {
        lock (_lock) _waiting--;
    }

    internal void Opened(IBackendConnection connection)
    {
        lock (_lock)
        {
            _open++;
            if (!_closed)
            {
                _idle.Push(connection);
                return;
            }

            _open--;
        }

        connection.Dispose();
    }

    /// <summary>Closes what is idle; what is lent is closed when it comes back.</summary>
    internal void Close()
    {
        IBackendConnection[] idle;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
            _open -= idle.Length;
        }

        foreach (var connection in idle) connection.Dispose();
    }
}
