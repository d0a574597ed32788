using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <remarks>What the <see cref="PoolActor"/> needs: the view, opens and checks, and what time does to waiters and connections.</remarks>
public sealed partial class Pool
{
    /// <param name="warm">Whether to have connections that nobody has asked for.</param>
    internal PoolView View(bool warm)
    {
        lock (_lock) return ViewNow(warm);
    }

    public PoolStatus Status()
    {
        lock (_lock)
        {
            var wait = _waiters.First is { } first ? Environment.TickCount64 - first.Value.Since : 0;
            return new PoolStatus(
                Database, Instance.Name, Login?.User, Options.Mode, _idle.Count, _open - _idle.Count, _opening, _waiters.Count, Options.Size,
                TimeSpan.FromMilliseconds(wait), _opened, [.. _closedBy]);
        }
    }

    /// <summary>Nobody has anything of it, or waits for it.</summary>
    internal bool IsEmpty
    {
        get { lock (_lock) return _open + _opening + _waiters.Count == 0; }
    }

    /// <summary>Since when the connection is idle that has been so for longest; the largest number when none is.</summary>
    internal long IdleSince
    {
        get { lock (_lock) return _idle.Count > 0 ? _idle[0].IdleSince : long.MaxValue; }
    }

    private PoolView ViewNow(bool warm) =>
        new(_idle.Count, _open - _idle.Count, _opening, _opening + _checking, _waiters.Count, Options.Size)
        {
            IdleAreStale = _idle.Count > 0 && IsStale(_idle[^1]),
            Least = warm && !_closed && !Connections.IsOut ? Options.MinIdle : 0,
        };

    /// <summary>A place at the instance for another connection, to be followed by <see cref="Opened"/> or <see cref="OpenFailed"/>.</summary>
    internal InstanceMove TryOpen()
    {
        long? since;
        lock (_lock) since = _waiters.First?.Value.Since;
        var move = Connections.TryOpen(this, since);
        if (move == InstanceMove.Open)
            lock (_lock) _opening++;
        else if (move == InstanceMove.MakeRoom && since is not null)
            Connections.MakeRoom(this);
        return move;
    }

    internal void Opened(IBackendConnection connection)
    {
        Connections.Opened(isOpen: true);
        var life = IdleConnection.Lifetime(Options, Random.Shared.NextDouble());
        var retireAt = life == TimeSpan.MaxValue ? long.MaxValue : Environment.TickCount64 + (long)life.TotalMilliseconds;
        lock (_lock)
        {
            _opening--;
            _open++;
            _opened++;
        }

        var pooled = new PooledConnection(connection, retireAt);
        if (Instance.IsRemote) Connections.Add(pooled);
        Put(pooled, null, isProven: true);
    }

