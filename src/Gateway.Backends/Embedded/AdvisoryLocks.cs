using System.Diagnostics;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>A key as pg_locks tells them apart: one bigint, or a pair of integers.</summary>
internal readonly record struct AdvisoryKey(bool IsPair, long Value);

/// <summary>The advisory locks of one database on this node. They belong to sessions, not to connections.</summary>
internal sealed class AdvisoryLocks
{
    /// <summary>deadlock_timeout's default: how long a wait lasts before it is looked at.</summary>
    private static readonly TimeSpan DeadlockTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How often a wait looks whether its statement was cancelled.</summary>
    private const int PollMilliseconds = 20;

    private readonly object _gate = new();
    private readonly Dictionary<AdvisoryKey, List<Holding>> _held = [];
    private readonly Dictionary<int, (AdvisoryKey Key, bool Shared)> _waiting = [];

    private sealed class Holding(int session, bool shared, bool transaction)
    {
        public int Session { get; } = session;

        public bool Shared { get; } = shared;

        public bool Transaction { get; } = transaction;

        public int Count { get; set; }
    }

    public bool TryTake(AdvisoryKey key, int session, bool shared, bool transaction)
    {
        lock (_gate)
        {
            if (Conflicts(key, session, shared).Any()) return false;
            Add(key, session, shared, transaction);
            return true;
        }
    }

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="timeout">lock_timeout; zero for no limit.</param>
    /// <exception cref="PgException">57014, 55P03 after <paramref name="timeout"/>, 40P01 when the wait could not end.</exception>
    public void Take(AdvisoryKey key, int session, bool shared, bool transaction, TimeSpan timeout, Action throwIfCanceled)
    {
        var started = Stopwatch.GetTimestamp();
        var looked = false;
        lock (_gate)
        {
            try
            {
                while (Conflicts(key, session, shared).Any())
                {
                    _waiting[session] = (key, shared);
                    throwIfCanceled();
                    var waited = Stopwatch.GetElapsedTime(started);
                    if (timeout > TimeSpan.Zero && waited >= timeout)
                        throw new PgException(SqlStates.LockNotAvailable, "canceling statement due to lock timeout");
                    if (!looked && waited >= DeadlockTimeout)
                    {
                        looked = true;
                        if (IsInCycle(session)) throw new PgException("40P01", "deadlock detected");
                    }

                    Monitor.Wait(_gate, PollMilliseconds);
                }

                Add(key, session, shared, transaction);
            }
            finally
            {
                _waiting.Remove(session);
            }
        }
    }

    /// <summary>Takes one lock of the session's own back; false when it has none. Those of a transaction stay.</summary>
    public bool Release(AdvisoryKey key, int session, bool shared)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(key, out var holdings)) return false;
            var own = holdings.Find(holding => holding.Session == session && holding.Shared == shared && !holding.Transaction);
            if (own is null) return false;
            if (--own.Count == 0) RemoveWhere(holding => ReferenceEquals(holding, own));
            return true;
        }
    }

    /// <summary>pg_advisory_unlock_all.</summary>
    public void ReleaseSession(int session) => Remove(holding => holding.Session == session && !holding.Transaction);

    public void ReleaseTransaction(int session) => Remove(holding => holding.Session == session && holding.Transaction);

    private void Remove(Predicate<Holding> which)
    {
        lock (_gate) RemoveWhere(which);
    }

    private void RemoveWhere(Predicate<Holding> which)
    {
        var removed = 0;
        foreach (var (key, holdings) in _held)
        {
            removed += holdings.RemoveAll(which);
            if (holdings.Count == 0) _held.Remove(key);
        }

        if (removed > 0) Monitor.PulseAll(_gate);
    }

    private IEnumerable<int> Conflicts(AdvisoryKey key, int session, bool shared) => _held.TryGetValue(key, out var holdings)
        ? holdings.Where(holding => holding.Session != session && !(shared && holding.Shared)).Select(holding => holding.Session)
        : [];

    private void Add(AdvisoryKey key, int session, bool shared, bool transaction)
    {
        if (!_held.TryGetValue(key, out var holdings)) _held.Add(key, holdings = []);
        var own = holdings.Find(holding => holding.Session == session && holding.Shared == shared && holding.Transaction == transaction);
        if (own is null) holdings.Add(own = new Holding(session, shared, transaction));
        own.Count++;
    }

    /// <summary>The sessions whose locks a session waits for; none when it does not wait.</summary>
    public IReadOnlyList<int> HoldersBefore(int session)
    {
        lock (_gate) return _waiting.TryGetValue(session, out var wait) ? [.. Conflicts(wait.Key, session, wait.Shared).Distinct()] : [];
    }

    /// <summary>Those held and those waited for, for pg_locks.</summary>
    public IReadOnlyList<Gateway.Catalog.LockEntry> List(string database)
    {
        lock (_gate)
        {
            return
            [
                .. from lockOf in _held from holding in lockOf.Value select Entry(lockOf.Key, holding.Session, holding.Shared, granted: true),
                .. from waiter in _waiting select Entry(waiter.Value.Key, waiter.Key, waiter.Value.Shared, granted: false),
            ];
        }

        Gateway.Catalog.LockEntry Entry(AdvisoryKey key, int session, bool shared, bool granted) =>
            new(database, (uint)(key.Value >> 32), (uint)key.Value, key.IsPair, session, shared, granted);
    }

    /// <summary>Whether those the session waits for wait, in the end, for it.</summary>
    private bool IsInCycle(int session)
    {
        var seen = new HashSet<int>();
        var next = new Stack<int>([session]);
        while (next.TryPop(out var waiter))
        {
            if (!_waiting.TryGetValue(waiter, out var wait)) continue;
            foreach (var holder in Conflicts(wait.Key, waiter, wait.Shared))
            {
                if (holder == session) return true;
                if (seen.Add(holder)) next.Push(holder);
            }
        }

        return false;
    }
}
