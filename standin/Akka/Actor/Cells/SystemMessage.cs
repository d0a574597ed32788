namespace Akka.Actor;

/// <summary>A signal of the runtime; overtakes messages and is handled even by a suspended actor.</summary>
internal abstract class SystemMessage
{
    public SystemMessage Next { get; set; }

    public abstract void Apply(ActorCell cell);

    /// <summary>What the sender is told when the actor is already gone.</summary>
    public virtual void AnswerForTheDead(IActorRef dead, bool existed)
    {
    }
}

internal sealed class CreateSignal : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.Create();
}

internal sealed class SuspendSignal : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.SuspendAll();
}

internal sealed class ResumeSignal(Exception causedByFailure) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.ResumeAll(causedByFailure);
}

internal sealed class RecreateSignal(Exception cause) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.Recreate(cause);
}

internal sealed class TerminateSignal : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.Terminate();
}

internal sealed class FailedSignal(LocalActorRef child, Exception cause) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.HandleFailure(child, cause);
}

internal sealed class WatchSignal(IInternalActorRef watcher) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.AddWatcher(watcher);

    public override void AnswerForTheDead(IActorRef dead, bool existed) =>
        watcher.SendSystem(new DeathNotice(dead, existed));
}

internal sealed class UnwatchSignal(IInternalActorRef watcher) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.RemoveWatcher(watcher);
}

internal sealed class DeathNotice(IActorRef dead, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Dead => dead;
    public override void Apply(ActorCell cell) => cell.OnDeath(dead, existenceConfirmed);
}

internal sealed class TaskSignal(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    private readonly ActorTaskScheduler _scheduler = scheduler;
    private readonly Task _task = task;

    public override void Apply(ActorCell cell) => _scheduler.Execute(_task);

    // The handler of an ended actor still runs to its end, so that what it holds is released.
    public override void AnswerForTheDead(IActorRef dead, bool existed) =>
        ThreadPool.UnsafeQueueUserWorkItem(static signal => signal._scheduler.Execute(signal._task), this, preferLocal: false);
}

internal sealed class TaskDoneSignal(ActorBase actor, Exception failure) : SystemMessage
{
    public override void Apply(ActorCell cell) => cell.TaskDone(actor, failure);
}
