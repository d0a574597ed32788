using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>Watches one instance: probes it, opens and closes its breaker, tells what part it plays.</summary>
public sealed class InstanceActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A probe that takes longer has failed: a stopped server accepts connections and never answers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>However many sessions wait, it is not asked more often.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(100);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly InstanceHealth _health;
    private readonly BackendThreads _threads;
    private IInstance _instance;
    private bool _probing;
    private long _probedAt;
    private long _outSince;

    public InstanceActor(IInstance instance, InstanceHealth health, BackendThreads threads)
    {
        _instance = instance;
        _health = health;
        _threads = threads;
        Receive<Watch>(watch => _instance = watch.Instance);
        Receive<Tick>(_ =>
        {
            // While somebody is stuck there it matters at once whether it answers.
            if (_health.Now.Breaker.MayProbe(Now) || Stuck().Count > 0) Probe();
        });
        Receive<Hurry>(_ =>
        {
            if (Now - _probedAt > LeastPause.Ticks) Probe();
        });
        Receive<Found>(found => Well(found.State));
        Receive<ProbeFailed>(failed =>
        {
            _probing = false;

            // A route with its clients' own logins has no account for probes; but who refuses a login is alive.
            if (failed.Error is PgException { SqlState: ['2', '8', ..] }) Well(_health.Now.State);
            else
            {
                Ill(failed.Error);
                if (IsSilent(failed.Error)) EndStuck();
            }
        });
        Receive<Failed>(failed =>
        {
            if (!_health.Now.Breaker.IsOpen) Ill(failed.Error);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);

    private static long Now => Environment.TickCount64 * TimeSpan.TicksPerMillisecond;

    private void Probe()
    {
        if (_probing) return;
        _probing = true;
        _probedAt = Now;
        var instance = _instance;
        _threads.Run(instance.Probe).WaitAsync(Patience).PipeTo(
            Self,
            success: state => new Found(state),
            failure: error => new ProbeFailed(error));
    }

    private void Well(InstanceState state)
    {
        _probing = false;
        var before = _health.Now;
        if (before.Breaker.IsOpen) _log.Warning("Instance {0} is back, {1}", _instance.Name, state);
        else if (before.State != state) _log.Warning("Instance {0} is now {1}", _instance.Name, state);
        if (before.Breaker.IsOpen || before.State != state) _health.Now = new InstanceCondition(Breaker.Closed, state);
    }

    private void Ill(Exception error)
    {
        var before = _health.Now;
        var why = error is TimeoutException ? "it did not answer in time" : error.Message;
        if (!before.Breaker.IsOpen)
        {
            _outSince = Now;
            _log.Warning("Instance {0} is out: {1}", _instance.Name, why);
        }

        _health.Now = before with { Breaker = before.Breaker.Failed(Now), Trouble = why };
    }

    /// <summary>It did not say a word, not even that it has no room or is starting up.</summary>
    private static bool IsSilent(Exception error) =>
        error is TimeoutException or PgException { SqlState: SqlStates.UnableToConnect or SqlStates.ConnectionFailure };

    /// <summary>What was sent to it and would wait for ever; none as long as it has not been out for long enough.</summary>
    private List<PooledConnection> Stuck()
    {
        var time = _instance.StuckAfter;
        return time > TimeSpan.Zero && _health.Now.Breaker.IsOpen && Now - _outSince >= time.Ticks ? _health.Connections.Stuck(time) : [];
    }

    private void EndStuck()
    {
        var stuck = Stuck();
        if (stuck.Count > 0) _log.Warning("Instance {0} does not answer: {1} calls that wait for it are ended", _instance.Name, stuck.Count);
        foreach (var connection in stuck)
        {
            connection.IsSevered = true;
            _threads.Post(() => Sever(connection.Connection));
        }
    }

    private static void Sever(IBackendConnection connection)
    {
        try
        {
            connection.Sever();
        }
        catch (Exception)
        {
            // Its driver cannot even close it.
        }
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    /// <summary>From now on the name stands for this one.</summary>
    internal sealed record Watch(IInstance Instance);

    internal sealed class Hurry
    {
        public static readonly Hurry Instance = new();
    }

    internal sealed record Failed(PgException Error);

    private sealed record Found(InstanceState State);

    private sealed record ProbeFailed(Exception Error);
}