    /// <summary>The first in line is told why; all are when the instance cannot be reached and nothing else is open.</summary>
    /// <param name="late">What has not ended yet: its place at the instance is free when it does.</param>
    internal void OpenFailed(PgException why, Task<IBackendConnection>? late)
    {
        Connections.Opened(isOpen: late is not null);
        late?.ContinueWith(
            open =>
            {
                if (open.IsCompletedSuccessfully) Dispose(open.Result);
                else _ = open.Exception;
                Connections.Closed(CloseReason.Dead);
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);

        var refused = new List<LeaseRequest>();
        lock (_lock)
        {
            _opening--;
            var all = PoolErrors.IsUnreachable(why) && _open == 0;
            while (_waiters.First is { } first && (all || refused.Count == 0))
            {
                refused.Add(first.Value);
                _waiters.RemoveFirst();
            }
        }

        foreach (var waiter in refused) waiter.Refuse(why);
    }

    /// <summary>An idle connection to be asked whether it lives; to be followed by <see cref="Checked"/>.</summary>
    internal PooledConnection? TakeForCheck()
    {
        lock (_lock)
        {
            if (_idle.Count == 0) return null;
            var connection = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            _checking++;
            return connection;
        }
    }

    /// <param name="late">A check that has not come back: the connection is closed when it does.</param>
    internal void Checked(PooledConnection connection, bool isAlive, Task? late)
    {
        lock (_lock) _checking--;
        if (late is null) Put(connection, isAlive ? null : CloseReason.Dead, isProven: true);
        else late.ContinueWith(_ => Close(connection, CloseReason.Dead), TaskScheduler.Default);
    }

    /// <summary>Refuses who has waited too long and closes what was idle for too long.</summary>
    /// <returns>When to look again, in ticks as <paramref name="now"/>; the largest number for never.</returns>
    internal long Tend(long now)
    {
        List<LeaseRequest>? refused = null;
        List<(PooledConnection Connection, CloseReason Reason)>? closing = null;
        PoolView view;
        long next;
        lock (_lock)
        {
            var patience = (long)Options.QueueTimeout.TotalMilliseconds;
            while (patience > 0 && _waiters.First is { } first && first.Value.Since + patience <= now)
            {
                (refused ??= []).Add(first.Value);
                _waiters.RemoveFirst();
            }

            // Those at the beginning have been idle for longest.
            for (var i = 0; i < _idle.Count;)
            {
                if (AgeOf(_idle[i], now).Verdict(Options, _open - (closing?.Count ?? 0)) is not { } reason)
                {
                    i++;
                    continue;
                }

                (closing ??= []).Add((_idle[i], reason));
                _idle.RemoveAt(i);
            }

            view = ViewNow(warm: false);
            next = NextLook(now);
        }

        if (refused is not null)
            foreach (var waiter in refused) waiter.Refuse(PoolErrors.Waited(Name, Options, view, Connections.Now));
        if (closing is not null)
            foreach (var (connection, reason) in closing) Close(connection, reason);
        return next;
    }

    /// <summary>The instance does not answer: what is idle cannot be of use.</summary>
    internal void DropIdle() => CloseIdle(CloseReason.InstanceOut, int.MaxValue);

    /// <summary>Closes the connection that was idle for longest, for another pool; false when none is.</summary>
    internal bool CloseIdle() => CloseIdle(CloseReason.Room, 1) == 1;

    /// <summary>Closes what is idle and refuses who waits; what is lent is closed when it comes back.</summary>
    internal void Close()
    {
        LeaseRequest[] waiters;
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        Connections.Quit(this);
        CloseIdle(CloseReason.PoolClosed, int.MaxValue);
        foreach (var waiter in waiters) waiter.Refuse(PoolErrors.Closing());
    }

    private int CloseIdle(CloseReason reason, int most)
    {
        List<PooledConnection> closing;
        lock (_lock)
        {
            closing = _idle.GetRange(0, Math.Min(most, _idle.Count));
            _idle.RemoveRange(0, closing.Count);
        }

        foreach (var connection in closing) Close(connection, reason);
        return closing.Count;
    }

    private long NextLook(long now)
    {
        var next = long.MaxValue;
        if (_waiters.First is { } first && Options.QueueTimeout > TimeSpan.Zero)
            next = first.Value.Since + (long)Options.QueueTimeout.TotalMilliseconds;

        // What is lent now may come back at once, and nobody tells.
        if (_open > Options.MinIdle && Options.IdleTimeout > TimeSpan.Zero)
            next = Math.Min(next, (_idle.Count > 0 ? _idle[0].IdleSince : now) + (long)Options.IdleTimeout.TotalMilliseconds);
        if (_open > 0 && Options.Lifetime > TimeSpan.Zero)
            next = Math.Min(next, now + (long)(Options.Lifetime / 10).TotalMilliseconds);
        if (_open + _opening < Options.MinIdle) next = Math.Min(next, now + 1000);
        return next;
    }

    private static IdleConnection AgeOf(PooledConnection connection, long now) => new(
        TimeSpan.FromMilliseconds(Math.Min(now - connection.IdleSince, int.MaxValue)),
        connection.RetireAt == long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(connection.RetireAt - now));
}
