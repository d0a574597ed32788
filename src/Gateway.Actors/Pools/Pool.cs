using Akka.Actor;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>Connections to one instance with one login, lent to sessions. Thread-safe.</summary>
/// <remarks>
/// An idle connection is taken and given back here, under a lock that is held for a few instructions. Who finds none waits
/// in line; the <see cref="PoolActor"/> opens connections for those who wait.
/// </remarks>
public sealed class Pool(IInstance instance, Login? login, PoolOptions options)
{
    private readonly Stack<IBackendConnection> _idle = new();
    private readonly LinkedList<LeaseRequest> _waiters = [];
    private readonly Lock _lock = new();
    private int _open;
    private bool _closed;

    public IInstance Instance { get; } = instance;

    public Login? Login { get; } = login;

    public PoolOptions Options { get; } = options;

    /// <summary>Connections lent plus sessions that wait, for balancing: read without the lock.</summary>
    public int Load => Volatile.Read(ref _open) - _idle.Count + _waiters.Count;

    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>An idle connection, unless somebody else waits for one.</summary>
    public IBackendConnection? TryRent()
    {
        lock (_lock) return _waiters.Count == 0 && _idle.TryPop(out var connection) ? connection : null;
    }

    /// <summary>First come, first served.</summary>
    public LeaseRequest Request()
    {
        var request = new LeaseRequest(this);
        lock (_lock)
        {
            if (_closed) request.Refuse(Closing());
            else _waiters.AddLast(request);
        }

        Serve();
        Actor.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
        return request;
    }

    /// <summary>The connection comes back, as new; a broken one is closed.</summary>
    public void Return(IBackendConnection connection)
    {
        var usable = TryReset(connection);
        bool keep;
        bool waiters;
        lock (_lock)
        {
            keep = usable && !_closed;
            if (keep) _idle.Push(connection);
            else _open--;
            waiters = _waiters.Count > 0;
        }

        if (!keep) connection.Dispose();
        if (!waiters) return;
        Serve();
        if (!keep) Actor.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
    }

    private static bool TryReset(IBackendConnection connection)
    {
        if (connection.IsBroken) return false;
        try
        {
            connection.Reset();
            connection.Session = null;
            return !connection.IsBroken;
        }
        catch (PgException)
        {
            return false;
        }
    }

    internal PoolView View(int opening)
    {
        lock (_lock) return new PoolView(_idle.Count, _open - _idle.Count, opening, _waiters.Count, Options.Size);
    }

    /// <summary>Gives what is idle to those who wait, in order.</summary>
    internal void Serve()
    {
        while (true)
        {
            LeaseRequest waiter;
            IBackendConnection connection;
            lock (_lock)
            {
                if (_waiters.Count == 0 || !_idle.TryPop(out connection!)) return;
                waiter = _waiters.First!.Value;
                _waiters.RemoveFirst();
            }

            if (waiter.TryGrant(connection)) continue;

            // Given up in this very moment.
            bool closed;
            lock (_lock)
            {
                closed = _closed;
                if (closed) _open--;
                else _idle.Push(connection);
            }

            if (closed) connection.Dispose();
        }
    }

    internal void Opened(IBackendConnection connection)
    {
        lock (_lock) _open++;
        Return(connection);
    }

    /// <summary>An open failed: the first in line is told why.</summary>
    internal void Refuse(PgException why)
    {
        LeaseRequest waiter;
        lock (_lock)
        {
            if (_waiters.Count == 0) return;
            waiter = _waiters.First!.Value;
            _waiters.RemoveFirst();
        }

        waiter.Refuse(why);
    }

    internal void Leave(LeaseRequest request)
    {
        lock (_lock) _waiters.Remove(request);
    }

    /// <summary>Closes what is idle and refuses who waits; what is lent is closed when it comes back.</summary>
    internal void Close()
    {
        IBackendConnection[] idle;
        LeaseRequest[] waiters;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            waiters = [.. _waiters];
            _idle.Clear();
            _waiters.Clear();
            _open -= idle.Length;
        }

        foreach (var connection in idle) connection.Dispose();
        foreach (var waiter in waiters) waiter.Refuse(Closing());
    }

    private static PgException Closing() => new(SqlStates.AdminShutdown, "the pool is closing", Reach.Connection);
}
