using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The session's hold on a backend connection: taken with the first statement, given back with the transaction.</summary>
internal sealed class Lease(Pool pool, SessionState state)
{
    private readonly List<BackendPortal> _cursors = [];

    // Between a run that acquires and a mailbox that cancels.
    private readonly Lock _lock = new();
    private LeaseRequest? _request;

    public Pool Pool { get; } = pool;

    public IBackendConnection? Connection { get; private set; }

    /// <summary>The transaction at the backend is ours, not the client's: it ends with the batch.</summary>
    public bool IsImplicit { get; private set; }

    public SchemaSnapshot Schema => Connection?.Schema ?? Pool.Backend.Schema;

    public async ValueTask<IBackendConnection> Acquire()
    {
        if (Connection is { } held) return held;
        var connection = Pool.TryRent();
        if (connection is null)
        {
            var request = Pool.Request();
            lock (_lock) _request = request;
            if (state.Cancelled is { } why) request.GiveUp(why);
            try
            {
                connection = await request.Granted.ConfigureAwait(false);
            }
            finally
            {
                lock (_lock) _request = null;
            }
        }

        connection.Session = state;
        lock (_lock) return Connection = connection;
    }

    /// <summary>Makes sure that a transaction is open where one is needed.</summary>
    /// <param name="alone">The statement is its whole transaction and may commit by itself.</param>
    public void Enter(IBackendConnection connection, bool alone)
    {
        if (connection.InTransaction) return;
        if (state.Block.IsOpen)
        {
            connection.Begin(state.Block.Isolation, state.Block.ReadOnly);
            IsImplicit = false;
        }
        else if (!alone)
        {
            connection.Begin(null, false);
            IsImplicit = true;
        }
    }

    /// <summary>BEGIN inside a batch: what the batch has done so far becomes part of the block.</summary>
    public void MakeExplicit() => IsImplicit = false;

    public void Opened(BackendPortal portal) => _cursors.Add(portal);

    public void Closed(BackendPortal portal) => _cursors.Remove(portal);

    public void Commit()
    {
        foreach (var portal in _cursors)
            if (portal.IsHoldable) portal.Hold();
        _cursors.RemoveAll(static portal => portal.IsHoldable);
        CloseCursors();
        IsImplicit = false;
        if (Connection is { InTransaction: true } connection) connection.Commit();
    }

    public void Rollback()
    {
        try
        {
            CloseCursors();
        }
        catch (PgException)
        {
            // What a cursor had left to write is undone anyway.
        }

        IsImplicit = false;
        if (Connection is { InTransaction: true, IsBroken: false } connection) connection.Rollback();
    }

    /// <summary>Stops what runs on the connection, or the wait for one. From the mailbox, which alone gives connections back.</summary>
    public void Cancel(PgException reason)
    {
        LeaseRequest? request;
        IBackendConnection? connection;
        lock (_lock) (request, connection) = (_request, Connection);
        request?.GiveUp(reason);
        connection?.Cancel();
    }

    /// <summary>Gives the connection back when nothing ties the session to it.</summary>
    public void ReleaseIfFree()
    {
        if (Connection is not { } connection || state.Block.IsOpen || IsImplicit) return;
        CloseCursors();
        if (connection.PinnedBy is not null && !connection.IsBroken) return;
        Connection = null;
        Pool.Return(connection);
    }

    /// <summary>The session ends: whatever is open is rolled back.</summary>
    public void Abandon()
    {
        if (Connection is not { } connection) return;
        connection.Cancel();   // a suspended cursor that writes would otherwise run to its end before it is undone
        try
        {
            Rollback();
        }
        catch (PgException)
        {
            // The connection says itself whether it can be used again.
        }

        Connection = null;
        Pool.Return(connection);
    }

    private void CloseCursors()
    {
        PgException? failure = null;
        foreach (var portal in _cursors)
        {
            portal.IsDead = !portal.IsFinished;
            try
            {
                portal.CloseCursor();
            }
            catch (PgException error)
            {
                failure ??= error;
            }
        }

        _cursors.Clear();
        if (failure is not null) throw failure;
    }
}
