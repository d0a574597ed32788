using Akka.Actor;

namespace Gateway.Actors.Pools;

/// <summary>What the pools of one instance share: how many connections there may be, and who opens the next. Thread-safe.</summary>
public sealed class InstanceConnections(int max = 0)
{
    /// <summary>Milliseconds that others may wait longer than one's own, before a connection is closed for them: an open is not free.</summary>
    private const int Patience = 500;

    private readonly Lock _lock = new();
    private readonly List<Pool> _pools = [];

    // Lent, idle and being closed, of pools that are gone too.
    private readonly HashSet<PooledConnection> _all = [];

    // Pools that want to open, in the order they came. The first is told when it may try again.
    private readonly LinkedList<(Pool Pool, long Since)> _line = [];
    private int _max = max;
    private int _open;
    private int _opening;

    // Connections that are being closed for those in line.
    private int _promised;
    private long _wanted = long.MaxValue;
    private volatile bool _isOut;

    /// <summary>The instance does not answer: what is idle is closed, and what comes back is not lent unchecked.</summary>
    public bool IsOut
    {
        get => _isOut;
        internal set
        {
            if (_isOut == value) return;
            _isOut = value;
            if (value)
                foreach (var pool in Pools()) pool.DropIdle();
        }
    }

    public InstanceView Now
    {
        get { lock (_lock) return View; }
    }

    private InstanceView View => new(_open, _opening, _max);

    internal void SetMax(int value)
    {
        IActorRef next;
        lock (_lock)
        {
            _max = value;
            next = Next();
        }

        Tell(next);
    }

    internal void Join(Pool pool)
    {
        lock (_lock) _pools.Add(pool);
    }

    /// <summary>The pool is gone; its connections are told one by one.</summary>
    internal void Quit(Pool pool)
    {
        lock (_lock) _pools.Remove(pool);
        Leave(pool);
    }

    /// <summary>Takes a place for a connection, or stands in line for one.</summary>
    /// <param name="since">Since when somebody waits; null when nobody does, and then nobody stands in line.</param>
    internal InstanceMove TryOpen(Pool pool, long? since)
    {
        lock (_lock)
        {
            var move = View.Next();
            if (move == InstanceMove.Open && (_line.First is not { } first || ReferenceEquals(first.Value.Pool, pool)))
            {
                Remove(pool);
                _open++;
                _opening++;
                Next();
                return InstanceMove.Open;
            }

            if (since is { } time) Stand(pool, time);
            Next();
            return move == InstanceMove.Open ? InstanceMove.WaitForLogins : move;
        }
    }

    /// <summary>The pool no longer wants to open.</summary>
    internal void Leave(Pool pool)
    {
        IActorRef next;
        lock (_lock)
        {
            if (!Remove(pool)) return;
            next = Next();
        }

        Tell(next);
    }

    /// <param name="isOpen">False for one that failed, which then takes no place any more.</param>
    internal void Opened(bool isOpen)
    {
        IActorRef next;
        lock (_lock)
        {
            _opening--;
            if (!isOpen) _open--;
            next = Next();
        }

        Tell(next);
    }

    internal void Add(PooledConnection connection)
    {
        lock (_lock) _all.Add(connection);
    }

    internal void Remove(PooledConnection connection)
    {
        lock (_lock) _all.Remove(connection);
    }

    /// <summary>Those with a call that has waited for the server for so long.</summary>
    internal List<PooledConnection> Stuck(TimeSpan time)
    {
        var before = Environment.TickCount64 - (long)time.TotalMilliseconds;
        lock (_lock) return [.. _all.Where(connection => !connection.IsSevered && connection.Connection.WaitingSince <= before)];
    }

    internal void Closed(CloseReason reason)
    {
        IActorRef next;
        lock (_lock)
        {
            _open--;
            if (reason == CloseReason.Room) _promised--;
            next = Next();
        }

        Tell(next);
    }

    /// <summary>Has the connection closed that was idle for longest, of another pool than that.</summary>
    internal void MakeRoom(Pool needy)
    {
        var victim = Pools().Where(pool => !ReferenceEquals(pool, needy)).MinBy(pool => pool.IdleSince);
        if (victim is not null && victim.IdleSince < long.MaxValue && Promise(victim, long.MaxValue) && !victim.CloseIdle()) Unpromise();
    }

    /// <summary>Whether a pool is to close a connection that came back, instead of keeping it.</summary>
    /// <param name="since">Since when its own first waiter waits; the largest number when nobody does.</param>
    internal bool Promise(Pool pool, long since)
    {
        if (Volatile.Read(ref _wanted) >= since) return false;
        lock (_lock)
        {
            if (!View.IsFull || _line.Count <= _promised || FirstBut(pool) is not { } others) return false;
            if (since != long.MaxValue && others + Patience >= since) return false;
            _promised++;
            Next();
            return true;
        }
    }

    private void Unpromise()
    {
        lock (_lock)
        {
            _promised--;
            Next();
        }
    }

    /// <summary>Who may try again; and what is wanted from now on.</summary>
    private IActorRef Next()
    {
        var first = _line.First;
        Volatile.Write(ref _wanted, first is not null && View.IsFull && _line.Count > _promised ? first.Value.Since : long.MaxValue);
        return first is not null && View.Next() == InstanceMove.Open ? first.Value.Pool.Actor : ActorRefs.Nobody;
    }

    private Pool[] Pools()
    {
        lock (_lock) return [.. _pools];
    }

    private void Stand(Pool pool, long since)
    {
        if (Find(pool) is { } node) node.Value = (pool, since);
        else _line.AddLast((pool, since));
    }

    private long? FirstBut(Pool pool)
    {
        foreach (var (waiting, since) in _line)
            if (!ReferenceEquals(waiting, pool)) return since;
        return null;
    }

    private LinkedListNode<(Pool Pool, long Since)>? Find(Pool pool)
    {
        for (var node = _line.First; node is not null; node = node.Next)
            if (ReferenceEquals(node.Value.Pool, pool)) return node;
        return null;
    }

    private bool Remove(Pool pool)
    {
        if (Find(pool) is not { } node) return false;
        _line.Remove(node);
        return true;
    }

    private static void Tell(IActorRef pool) => pool.Tell(PoolActor.Look.Instance, ActorRefs.NoSender);
}
