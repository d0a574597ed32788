using Akka.Actor;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>What the time-outs of a session's settings mean for what happens in it. A session without any has no clock.</summary>
/// <remarks>Used by the conversation and its run; only <see cref="Rung"/> is called from the mailbox.</remarks>
internal sealed class SessionTimeouts(SessionState state, IActorRef session)
{
    private SessionClock? _clock;
    private int _transactions;
    private bool _idle;
    private volatile bool _idleTooLong;

    /// <summary>ReadyForQuery was the last that was said, by either side.</summary>
    public bool IsAtRest { get; private set; }

    private SessionClock Clock => _clock ??= new SessionClock(session);

    public void Started(long run)
    {
        if (state.Settings.StatementTimeout is var timeout && timeout > TimeSpan.Zero) Clock.Statement(run, timeout);
    }

    public void TransactionBegins()
    {
        if (state.Settings.TransactionTimeout is var timeout && timeout > TimeSpan.Zero) Clock.Transaction(timeout);
    }

    /// <summary>ReadyForQuery is about to be sent.</summary>
    public void Ready(TransactionStatus status)
    {
        IsAtRest = true;
        var limit = state.Settings.TransactionTimeout;
        if (_clock is null && limit == TimeSpan.Zero) return;
        var another = _transactions != state.Transactions;
        _transactions = state.Transactions;
        if (status == TransactionStatus.Idle || limit == TimeSpan.Zero) _clock?.NoTransaction();
        else if (another || !Clock.HasTransaction) Clock.Transaction(limit);
    }

    /// <summary>The client is waited for.</summary>
    public void Waiting(TransactionStatus status)
    {
        if (!IsAtRest || _idle) return;
        var timeout = status == TransactionStatus.Idle ? state.Settings.IdleSessionTimeout : state.Settings.IdleInTransactionTimeout;
        if (timeout == TimeSpan.Zero) return;
        _idle = true;
        Clock.Idle(timeout);
    }

    /// <summary>The client has sent something.</summary>
    public void Heard()
    {
        IsAtRest = false;
        if (!_idle) return;
        _idle = false;
        Clock.NotIdle();
    }

    /// <summary>Why the session ends, when its client has been silent for too long.</summary>
    public PgException? IdleTooLong(TransactionStatus status)
    {
        if (!_idleTooLong) return null;
        _idleTooLong = false;
        if (!_idle || !Clock.IsIdleDue) return null;
        return status == TransactionStatus.Idle
            ? new PgException(SqlStates.IdleSessionTimeout, "terminating connection due to idle-session timeout", Reach.Connection)
            : new PgException(SqlStates.IdleInTransactionSessionTimeout, "terminating connection due to idle-in-transaction timeout", Reach.Connection);
    }

    /// <summary>The timer has rung. From the mailbox.</summary>
    public SessionClock.Due? Rung()
    {
        if (_clock?.Look() is not { } due) return null;
        if (due.Idle) _idleTooLong = true;
        return due;
    }
}
