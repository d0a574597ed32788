using Akka.Actor;
using Akka.Event;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>Serves the waiters of one pool in order and opens connections for them, as <see cref="PoolView"/> says.</summary>
public sealed class PoolActor : ReceiveActor
{
    private readonly Queue<LeaseRequest> _waiters = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Pool _pool;
    private int _opening;

    public PoolActor(Pool pool)
    {
        _pool = pool;
        pool.Actor = Self;

        Receive<LeaseRequest>(request => { _waiters.Enqueue(request); Move(); });
        Receive<Nudge>(_ => Move());
        Receive<Opened>(opened => { _opening--; _pool.Opened(opened.Connection); Move(); });
        Receive<OpenFailed>(failed => { _opening--; Refuse(failed.Error); Move(); });
    }

    protected override void PostStop()
    {
        _pool.Close();
        while (_waiters.TryDequeue(out var waiter))
            waiter.Refuse(new PgException(SqlStates.AdminShutdown, "the pool is closing", Reach.Connection));
    }

    private void Move()
    {
        while (true)
        {
            DropAbsent();
            switch (_pool.View(_opening).Next())
            {
                case PoolMove.Lend: Lend(); break;
                case PoolMove.Open: Open(); break;
                default: return;
            }
        }
    }

    private void DropAbsent()
    {
        while (_waiters.TryPeek(out var first) && first.IsGivenUp)
        {
            _waiters.Dequeue();
            _pool.WaiterLeft();
        }
    }

    private void Lend()
    {
        if (!_waiters.TryDequeue(out var waiter)) return;
        if (_pool.TakeForWaiter() is not { } connection)
        {
            // Between the view and now a session took it; the waiter goes on waiting, in its place.
            Requeue(waiter);
            return;
        }

        if (!waiter.TryGrant(connection)) _pool.Return(connection);
    }

    private void Requeue(LeaseRequest first)
    {
        var others = _waiters.ToArray();
        _waiters.Clear();
        _waiters.Enqueue(first);
        foreach (var other in others) _waiters.Enqueue(other);
    }

    private void Open()
    {
        _opening++;
        var backend = _pool.Backend;
        Task.Run(backend.Open).PipeTo(
            Self,
            success: connection => new Opened(connection),
            failure: error => new OpenFailed(error));
    }

    private void Refuse(Exception error)
    {
        _log.Error(error, "Could not open a connection to {0}", _pool.Backend.Name);
        if (!_waiters.TryDequeue(out var waiter)) return;
        _pool.WaiterLeft();
        waiter.Refuse(error as PgException ?? new PgException(SqlStates.ConnectionFailure, $"could not connect to the backend: {error.Message}", error));
    }

    internal sealed class Nudge
    {
        public static readonly Nudge Instance = new();
    }

    private sealed record Opened(IBackendConnection Connection);

    private sealed record OpenFailed(Exception Error);
}
