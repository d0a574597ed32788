using Akka.Actor;
using Akka.Event;

namespace Akka.Streams;

/// <summary>Runs streams.</summary>
public interface IMaterializer
{
    TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);
    ICancelable ScheduleOnce(TimeSpan delay, Action action);
    ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}

/// <summary>Runs streams for as long as its system or actor lives; those still running then are aborted.</summary>
public sealed class ActorMaterializer : IMaterializer, IDisposable
{
    private static int s_count;

    private readonly CancellationTokenSource _aborted = new();
    private readonly IActorRef _supervisor;

    private ActorMaterializer(IActorRefFactory context, ActorMaterializerSettings settings, string namePrefix)
    {
        System = context as ActorSystem ?? ((IActorContext)context).System;
        Settings = settings ?? ActorMaterializerSettings.Create(System);
        var prefix = namePrefix ?? "StreamSupervisor";
        var name = $"{prefix}-{Interlocked.Increment(ref s_count)}";
        var supervisor = Props.Create(() => new StreamSupervisor(this));
        _supervisor = context is ActorSystemImpl system ? system.SystemActorOf(supervisor, name) : context.ActorOf(supervisor, name);
    }

    public ActorSystem System { get; }
    public ActorMaterializerSettings Settings { get; }
    public IActorRef Supervisor => _supervisor;
    public bool IsShutdown => _aborted.IsCancellationRequested;
    public ILoggingAdapter Logger => System.Log;

    public static ActorMaterializer Create(IActorRefFactory context, ActorMaterializerSettings settings = null, string namePrefix = null) =>
        new(context, settings, namePrefix);

    public TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable) => ((Dsl.IRunnableGraph<TMat>)runnable).Run(this);

    public ICancelable ScheduleOnce(TimeSpan delay, Action action) => System.Scheduler.Advanced.ScheduleOnceCancelable(delay, action);

    public ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        System.Scheduler.Advanced.ScheduleRepeatedlyCancelable(initialDelay, interval, action);

    public void Shutdown() => System.Stop(_supervisor);

    public void Dispose() => Shutdown();

    /// <summary>Begins a run; streams of an ended materializer cannot be run.</summary>
    internal StreamRun Begin()
    {
        if (IsShutdown) throw new IllegalStateException("Trying to materialize stream after materializer has been shutdown");
        return new StreamRun(_aborted.Token, _supervisor);
    }

    private void Abort() => _aborted.Cancel();

    /// <summary>Ends the streams when it is ended itself.</summary>
    private sealed class StreamSupervisor(ActorMaterializer materializer) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
        protected override void PostStop() => materializer.Abort();
    }
}

/// <summary>A stream was used in a state that does not allow it.</summary>
public class IllegalStateException(string message) : Exception(message);

public static class ActorMaterializerExtensions
{
    public static ActorMaterializer Materializer(this IActorRefFactory context, ActorMaterializerSettings settings = null, string namePrefix = null) =>
        ActorMaterializer.Create(context, settings, namePrefix);
}
