using Gateway.Actors.Pools;
using Gateway.Actors.Routing;
using Gateway.Backends;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>The session's hold on a backend connection: taken with the first statement, given back with the transaction.</summary>
internal sealed class Lease(Route route, SessionState state, BackendThreads threads)
{
    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(200);

    private readonly List<BackendPortal> _cursors = [];

    // Between a run that acquires and a mailbox that cancels.
    private readonly Lock _lock = new();
    private LeaseRequest? _request;
    private RouteState? _heldOf;
    private RouteMember? _member;
    private PooledConnection? _pooled;
    private RouteMember? _lastMember;
    private string? _lastWhy;
    private bool _hasRun;
    private bool _writes;
    private long _wroteAt;

    public IBackendConnection? Connection => _pooled?.Connection;

    public BackendThreads Threads => threads;

    /// <summary>Calls of the connection that is held may wait for a network.</summary>
    public bool MayBlock => _member is { Instance.IsRemote: true };

    /// <summary>The same of the next one, as far as can be guessed. From any thread.</summary>
    public bool ExpectsToBlock => (_lastMember ?? route.State.Members[0]).Instance.IsRemote;

    public bool HasCursors => _cursors.Count > 0;

    public PoolMode Mode => (_heldOf ?? route.State).Options.Pool.Mode;

    /// <summary>A statement is about to run.</summary>
    /// <exception cref="PgException">0A000 when its batch has one already and the pool lends connections for one only.</exception>
    public void Admit()
    {
        if (_hasRun && Mode == PoolMode.Statement)
            throw PgException.Unsupported("transactions of several statements not allowed in statement pooling mode");
        _hasRun = true;
    }

    /// <summary>What keeps the connection with this session, for <c>SHOW gateway.pinned</c>; empty when nothing does.</summary>
    public string Pinned => Connection is not { } connection ? "" : string.Join(", ", ((string?[])
    [
        Mode == PoolMode.Session ? "session mode" : null,
        connection.PinnedBy,
        state.Block.IsOpen ? "transaction block" : null,
        HasCursors ? "open cursor" : null,
    ]).OfType<string>());

    /// <summary>The transaction at the backend is ours, not the client's: it ends with the batch.</summary>
    public bool IsImplicit { get; private set; }

    /// <summary>Of the connection that is held, or else of the next one.</summary>
    public IBackend Backend => (_heldOf ?? route.State).Backend;

    public SchemaSnapshot Schema => Connection?.Schema ?? Backend.Schema;

    /// <summary>Where the session's last connection led and why, for <c>SHOW gateway.last_target</c>.</summary>
    public string LastTarget { get; private set; } = "";

    /// <summary>What the transaction that begins now needs.</summary>
    /// <param name="reads">It is known not to write.</param>
    /// <param name="target">What the statement itself asks for, before what the session has set.</param>
    public Need NeedOf(bool reads, string? target = null) => (target ?? state.Settings.Target) switch
    {
        "primary" => Need.Write,
        "replica" => Need.Replica,
        "reporting" => Need.Report,
        _ => reads && !HasJustWritten ? Need.Read : Need.Write,
    };

    /// <summary>A statement that may write has begun.</summary>
    public void Writing()
    {
        _writes = true;
        _wroteAt = Environment.TickCount64;
    }

    // A replica may not have it yet: who has written wants to read it.
    private bool HasJustWritten =>
        _writes && route.State.Options is { SplitReads: true } options
        && Environment.TickCount64 - _wroteAt < options.PrimaryAfterWrite.TotalMilliseconds;

    /// <summary>The connection is of no use any more and what it ran may be run again elsewhere: its instance is reported.</summary>
    public void Drop(PgException error)
    {
        if (Connection is null) return;
        _cursors.Clear();
        IsImplicit = _hasRun = false;
        _member!.Health.Report(error);
        GiveBack();
    }

    /// <summary>The connection that is held, or one of an instance that the route chooses; another when the first is away.</summary>
    public ValueTask<IBackendConnection> Acquire(Need need)
    {
        if (Connection is { } held) return new(held);
        var at = route.State;
        var choice = Route.Choose(at, need);
        return choice is { Index: >= 0, IsDoubtful: false } && at.Members[choice.Index].Pool.TryRent() is { } idle
            ? new(Take(at, choice, idle))
            : Await(need);
    }

    /// <summary>What follows may block, if the backend can: to be awaited before every call of the connection that talks to it.</summary>
    public ValueTask BeforeBlocking() => MayBlock ? Switch() : default;

    private async ValueTask Switch() => await threads.Enter();

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

    /// <exception cref="PgException">25001 in a transaction that is not the statement's own.</exception>
    public void RequireOutsideBlock(string what)
    {
        if (state.Block.IsOpen || IsImplicit)
            throw new PgException(SqlStates.ActiveSqlTransaction, $"{what} cannot run inside a transaction block");
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
        IsImplicit = _hasRun = false;
        if (Connection is { InTransaction: true } connection) connection.Commit();
        if (_writes) _wroteAt = Environment.TickCount64;
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

        IsImplicit = _hasRun = false;
        if (Connection is { InTransaction: true, IsBroken: false } connection) connection.Rollback();
    }

