using System.Diagnostics;

namespace Gateway.Backends.Embedded;

/// <summary>How a wait for the gate ended.</summary>
internal enum Entry
{
    Granted,
    TimedOut,
    Canceled,
}

/// <summary>One writer per database, in order of arrival: SQLite itself would let writers spin and starve each other.</summary>
internal sealed class WriteGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private bool _held;

    public int Waiting
    {
        get { lock (_lock) return _waiters.Count; }
    }

    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_held) return false;
            return _held = true;
        }
    }

    /// <param name="timeout">Zero for no limit.</param>
    public Entry Enter(Waiter waiter, TimeSpan timeout)
    {
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            if (!_held)
            {
                _held = true;
                return Entry.Granted;
            }

            place = _waiters.AddLast(waiter);
        }

        var woken = waiter.Wait(timeout);
        lock (_lock)
        {
            // The grant may have come while we were giving up: then it counts.
            if (waiter.Granted) return Entry.Granted;
            _waiters.Remove(place);
        }

        return woken ? Entry.Canceled : Entry.TimedOut;
    }

    public void Exit()
    {
        lock (_lock)
        {
            Debug.Assert(_held, "the gate is left by who holds it");
            if (_waiters.First is not { } next)
            {
                _held = false;
                return;
            }

            // Handed over, never opened: nobody overtakes the queue.
            _waiters.RemoveFirst();
            next.Value.Grant();
        }
    }

    /// <summary>One wait; used once.</summary>
    public sealed class Waiter
    {
        private readonly ManualResetEventSlim _event = new(false, spinCount: 50);

        public bool Granted { get; private set; }

        public void Cancel() => _event.Set();

        internal void Grant()
        {
            Granted = true;
            _event.Set();
        }

        internal bool Wait(TimeSpan timeout) => _event.Wait(timeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : timeout);
    }
}
