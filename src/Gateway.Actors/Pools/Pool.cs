using Akka.Actor;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>Connections to one instance with one login, lent to sessions. Thread-safe.</summary>
/// <remarks>
/// An idle connection is taken and given back here, under a lock that is held for a few instructions. Who finds none waits
/// in line; the <see cref="PoolActor"/> opens connections for those who wait, and closes what has been idle for too long.
/// What may block (a reset, a close, a check) is done on the backend's threads when the instance is remote.
/// </remarks>
public sealed partial class Pool
{
    // The last is the one used last: few connections are in use when few are needed, and the others grow old.
    private readonly List<PooledConnection> _idle = [];
    private readonly LinkedList<LeaseRequest> _waiters = [];
    private readonly long[] _closedBy = new long[Enum.GetValues<CloseReason>().Length];
    private readonly Lock _lock = new();
    private readonly BackendThreads _threads;
    private readonly long _checkAfter;
    private int _open;
    private int _opening;
    private int _checking;
    private long _opened;
    private bool _closed;

    public Pool(string database, IInstance instance, InstanceConnections connections, Login? login, PoolOptions options, BackendThreads threads)
    {
        (Database, Instance, Connections, Login, _threads) = (database, instance, connections, login, threads);
        Options = login is null ? options : OfOneUser(options);
        Name = login is null ? $"{database}@{instance.Name}" : $"{database}@{instance.Name} of {login.User}";
        _checkAfter = instance.IsRemote && options.CheckAfter > TimeSpan.Zero ? (long)options.CheckAfter.TotalMilliseconds : long.MaxValue;
        connections.Join(this);
    }

    public string Name { get; }

    public string Database { get; }

    public IInstance Instance { get; }

    public InstanceConnections Connections { get; }

    public Login? Login { get; }

    public PoolOptions Options { get; }

    /// <summary>Connections lent plus sessions that wait, for balancing: read without the lock.</summary>
    public int Load => Volatile.Read(ref _open) - _idle.Count + _waiters.Count;

    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>An idle connection, unless somebody else waits for one or it has to be checked.</summary>
    public PooledConnection? TryRent()
    {
        lock (_lock)
        {
            var last = _idle.Count - 1;
            if (last < 0 || _waiters.Count > 0 || IsStale(_idle[last])) return null;
            var connection = _idle[last];
            _idle.RemoveAt(last);
            return connection;
        }
    }

    /// <summary>First come, first served.</summary>
    public LeaseRequest Request()
    {
        var request = new LeaseRequest(this, Environment.TickCount64);
        lock (_lock)
        {
            if (_closed) request.Refuse(PoolErrors.Closing());
            else _waiters.AddLast(request.Place);
        }

        Serve();
        Actor.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
        return request;
    }

    /// <summary>The connection comes back, as new; a broken one is closed.</summary>
    public void Return(PooledConnection connection)
    {
        if (!Instance.IsRemote || BackendThreads.IsCurrent || connection.Connection is { IsClean: true, IsBroken: false }) TakeBack(connection);
        else TakeBackElsewhere(connection);
    }

    private void TakeBackElsewhere(PooledConnection connection) => _threads.Post(() => TakeBack(connection));

    private void TakeBack(PooledConnection connection) => Put(connection, TryReset(connection.Connection) ? null : CloseReason.Broken);

    private static bool TryReset(IBackendConnection connection)
    {
        if (connection.IsBroken) return false;
        try
        {
            connection.Reset();
            connection.Session = null;
            return !connection.IsBroken;
        }
        catch (Exception)
        {
            // Whatever it was: the connection cannot be trusted any more.
            return false;
        }
    }

    /// <summary>The connection is nobody's: for the next who waits, or to be closed.</summary>
    /// <param name="isProven">It has just answered, whatever is said of its instance: asking it again would never end.</param>
    private void Put(PooledConnection connection, CloseReason? reason, bool isProven = false)
    {
        var now = Environment.TickCount64;
        bool waiters;
        lock (_lock)
        {
            reason ??= _closed ? CloseReason.PoolClosed
                : connection.RetireAt <= now ? CloseReason.Lifetime
                : Connections.Promise(this, _waiters.First?.Value.Since ?? long.MaxValue) ? CloseReason.Room
                : null;
            if (reason is null)
            {
                connection.IdleSince = Connections.IsOut && !isProven ? long.MinValue / 2 : now;
                _idle.Add(connection);
            }

            waiters = _waiters.Count > 0;
        }

        if (reason is { } why) Close(connection, why);
        else if (waiters) Hand();
    }

    /// <summary>To those who wait; if it must be checked first, its actor sees to that.</summary>
    private void Hand()
    {
        if (!Serve()) Actor.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
    }

    /// <summary>Gives what is idle to those who wait, in order.</summary>
    /// <returns>False when somebody waits and what is idle must be checked.</returns>
    internal bool Serve()
    {
        while (true)
        {
            LeaseRequest waiter;
            PooledConnection connection;
            bool closed;
            lock (_lock)
            {
                if (_waiters.Count == 0 || _idle.Count == 0) return true;
                connection = _idle[^1];
                if (IsStale(connection)) return false;
                _idle.RemoveAt(_idle.Count - 1);
                waiter = _waiters.First!.Value;
                _waiters.RemoveFirst();
            }

            if (waiter.TryGrant(connection)) continue;

            // Given up in this very moment.
            lock (_lock)
            {
                closed = _closed;
                if (!closed) _idle.Add(connection);
            }

            if (closed) Close(connection, CloseReason.PoolClosed);
        }
    }

    internal void Leave(LeaseRequest request)
    {
        lock (_lock)
        {
            if (request.Place.List is not null) _waiters.Remove(request.Place);
        }
    }

    private bool IsStale(PooledConnection connection) =>
        _checkAfter != long.MaxValue && Environment.TickCount64 - connection.IdleSince >= _checkAfter;

    private void Close(PooledConnection connection, CloseReason reason)
    {
        if (Instance.IsRemote) _threads.Run(() => CloseNow(connection, reason));
        else CloseNow(connection, reason);
    }

    private void CloseNow(PooledConnection connection, CloseReason reason)
    {
        Dispose(connection.Connection);
        if (Instance.IsRemote) Connections.Remove(connection);
        lock (_lock)
        {
            _open--;
            _closedBy[(int)reason]++;
        }

        Connections.Closed(reason);
        Actor.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
    }

    internal static void Dispose(IBackendConnection connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception)
        {
            // It is gone either way.
        }
    }

    // Nobody else can use what is left of such a pool, so nothing is kept ready in it.
    private static PoolOptions OfOneUser(PoolOptions options) => options with
    {
        MinIdle = 0,
        IdleTimeout = options.IdleTimeout > TimeSpan.Zero ? options.IdleTimeout : TimeSpan.FromMinutes(5),
    };
}
