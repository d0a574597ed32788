using Akka.Actor;
using Akka.Event;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>Opens connections for the waiters of one pool, as <see cref="PoolView"/> says.</summary>
public sealed class PoolActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Pool _pool;
    private int _opening;

    public PoolActor(Pool pool)
    {
        _pool = pool;
        Receive<Look>(_ => Move());
        Receive<Opened>(opened => { _opening--; _pool.Opened(opened.Connection); Move(); });
        Receive<OpenFailed>(failed => { _opening--; Refuse(failed.Error); Move(); });
    }

    protected override void PostStop() => _pool.Close();

    private void Move()
    {
        while (true)
        {
            switch (_pool.View(_opening).Next())
            {
                case PoolMove.Lend: _pool.Serve(); break;
                case PoolMove.Open: Open(); break;
                default: return;
            }
        }
    }

    private void Open()
    {
        _opening++;
        var pool = _pool;
        Task.Run(() => pool.Instance.Open(pool.Login)).PipeTo(
            Self,
            success: connection => new Opened(connection),
            failure: error => new OpenFailed(error));
    }

    private void Refuse(Exception error)
    {
        // The breaker's actor tells once that an instance is out; a pool would tell it for everybody who waits.
        if (error is not PgException) _log.Error(error, "Could not open a connection to {0}", _pool.Instance.Name);
        _pool.Refuse(error as PgException
            ?? new PgException(SqlStates.ConnectionFailure, $"could not connect to the backend: {error.Message}", error));
    }

    /// <summary>Somebody waits, or a connection was lost.</summary>
    internal sealed class Look
    {
        public static readonly Look Instance = new();
    }

    private sealed record Opened(IBackendConnection Connection);

    private sealed record OpenFailed(Exception Error);
}
