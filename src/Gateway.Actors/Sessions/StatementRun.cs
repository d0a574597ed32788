using System.Runtime.CompilerServices;
using Gateway.Actors.Routing;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>Who a <see cref="StatementRun"/> reports to.</summary>
internal interface IRunOwner
{
    void Started(long run);

    /// <summary>No transaction was open, and what follows is one.</summary>
    void TransactionBegins();

    /// <summary>ReadyForQuery is about to be sent.</summary>
    void Ready();

    /// <summary>A run that had to wait is over. From any thread.</summary>
    void Ended();

    /// <summary>A failure that is nobody's error but ours. From any thread.</summary>
    void Unexpected(Exception cause);
}

/// <summary>
/// Runs statements: one portal, a script, or the end of a batch. At most one of them at a time, on the thread of its owner
/// until it has to wait; then it goes on elsewhere, its end is told, and the owner asks for the outcome with
/// <see cref="Finish"/>.
/// </summary>
internal sealed class StatementRun(
    SessionState state, SessionOutput output, Lease lease, LocalStatements local, SessionHost host, IRunOwner owner)
{
    // A statement that only reads is tried on so many instances when they die under it.
    private const int MaxAttempts = 3;

    private enum Work
    {
        None,
        Portal,
        Script,
        Commit,
        Rollback,
        Release,
    }

    // Guards what Cancel looks at, and keeps the lease from ending while it does.
    private readonly Lock _lock = new();

    // Held while a backend that may block is told to cancel: the connection is not given back meanwhile.
    private readonly Lock _cancelling = new();
    private readonly Action _ended = owner.Ended;
    private Work _work;
    private PgException? _cancelledForever;
    private PgException? _error;
    private long _number;
    private ValueTask _waiting;
    private BackendPortal _portal = null!;
    private ParsedScript _script = null!;
    private int _maxRows;
    private bool _alone;

    /// <summary>It waits for something: nothing else may run meanwhile.</summary>
    public bool IsRunning { get; private set; }

    /// <returns>True when it was done at once.</returns>
    public bool Start(BackendPortal portal, int maxRows, bool lastInBatch)
    {
        var tree = portal.Prepared.Source!.Tree;
        Begin(tree, portal.Prepared.Source.Script);
        if (portal.Prepared.Translation is null && !local.NeedsBackend(tree))
        {
            local.Run(portal.Prepared.Source, describe: false).GetAwaiter().GetResult();
            return true;
        }

        _portal = portal;
        _maxRows = maxRows;
        _alone = lastInBatch;
        return Go(Work.Portal);
    }

    public bool Start(ParsedScript script)
    {
        Begin(script.Statements[0].Tree, script);
        if (script.Statements.Length == 1 && script.Statements[0] is var single
            && LocalStatements.Answers(single.Tree) && !local.NeedsBackend(single.Tree))
        {
            local.Run(single, describe: true).GetAwaiter().GetResult();
            return true;
        }

        _script = script;
        return Go(Work.Script);
    }

    public bool EndBatch(bool failed)
    {
        if (!lease.IsImplicit)
        {
            if (!state.Block.IsOpen)
            {
                if (failed) state.RolledBack();
                else state.Committed();
            }

            if (lease.HasCursors && lease.MayBlock) return Go(Work.Release);
            lease.ReleaseIfFree();
            return true;
        }

        return Go(failed ? Work.Rollback : Work.Commit);
    }

    /// <summary>Stops what runs now. From any thread.</summary>
    /// <param name="run">Only that run: a time-out may come late.</param>
    /// <param name="done">Called when nothing of it is left to happen.</param>
    public void Cancel(PgException why, long? run = null, Action? done = null)
    {
        lock (_lock)
        {
            if (_work != Work.None && (run ?? _number) == _number)
            {
                state.Cancelled = why;
                lease.GiveUpWaiting(why);
                host.Intake?.Abort(why);
                output.Interrupt();
                if (lease.MayBlock)
                {
                    var number = _number;
                    lease.Threads.Post(() =>
                    {
                        CancelAtBackend(number);
                        done?.Invoke();
                    });
                    return;
                }

                lease.Connection?.Cancel();
            }
        }

        done?.Invoke();
    }

    private void CancelAtBackend(long run)
    {
        lock (_cancelling)
        {
            IBackendConnection? connection;
            lock (_lock)
            {
                if (_work == Work.None || run != _number) return;
                connection = lease.Connection;
            }

            try
            {
                connection?.Cancel();
            }
            catch (Exception error)
            {
                owner.Unexpected(error);
            }
        }
    }

    /// <summary>Stops what runs now and what would run later. From any thread.</summary>
    public void CancelForever(PgException why)
    {
        lock (_lock) _cancelledForever = why;
        Cancel(why);
    }

    /// <summary>The outcome of a run that had to wait: its error or null.</summary>
    public PgException? Finish()
    {
        IsRunning = false;
        _waiting.GetAwaiter().GetResult();
        return _error;
    }

    private void Begin(Statement first, ParsedScript? script)
    {
        if (state.Block.IsFailed && !LocalStatements.MayRunInFailedBlock(first)) state.Block.RequireUsable();
        var inTransaction = state.Block.IsOpen || lease.IsImplicit;
        state.BeginStatement(inTransaction, script);
        if (!inTransaction) owner.TransactionBegins();
        if (!state.Block.IsOpen) state.Settings.BeginTransaction();
    }

    private bool Go(Work work)
    {
        _error = null;
        lock (_lock)
        {
            _number++;
            _work = work;
            state.Cancelled = _cancelledForever;
        }

        owner.Started(_number);
        _waiting = RunToEnd();
        if (!_waiting.IsCompleted)
        {
            IsRunning = true;
            _waiting.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_ended);
            return false;
        }

        return Finish() is { } error ? throw error : true;
    }

    /// <summary>Never throws: the outcome is kept for <see cref="Finish"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunToEnd()
    {
        try
        {
            switch (_work)
            {
                case Work.Portal: await RunPortal().ConfigureAwait(false); break;
                case Work.Script: await RunScript().ConfigureAwait(false); break;
                case Work.Commit:
                    await lease.BeforeBlocking().ConfigureAwait(false);
                    Commit();
                    break;
                case Work.Rollback:
                    await lease.BeforeBlocking().ConfigureAwait(false);
                    Rollback();
                    break;
                case Work.Release:
                    await lease.BeforeBlocking().ConfigureAwait(false);
                    lease.ReleaseIfFree();
                    break;
            }
        }
        catch (Exception error)
        {
            _error = Explain(error);
            if (lease.IsImplicit) TryRollback();
        }

        bool ends;
        lock (_lock)
        {
            ends = _work is Work.Commit or Work.Rollback;
            _work = Work.None;
            state.Cancelled = null;
        }

        if (lease.MayBlock)
        {
            lock (_cancelling)
            {
                // A cancel that is on its way hits nobody else's statement.
            }
        }

        if (ends) lease.ReleaseIfFree();
    }

    /// <summary>Any failure as the client is to see it.</summary>
    public PgException Explain(Exception error) => error switch
    {
        PgException { SqlState: SqlStates.QueryCanceled } when state.Cancelled is { } why => why,
        PgException pg => pg,
        IOException or OperationCanceledException => ClientLost(),
        InsufficientExecutionStackException => new PgException(SqlStates.StatementTooComplex, "stack depth limit exceeded"),
        OutOfMemoryException => new PgException("53200", "out of memory"),
        _ => Unexpected(error),
    };

    private PgException Unexpected(Exception error)
    {
        owner.Unexpected(error);
        return new PgException(SqlStates.InternalError, $"internal error: {error.Message}", error);
    }

    private void Commit()
    {
        try
        {
            lease.Commit();
            state.Committed();
        }
        catch
        {
            TryRollback();
            state.RolledBack();
            throw;
        }
    }

    private void Rollback()
    {
        state.RolledBack();
        lease.Rollback();
    }

    private void TryRollback()
    {
        try
        {
            lease.Rollback();
        }
        catch (Exception)
        {
            // The first error is the one the client must see; the connection knows that it is broken.
        }
    }

    private async ValueTask RunPortal()
    {
        if (_portal.Prepared.Translation is null)
        {
            await local.Run(_portal.Prepared.Source!, describe: false, _portal).ConfigureAwait(false);
            return;
        }

        await RunTranslated(_portal, _maxRows, _alone).ConfigureAwait(false);
    }

    private async ValueTask RunScript()
    {
        var statements = _script.Statements;
        foreach (var statement in statements)
        {
            if (state.Cancelled is { } why) throw why;
            if (state.Block.IsFailed && !LocalStatements.MayRunInFailedBlock(statement.Tree)) state.Block.RequireUsable();
            if (LocalStatements.Answers(statement.Tree))
            {
                await local.Run(statement, describe: true).ConfigureAwait(false);
                continue;
            }

            var prepared = host.Prepare(statement, []);
            if (prepared.ParameterTypes.Count > 0)
                throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
            await RunOnce(prepared, null, alone: statements.Length == 1).ConfigureAwait(false);
        }
    }

    /// <summary>A statement from a simple query or EXECUTE: described, run to its end and forgotten.</summary>
    public async ValueTask RunOnce(Prepared prepared, ValueList? parameters, bool alone, bool describe = true)
    {
        using var portal = host.NewPortal(prepared);
        var translation = prepared.Translation!;
        if (parameters is not null) portal.Parameters.CopyFrom(parameters);
        if (translation.ReturnsRows)
        {
            portal.Encoder = translation.Result.TextEncoder;
            if (describe) output.Write(new RowDescription(translation.Result.Fields));
        }

        await RunTranslated(portal, 0, alone).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunTranslated(BackendPortal portal, int maxRows, bool alone)
    {
        var translation = portal.Prepared.Translation!;
        if (portal.IsFinished)
        {
            if (!translation.ReturnsRows)
                throw new PgException(SqlStates.ObjectNotInPrerequisiteState, $"portal \"{portal.Name}\" cannot be run");
            Complete(translation, 0);
            return;
        }

        long count;
        var attempt = 0;
        while (true)
        {
            try
            {
                await Open(portal, alone).ConfigureAwait(false);
                count = await Deliver(portal, maxRows, send: true).ConfigureAwait(false);
                break;
            }
            catch (PgException error) when (MayRunAgain(portal, alone, error) && attempt++ < MaxAttempts)
            {
                // Its instance died under it. It only reads, and the client has seen nothing of it.
                portal.CloseCursor();
                lease.Drop(error);
            }
        }

        if (portal.IsFinished) Complete(translation, count);
        else output.Write(new PortalSuspended());
    }

    /// <summary>Starts the portal's statement at the backend, unless it has begun.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask Open(BackendPortal portal, bool alone)
    {
        if (portal.IsDead)
            throw new PgException(SqlStates.InvalidCursorName, "the portal's transaction has ended");
        if (portal.Execution is not null || portal.IsFinished) return;
        var translation = portal.Prepared.Translation!;
        if (translation.Writes && state.IsReadOnly)
            throw new PgException(
                SqlStates.ReadOnlySqlTransaction, $"cannot execute {translation.Tag.Name} in a read-only transaction");
        lease.Admit();
        var connection = await lease.Acquire(NeedOf(portal, alone)).ConfigureAwait(false);
        if (state.Cancelled is { } why) throw why;
        await lease.BeforeBlocking().ConfigureAwait(false);

        // Since Bind the schema may have changed, or the route may lead to another backend.
        host.Revalidate(portal.Prepared);
        translation = portal.Prepared.Translation!;
        lease.Enter(connection, alone);
        state.Block.HasRun = true;
        if (!translation.OnlyReads) lease.Writing();
        portal.Execution = connection.Execute(translation.Plan, portal.Parameters);
        lease.Opened(portal);
    }

    /// <summary>Reads up to <paramref name="maxRows"/> rows (0: all) and sends them, or only moves over them.</summary>
    /// <returns>The rows read, or for a statement without rows those it changed.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<long> Deliver(BackendPortal portal, long maxRows, bool send)
    {
        if (portal.Execution is not { } execution) return 0;
        await lease.BeforeBlocking().ConfigureAwait(false);
        var rows = 0L;
        var encoder = portal.Encoder;
        var format = state.Format;
        while (maxRows == 0 || rows < maxRows)
        {
            if (!execution.Read())
            {
                var affected = encoder is null ? execution.RowsAffected : rows;
                portal.IsFinished = true;
                if (execution is CursorRows) return affected;   // it may go back
                portal.CloseCursor();
                lease.Closed(portal);
                return affected;
            }

            rows++;
            portal.HasDelivered = true;
            if (encoder is null || !send) continue;
            encoder.Encode(execution, format, output.Buffer);

            // The client's socket decides how fast the cursor is read.
            if (!output.IsFull) continue;
            var pushed = await output.Push().ConfigureAwait(false);
            if (state.Cancelled is { } why) throw why;
            if (pushed.IsCompleted) throw ClientLost();
            await lease.BeforeBlocking().ConfigureAwait(false);
        }

        return rows;
    }

    private Need NeedOf(BackendPortal portal, bool alone) => lease.NeedOf(
        state.Block.IsOpen ? state.Block.ReadOnly : alone && portal.Prepared.Translation!.OnlyReads,
        portal.Prepared.Source!.Target);

    private bool MayRunAgain(BackendPortal portal, bool alone, PgException error) =>
        error.SqlState is SqlStates.ConnectionFailure or SqlStates.AdminShutdown or SqlStates.CannotConnectNow
        && alone && !portal.HasDelivered && !state.Block.IsOpen && !lease.IsImplicit && state.Cancelled is null
        && portal.Prepared.Translation!.OnlyReads
        && lease.Connection is { IsBroken: true };

    internal static PgException ClientLost() =>
        new(SqlStates.ConnectionFailure, "connection to client lost", Reach.Connection);

    private void Complete(Translation translation, long rows) =>
        output.Write(translation.Tag.Counts ? new CommandComplete(translation.Tag.Verb, rows) : new CommandComplete(translation.Tag.Verb));
}
