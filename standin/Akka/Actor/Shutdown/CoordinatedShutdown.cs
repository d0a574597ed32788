using System.Collections.Concurrent;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Ends the system phase by phase; the tasks of one phase run together, the phases one after the other.</summary>
public sealed class CoordinatedShutdown : IDisposable
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly Dictionary<string, ShutdownPhase> _phases;
    private readonly List<string> _order;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Name, Func<Task<Done>> Task)>> _tasks = new();
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reason _reason;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        _phases = ShutdownPhase.Read(config);
        _order = ShutdownPhase.Sort(_phases);
        if (config.GetBoolean("terminate-actor-system"))
            AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                await system.FinalTerminate();
                return Done.Instance;
            });
        if (config.GetBoolean("run-by-clr-shutdown-hook")) AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public ActorSystem System => _system;
    public Reason ShutdownReason => Volatile.Read(ref _reason);

    public TimeSpan TotalTimeout => _order.Aggregate(TimeSpan.Zero, (sum, phase) =>
        _tasks.TryGetValue(phase, out var tasks) && !tasks.IsEmpty ? sum + Timeout(phase) : sum);

    public static CoordinatedShutdown Get(ActorSystem sys) => ((ActorSystemImpl)sys).CoordinatedShutdown;

    public TimeSpan Timeout(string phase) =>
        _phases.TryGetValue(phase, out var known) ? known.Timeout : throw Unknown(phase);

    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.ContainsKey(phase)) throw Unknown(phase);
        ArgumentNullException.ThrowIfNull(taskName);
        _tasks.GetOrAdd(phase, static _ => new ConcurrentQueue<(string, Func<Task<Done>>)>()).Enqueue((taskName, task));
    }

    /// <summary>Runs the phases once; later calls get the same task.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null) _ = Task.Run(() => RunPhases(fromPhase));
        return _done.Task;
    }

    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;

    private async Task RunPhases(string fromPhase)
    {
        try
        {
            if (fromPhase is not null && !_phases.ContainsKey(fromPhase)) throw Unknown(fromPhase);
            foreach (var phase in fromPhase is null ? _order : _order.SkipWhile(name => name != fromPhase))
                if (_phases[phase].Enabled && _tasks.TryGetValue(phase, out var tasks)) await RunPhase(_phases[phase], tasks);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            _done.TrySetException(failure);
        }
    }

    private async Task RunPhase(ShutdownPhase phase, IEnumerable<(string Name, Func<Task<Done>> Task)> tasks)
    {
        var all = Task.WhenAll(tasks.Select(async task =>
        {
            try
            {
                await task.Task();
            }
            catch (Exception failure) when (phase.Recover)
            {
                _system.Log.Warning(failure, "Task [{0}] failed in phase [{1}]: {2}", task.Name, phase.Name, failure.Message);
            }
        }));
        try
        {
            await all.WaitAsync(phase.Timeout);
        }
        catch (TimeoutException) when (!all.IsCompleted)
        {
            if (!phase.Recover) throw new TimeoutException($"Coordinated shutdown phase [{phase.Name}] timed out after {phase.Timeout}");
            _system.Log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, phase.Timeout);
        }
    }

    private void OnProcessExit(object sender, EventArgs e) => Run(ClrExitReason.Instance).Wait(TotalTimeout);

    private static ArgumentException Unknown(string phase) => new($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    /// <summary>Why the system ends.</summary>
    public abstract class Reason
    {
        public abstract int ExitCode { get; }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();
        public override int ExitCode => -1;
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();
        public override int ExitCode => 0;
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();
        public override int ExitCode => 0;
    }
}
