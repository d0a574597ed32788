using System.Data;
using System.Data.Common;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>
/// What is running can be a command, which a cancel stops in the gentlest way that works, or a step of the driver that has none
/// (begin, commit, rollback): that one ends when the connection is closed under it.
/// </remarks>
public sealed partial class IrisConnection
{
    // Guards what Cancel looks at.
    private readonly Lock _cancelLock = new();
    private object? _running;
    private DbCommand? _executing;
    private DbBatch? _executingBatch;
    private bool _stepping;
    private CancelLadder? _ladder;
    private volatile bool _cancelRequested;

    // Cancelled between its statements: the session is ending, and has no time to wait for the rollback.
    private volatile bool _isHurried;

    public void Cancel()
    {
        lock (_cancelLock)
        {
            if (_running is null && _executing is null && _executingBatch is null && !_stepping)
            {
                _isHurried = InTransaction;
                return;
            }

            _cancelRequested = true;
            _local.Canceled = true;
            Climb();
        }
    }

    public void ThrowIfCanceled()
    {
        if (_cancelRequested) throw IrisErrors.Canceled();
    }

    /// <summary>From here on a cancel is meant for this, or for what is part of it.</summary>
    internal void Enter(object run)
    {
        if (ReferenceEquals(_running, run)) return;
        lock (_cancelLock)
        {
            _running = run;

            // A cancel that came while the statement was on its way here found nothing running.
            _cancelRequested = Session is { IsCancelled: true };
            _local.Canceled = _cancelRequested;
            _isHurried = false;
        }
    }

    internal void Leave(object run)
    {
        if (ReferenceEquals(_running, run))
        {
            lock (_cancelLock)
            {
                _running = null;
                _cancelRequested = false;
                _local.Canceled = false;
            }
        }

        if (!InTransaction) _local.EndStatement();
    }

    /// <summary>From here on a cancel looks for this command.</summary>
    private void Begin(DbCommand command)
    {
        lock (_cancelLock)
        {
            ThrowIfCanceled();
            _executing = command;
        }
    }

    private void Begin(DbBatch batch)
    {
        lock (_cancelLock)
        {
            ThrowIfCanceled();
            _executingBatch = batch;
        }
    }

    private void End()
    {
        CancelLadder? ladder;
        lock (_cancelLock)
        {
            _executing = null;
            _executingBatch = null;
            _stepping = false;
            (ladder, _ladder) = (_ladder, null);
        }

        if (ladder?.End() == false) IsBroken = true;
        lock (_cancelLock)
        {
            if (_cancelRequested && _running is null) _local.Canceled = _cancelRequested = false;
        }
    }

    /// <summary>A step of a transaction that is no command. A commit that has been sent may have taken effect: it is never cancelled, only left.</summary>
    /// <param name="hurried">A cancel has been asked for already.</param>
    /// <returns>Why it failed, or null.</returns>
    private PgException? Step(Action step, bool hurried)
    {
        lock (_cancelLock)
        {
            _stepping = true;
            if (hurried) Climb();
        }

        var failure = Ended(step, null);
        return failure is not null && hurried ? IrisErrors.Canceled() : failure;
    }

    /// <summary>Runs what has been begun, to its end.</summary>
    private PgException? Ended(Action action, string? sql)
    {
        PgException? failure = null;
        try
        {
            action();
        }
        catch (Exception error)
        {
            failure = error as PgException ?? IrisErrors.Map(error, sql, null);
            if (IrisErrors.IsFatal(failure) || _connection.State != ConnectionState.Open) IsBroken = true;
        }

        var canceled = _cancelRequested;
        End();
        return failure is not null && canceled ? IrisErrors.Canceled() : failure;
    }

    // Under the lock.
    private void Climb()
    {
        if (_executing is { } command) _ladder ??= new CancelLadder(command.Cancel, CancelQuery(), _connection.Close);
        else if (_executingBatch is { } batch) _ladder ??= new CancelLadder(batch.Cancel, CancelQuery(), _connection.Close);
        else if (_stepping) _ladder ??= new CancelLadder(null, null, _connection.Close);
    }

    /// <summary>What its session runs now is to stop.</summary>
    private bool IsCancelled => _cancelRequested || Session is { IsCancelled: true };
}
