using Akka.Actor;

namespace Gateway.Actors.Sessions;

/// <summary>Until when a session may go on as it does now. Set by its conversation, looked at by its mailbox. Thread-safe.</summary>
/// <remarks>
/// One timer for everything, which is not moved when a deadline is: it rings too early, finds nothing due and is set anew. So
/// statements that end in time cost no message, however many there are.
/// </remarks>
internal sealed class SessionClock(IActorRef session)
{
    private const long Never = long.MaxValue;

    private readonly Lock _lock = new();
    private long _statement = Never;
    private long _run;
    private long _idle = Never;
    private long _transaction = Never;
    private long _rings = Never;

    public bool HasTransaction => Volatile.Read(ref _transaction) != Never;

    /// <summary>A run has begun.</summary>
    public void Statement(long run, TimeSpan timeout)
    {
        lock (_lock)
        {
            _run = run;
            Ring(_statement = At(timeout));
        }
    }

    /// <summary>The client has its answer, and nothing is to be done until it sends more.</summary>
    public void Idle(TimeSpan timeout)
    {
        lock (_lock) Ring(_idle = At(timeout));
    }

    public void NotIdle()
    {
        lock (_lock) _idle = Never;
    }

    /// <summary>Asked by the conversation, which alone knows whether something has come from the client in the meantime.</summary>
    public bool IsIdleDue
    {
        get { lock (_lock) return _idle <= Environment.TickCount64; }
    }

    public void Transaction(TimeSpan timeout)
    {
        lock (_lock) Ring(_transaction = At(timeout));
    }

    public void NoTransaction()
    {
        lock (_lock) _transaction = Never;
    }

    /// <summary>The timer has rung.</summary>
    public Due Look()
    {
        lock (_lock)
        {
            var now = Environment.TickCount64;
            var due = new Due(_statement <= now ? _run : null, _idle <= now, _transaction <= now, null);
            if (due.Statement is not null) _statement = Never;
            if (due.Transaction) _transaction = Never;
            _rings = Math.Min(Math.Min(_statement, _transaction), due.Idle ? Never : _idle);
            return due with { RingIn = _rings == Never ? null : TimeSpan.FromMilliseconds(_rings - now) };
        }
    }

    private static long At(TimeSpan timeout) => Environment.TickCount64 + (long)timeout.TotalMilliseconds;

    private void Ring(long at)
    {
        if (at >= _rings) return;
        _rings = at;
        session.Tell(new SetAlarm(TimeSpan.FromMilliseconds(at - Environment.TickCount64)), ActorRefs.NoSender);
    }

    /// <param name="Statement">The run whose time is over.</param>
    /// <param name="RingIn">When to look again.</param>
    public readonly record struct Due(long? Statement, bool Idle, bool Transaction, TimeSpan? RingIn);
}
