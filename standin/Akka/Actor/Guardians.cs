namespace Akka.Actor;

/// <summary>The parent of everything under /user or /system.</summary>
internal sealed class Guardian : UntypedActor
{
    protected override void OnReceive(object message) => Unhandled(message);

    // A guardian has no state worth a restart and must not stop its children.
    protected override void PreRestart(Exception reason, object message)
    {
    }
}

/// <summary>Ends /system after /user, and itself after both.</summary>
internal sealed class RootGuardian : ReceiveActor
{
    public sealed record Watched(IActorRef User, IActorRef System);

    public RootGuardian()
    {
        Receive<Watched>(watched =>
        {
            Context.Watch(watched.User);
            Context.Watch(watched.System);
            Become(() => Receive<Terminated>(terminated =>
                Context.Stop(terminated.ActorRef.Equals(watched.User) ? watched.System : Self)));
        });
    }

    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;
}

/// <summary>Takes what could not be delivered and publishes it.</summary>
internal sealed class DeadLetterRef(ActorPath path, Event.EventStream events) : ActorRefBase, IInternalActorRef
{
    public override ActorPath Path => path;

    protected override void TellInternal(object message, IActorRef sender) => Publish(message, sender, this);

    public void Publish(object message, IActorRef sender, IActorRef recipient)
    {
        sender ??= this;
        switch (message)
        {
            case Event.AllDeadLetters letter:
                events.Publish(letter);
                break;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, null), this);
                break;
            case Event.IDeadLetterSuppression:
                events.Publish(new Event.SuppressedDeadLetter(message, sender, recipient));
                break;
            default:
                events.Publish(new Event.DeadLetter(message, sender, recipient));
                break;
        }
    }

    public void SendSystem(SystemMessage signal) => signal.AnswerForTheDead(this, existed: false);
}

/// <summary>Takes every message and does nothing.</summary>
internal sealed class IgnoringRef(ActorPath path) : ActorRefBase, IInternalActorRef
{
    public override ActorPath Path => path;

    protected override void TellInternal(object message, IActorRef sender)
    {
    }

    public void SendSystem(SystemMessage signal)
    {
    }
}
