using Akka.Actor;

namespace Akka.Event;

/// <summary>Marks messages whose loss is no news.</summary>
public interface IDeadLetterSuppression;

/// <summary>A message that did not reach an actor, or that the actor did not handle.</summary>
public abstract class AllDeadLetters : IWrappedMessage
{
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    public object Message { get; }
    public IActorRef Sender { get; }
    public IActorRef Recipient { get; }
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}

public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

public sealed class SuppressedDeadLetter(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : AllDeadLetters(message, sender, recipient);

public sealed class Dropped : AllDeadLetters
{
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) => Reason = reason;

    public Dropped(object message, string reason, IActorRef recipient) : this(message, reason, ActorRefs.NoSender, recipient)
    {
    }

    public string Reason { get; }
}
