namespace Akka.Actor;

/// <summary>Marks what has a context.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}

/// <summary>The root of all actors: lifecycle hooks and the way to the context.</summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private SupervisorStrategy _strategy;

    protected ActorBase()
    {
        _cell = ActorCell.Current;
        if (_cell is not { IsConstructing: true })
            throw new ActorInitializationException(
                $"You cannot create an instance of {GetType().FullName} explicitly using the constructor (new). Use ActorOf with Props instead.");
        DefaultBehavior = Receive;
    }

    internal Receive DefaultBehavior { get; }
    internal ActorCell Cell => _cell;
    IActorContext IInternalActor.ActorContext => _cell;

    protected IActorRef Self => _cell.Self;
    protected IActorRef Sender => _cell.Sender;
    protected static IActorContext Context => CurrentCell();
    protected static Receive EmptyReceive => static _ => false;

    internal static ActorCell CurrentCell() => ActorCell.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext; use it only inside an actor's message handler, not from another thread or after ConfigureAwait(false).");

    protected abstract bool Receive(object message);

    protected internal virtual bool AroundReceive(Receive receive, object message)
    {
        if (receive(message)) return true;
        Unhandled(message);
        return false;
    }

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated) throw new DeathPactException(terminated.ActorRef);
        _cell.System.EventStream.Publish(new Event.UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => _cell.Become(receive);
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    public virtual void AroundPreStart() => PreStart();
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);
    public virtual void AroundPostStop() => PostStop();

    /// <summary>Runs before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Runs on the old instance before a restart; stops the children and calls PostStop.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.GetChildren().ToArray())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }
        PostStop();
    }

    /// <summary>Runs on the new instance after a restart; calls PreStart.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Runs after the last message.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>How failures of children are answered.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    internal SupervisorStrategy Strategy => _strategy ??= _cell.Props.SupervisorStrategy ?? SupervisorStrategy();
}