    /// <summary>Leaves the pool's queue. From the mailbox.</summary>
    public void GiveUpWaiting(PgException reason)
    {
        LeaseRequest? request;
        lock (_lock) request = _request;
        request?.GiveUp(reason);
    }

    /// <summary>Gives the connection back when nothing ties the session to it.</summary>
    public void ReleaseIfFree()
    {
        if (state.Block.IsOpen || IsImplicit) return;
        _hasRun = false;
        if (Connection is not { } connection) return;
        CloseCursors();
        if (!connection.IsBroken && (connection.PinnedBy is not null || IsSessionsOwn)) return;
        GiveBack();
    }

    /// <summary>The session ends: whatever is open is rolled back.</summary>
    public void Abandon()
    {
        if (Connection is not { } connection) return;
        if (connection.InTransaction || HasCursors) connection.Cancel();   // a suspended cursor that writes would otherwise run to its end before it is undone
        try
        {
            Rollback();
        }
        catch (Exception)
        {
            // The connection says itself whether it can be used again.
        }

        GiveBack();
    }

    /// <summary>Session mode, unless the route has been configured anew in the meantime.</summary>
    private bool IsSessionsOwn => _heldOf is { Options.Pool.Mode: PoolMode.Session } && ReferenceEquals(_heldOf, route.State);

    private async ValueTask<IBackendConnection> Await(Need need)
    {
        state.WaitsForConnection = true;
        try
        {
            return await Search(need).ConfigureAwait(false);
        }
        finally
        {
            state.WaitsForConnection = false;
        }
    }

    private async ValueTask<IBackendConnection> Search(Need need)
    {
        var at = route.State;
        var patience = Environment.TickCount64 + (long)at.Options.FailoverWindow.TotalMilliseconds;
        var tried = 0UL;
        var doubted = 0UL;
        PgException? failure = null;
        while (true)
        {
            var choice = Route.Choose(at, need, tried);
            var isLate = Environment.TickCount64 > patience;
            if (choice.Index < 0 && (isLate || at.Members.Length == 1)) throw failure!;
            if (choice.Index < 0 || (choice.IsDoubtful && !isLate && IsHopeless(at, choice, need, doubted)))
            {
                // Somebody may be back, or be promoted, before the window closes.
                foreach (var other in at.Members) other.Health.Hurry();
                await Task.Delay(RoundPause).ConfigureAwait(false);
                if (state.Cancelled is { } why) throw why;
                (at, tried) = (route.State, 0);
                continue;
            }

            if (choice.IsDoubtful) doubted |= 1UL << choice.Index;
            var member = at.Members[choice.Index];
            try
            {
                return Take(at, choice, member.Pool.TryRent() ?? await Wait(member.Pool).ConfigureAwait(false));
            }
            catch (PgException) when (!ReferenceEquals(at, route.State) && state.Cancelled is null)
            {
                // Its pools were closed under us, and there are new ones.
                (at, tried, doubted) = (route.State, 0, 0);
            }
            catch (PgException error) when (PoolErrors.IsUnreachable(error) && state.Cancelled is null)
            {
                member.Health.Report(error);
                failure = error;
                tried |= 1UL << choice.Index;
            }
        }
    }

    /// <summary>Tried already while it was banned, or known to refuse what is needed: waiting is better, as long as there is time.</summary>
    private static bool IsHopeless(RouteState at, Choice choice, Need need, ulong doubted) =>
        at.Members.Length > 1
        && ((doubted & (1UL << choice.Index)) != 0
            || (need == Need.Write && at.Members[choice.Index].Health.Now is { Breaker.IsOpen: false, State: InstanceState.ReadOnly }));

    private async ValueTask<PooledConnection> Wait(Pool pool)
    {
        var request = pool.Request();
        lock (_lock) _request = request;
        if (state.Cancelled is { } why) request.GiveUp(why);
        try
        {
            return await request.Granted.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock) _request = null;
        }
    }

    private IBackendConnection Take(RouteState at, Choice choice, PooledConnection connection)
    {
        connection.Connection.Session = state;
        _heldOf = at;
        _member = at.Members[choice.Index];
        if (!ReferenceEquals(_lastMember, _member) || _lastWhy != choice.Why)
        {
            (_lastMember, _lastWhy) = (_member, choice.Why);
            LastTarget = $"{_member.Instance.Name} ({choice.Why})";
        }

        lock (_lock) _pooled = connection;
        return connection.Connection;
    }

    /// <summary>The connection goes back; from here on it is somebody else's.</summary>
    private void GiveBack()
    {
        var (pool, connection) = (_member!.Pool, _pooled!);
        _pooled = null;
        _heldOf = null;
        _member = null;
        pool.Return(connection);
    }

    private void CloseCursors()
    {
        PgException? failure = null;
        foreach (var portal in _cursors)
        {
            portal.IsDead = !portal.IsFinished || portal.Execution is CursorRows;
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
