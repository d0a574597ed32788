namespace Akka.Actor;

/// <summary>An actor that handles messages in one method.</summary>
public abstract class UntypedActor : ActorBase
{
    protected new static IUntypedActorContext Context => CurrentCell();

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Cell.Become(receive);
    protected void BecomeStacked(UntypedReceive receive) => Cell.BecomeStacked(receive);

    /// <summary>Runs the task with the mailbox suspended until it completes.</summary>
    protected void RunTask(Func<Task> action) => Cell.RunTask(action);

    /// <summary>Runs the action with the mailbox suspended until it completes.</summary>
    protected void RunTask(Action action) => Cell.RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });
}
