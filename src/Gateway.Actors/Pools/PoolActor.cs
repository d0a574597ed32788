using Akka.Actor;
using Akka.Event;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>Opens and checks connections for the waiters of one pool, as <see cref="PoolView"/> says, and looks at the clock for it.</summary>
/// <remarks>One timer for all who wait and all that is idle, and none while there is nothing to wait for.</remarks>
public sealed class PoolActor : ReceiveActor, IWithTimers
{
    // A little later than due: what is due next falls into the same look.
    private const int Slack = 10;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Pool _pool;
    private readonly BackendThreads _threads;
    private long _nextLook = long.MaxValue;

    public PoolActor(Pool pool, BackendThreads threads)
    {
        _pool = pool;
        _threads = threads;
        Receive<Look>(_ => Move());
        Receive<Tick>(_ =>
        {
            _nextLook = long.MaxValue;
            Move(warm: true);
        });
        Receive<Opened>(opened =>
        {
            _pool.Opened(opened.Connection);
            Move();
        });
        Receive<OpenFailed>(Refuse);
        Receive<Checked>(answer =>
        {
            _pool.Checked(answer.Connection, answer.IsAlive, answer.Late);
            Move();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (_pool.Options.MinIdle > 0) Move(warm: true);
    }

    protected override void PostStop() => _pool.Close();

    private static long Now => Environment.TickCount64;

    private void Move(bool warm = false)
    {
        var going = true;
        while (going)
        {
            switch (_pool.View(warm).Next())
            {
                case PoolMove.Lend: _pool.Serve(); break;
                case PoolMove.Check: Check(); break;
                case PoolMove.Open: going = TryOpen(); break;
                default:
                    _pool.Connections.Leave(_pool);
                    going = false;
                    break;
            }
        }

        LookAgain(_pool.Tend(Now));
    }

    private void LookAgain(long next)
    {
        if (next >= _nextLook) return;
        _nextLook = next;
        var delay = TimeSpan.FromMilliseconds(Math.Clamp(next - Now, 0, int.MaxValue - Slack) + Slack);
        Timers.StartSingleTimer(nameof(Tick), Tick.Instance, delay);
    }

    private bool TryOpen()
    {
        if (_pool.TryOpen() != InstanceMove.Open) return false;
        var (instance, login) = (_pool.Instance, _pool.Login);
        var open = Run(() => instance.Open(login));
        Await(open).PipeTo(
            Self,
            success: connection => new Opened(connection),
            failure: error => new OpenFailed(error, open.IsCompleted ? null : open));
        return true;
    }

    private void Check()
    {
        if (_pool.TakeForCheck() is not { } idle) return;
        var check = Run(idle.Connection.IsAlive);
        Await(check).PipeTo(
            Self,
            success: isAlive => new Checked(idle, isAlive, null),
            failure: _ => new Checked(idle, false, check.IsCompleted ? null : check));
    }

    private Task<T> Run<T>(Func<T> work) => _pool.Instance.IsRemote ? _threads.Run(work) : Task.Run(work);

    private Task<T> Await<T>(Task<T> task) =>
        _pool.Options.ConnectTimeout > TimeSpan.Zero ? task.WaitAsync(_pool.Options.ConnectTimeout) : task;

    private void Refuse(OpenFailed failed)
    {
        var instance = _pool.Instance.Name;
        // The breaker's actor tells once that an instance is out; a pool would tell it for everybody who waits.
        if (failed.Error is not PgException) _log.Error(failed.Error, "Could not open a connection to {0}", instance);
        var why = failed.Late is null ? PoolErrors.Unopened(failed.Error) : PoolErrors.Late(instance, _pool.Options.ConnectTimeout);
        _pool.OpenFailed(why, failed.Late);
        Move();
    }

    /// <summary>Somebody waits, a connection was lost, or the instance has room.</summary>
    internal sealed class Look
    {
        public static readonly Look Instance = new();
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Opened(IBackendConnection Connection);

    /// <param name="Late">The open that goes on though nobody waits for it any more.</param>
    private sealed record OpenFailed(Exception Error, Task<IBackendConnection>? Late);

    private sealed record Checked(PooledConnection Connection, bool IsAlive, Task? Late);
}
