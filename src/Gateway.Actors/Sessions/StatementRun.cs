using System.Runtime.CompilerServices;
using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>
/// Runs statements outside the mailbox: one portal, a script, or the end of a batch. At most one of them at a time; its
/// end is told to the session, which then asks for <see cref="Error"/>.
/// </summary>
internal sealed class StatementRun(SessionState state, SessionOutput output, Lease lease, LocalStatements local, Action ended)
    : IThreadPoolWorkItem
{
    private enum Work
    {
        None,
        Portal,
        Script,
        Commit,
        Rollback,
    }

    private readonly Lock _lock = new();
    private Work _work;
    private bool _isOut;
    private Action? _abandon;
    private BackendPortal _portal = null!;
    private ParsedScript _script = null!;
    private SessionHost _host = null!;
    private int _maxRows;
    private bool _alone;

    /// <summary>Counts runs, so that a timeout that comes late does not hit the next one.</summary>
    public long Number { get; private set; }

    /// <summary>From the start until <see cref="Finish"/>: the mailbox's view, which changes only with its own messages.</summary>
    public bool IsRunning => _work != Work.None;

    /// <summary>Why the last run failed, or null.</summary>
    public PgException? Error { get; private set; }

    /// <returns>True when it was done at once.</returns>
    public bool Start(BackendPortal portal, int maxRows, bool lastInBatch)
    {
        var tree = portal.Prepared.Source!.Tree;
        Begin(tree);
        if (portal.Prepared.Translation is null && !local.NeedsBackend(tree))
        {
            local.Run(portal.Prepared.Source, parameters: null, describe: false).GetAwaiter().GetResult();
            return true;
        }

        _portal = portal;
        _maxRows = maxRows;
        _alone = lastInBatch;
        return Go(Work.Portal);
    }

    public bool Start(ParsedScript script, SessionHost host)
    {
        Begin(script.Statements[0].Tree);
        _host = host;
        if (script.Statements.Length == 1 && script.Statements[0] is var single
            && LocalStatements.Answers(single.Tree) && !local.NeedsBackend(single.Tree))
        {
            local.Run(single, parameters: null, describe: true).GetAwaiter().GetResult();
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
                if (failed) state.Settings.Rollback();
                else state.Settings.Commit();
            }

            lease.ReleaseIfFree();
            return true;
        }

        return Go(failed ? Work.Rollback : Work.Commit);
    }

    public void Cancel(PgException why)
    {
        if (!IsRunning) return;
        state.Cancelled = why;
        lease.Cancel(why);
        output.Interrupt();
    }

    /// <summary>The mailbox has heard that the run has ended.</summary>
    public void Finish()
    {
        var ended = _work;
        _work = Work.None;
        state.Cancelled = null;

        // Here and not in the run: a cancel must never meet a connection that is already somebody else's.
        if (ended is Work.Commit or Work.Rollback) lease.ReleaseIfFree();
    }

    void IThreadPoolWorkItem.Execute() => _ = RunToEnd();

    private void Begin(Statement first)
    {
        if (state.Block.IsFailed && !LocalStatements.MayRunInFailedBlock(first)) state.Block.RequireUsable();
        state.BeginStatement(state.Block.IsOpen || lease.IsImplicit);
        if (!state.Block.IsOpen) state.Settings.BeginTransaction();
    }

    private bool Go(Work work)
    {
        Error = null;
        state.Cancelled = null;
        Number++;
        _work = work;
        _isOut = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return false;
    }

    private async Task RunToEnd()
    {
        try
        {
            switch (_work)
            {
                case Work.Portal: await RunPortal().ConfigureAwait(false); break;
                case Work.Script: await RunScript().ConfigureAwait(false); break;
                case Work.Commit: Commit(); break;
                case Work.Rollback: Rollback(); break;
            }
        }
        catch (Exception error)
        {
            Error = Explain(error);
            if (lease.IsImplicit) TryRollback();
        }

        Action? abandon;
        lock (_lock)
        {
            _isOut = false;
            abandon = _abandon;
        }

        if (abandon is null) ended();
        else abandon();
    }

    /// <summary>The session is gone: <paramref name="abandon"/> is called when nothing runs any more, perhaps at once.</summary>
    public void Orphan(Action abandon)
    {
        lock (_lock)
        {
            if (_isOut)
            {
                _abandon = abandon;
                Cancel(new PgException(SqlStates.QueryCanceled, "the session has ended"));
                return;
            }
        }

        abandon();
    }

    public PgException Explain(Exception error) => error switch
    {
        PgException { SqlState: SqlStates.QueryCanceled } when state.Cancelled is { } why => why,
        PgException pg => pg,
        IOException or OperationCanceledException => ClientLost(),
        InsufficientExecutionStackException => new PgException(SqlStates.StatementTooComplex, "stack depth limit exceeded"),
        OutOfMemoryException => new PgException("53200", "out of memory"),
        _ => new PgException(SqlStates.InternalError, $"internal error: {error.Message}", error),
    };

    private void Commit()
    {
        try
        {
            lease.Commit();
            state.Settings.Commit();
        }
        catch
        {
            TryRollback();
            state.Settings.Rollback();
            throw;
        }
    }

    private void Rollback()
    {
        state.Settings.Rollback();
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
            await local.Run(_portal.Prepared.Source!, parameters: null, describe: false).ConfigureAwait(false);
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
                await local.Run(statement, parameters: null, describe: true).ConfigureAwait(false);
                continue;
            }

            var prepared = _host.Prepare(statement, []);
            if (prepared.ParameterTypes.Count > 0)
                throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
            await RunOnce(prepared, null, alone: statements.Length == 1).ConfigureAwait(false);
        }
    }

    /// <summary>A statement from a simple query or EXECUTE: described, run to its end and forgotten.</summary>
    public async ValueTask RunOnce(Prepared prepared, ValueList? parameters, bool alone, bool describe = true)
    {
        using var portal = new BackendPortal(lease.Closed) { Prepared = prepared };
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
        if (portal.IsDead)
            throw new PgException(SqlStates.InvalidCursorName, "the portal's transaction has ended");
        if (portal.IsFinished)
        {
            Complete(translation, 0);
            return;
        }

        var execution = portal.Execution;
        if (execution is null)
        {
            if (translation.Writes && state.IsReadOnly)
                throw new PgException(
                    SqlStates.ReadOnlySqlTransaction,
                    $"cannot execute {translation.Tag.Name} in a read-only transaction");
            var connection = await lease.Acquire().ConfigureAwait(false);
            if (state.Cancelled is { } why) throw why;
            lease.Enter(connection, alone);
            state.Block.HasRun = true;
            execution = connection.Execute(translation.Plan, portal.Parameters);
            portal.Execution = execution;
            lease.Opened(portal);
        }

        var rows = 0L;
        var suspended = false;
        if (portal.Encoder is { } encoder)
        {
            var format = state.Format;
            while (true)
            {
                if (maxRows > 0 && rows == maxRows)
                {
                    suspended = true;
                    break;
                }

                if (!execution.Read()) break;
                encoder.Encode(execution, format, output.Buffer);
                rows++;

                // The client's socket decides how fast the cursor is read.
                if (!output.IsFull) continue;
                var pushed = await output.Push().ConfigureAwait(false);
                if (state.Cancelled is { } why) throw why;
                if (pushed.IsCompleted) throw ClientLost();
            }
        }
        else
        {
            while (execution.Read())
            {
            }
        }

        if (suspended)
        {
            output.Write(new PortalSuspended());
            return;
        }

        var affected = translation.ReturnsRows && !translation.Writes ? rows : execution.RowsAffected;
        portal.CloseCursor();
        portal.IsFinished = true;
        lease.Closed(portal);
        Complete(translation, affected);
    }

    private static PgException ClientLost() =>
        new(SqlStates.ConnectionFailure, "connection to client lost", Reach.Connection);

    private void Complete(Translation translation, long rows) =>
        output.Write(translation.Tag.Counts ? new CommandComplete(translation.Tag.Verb, rows) : new CommandComplete(translation.Tag.Verb));
}
