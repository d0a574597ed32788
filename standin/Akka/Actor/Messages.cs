using Akka.Event;

namespace Akka.Actor;

/// <summary>A message the runtime handles before the actor sees it.</summary>
public interface IAutoReceivedMessage;

/// <summary>A message that can harm when it comes from outside.</summary>
public interface IPossiblyHarmful;

/// <summary>A message that never leaves the process.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>A message that does not restart the receive timeout.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A message that carries another one.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}

/// <summary>Stops the actor when its turn in the mailbox comes.</summary>
public sealed class PoisonPill : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    private PoisonPill()
    {
    }

    public static PoisonPill Instance { get; } = new();
    public override string ToString() => "<PoisonPill>";
}

/// <summary>Makes the actor throw <see cref="ActorKilledException"/>.</summary>
public sealed class Kill : IAutoReceivedMessage
{
    private Kill()
    {
    }

    public static Kill Instance { get; } = new();
    public override string ToString() => "<Kill>";
}

/// <summary>Asks any actor for its <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public object MessageId { get; } = messageId;
    public override bool Equals(object obj) => obj is Identify other && Equals(MessageId, other.MessageId);
    public override int GetHashCode() => MessageId?.GetHashCode() ?? 0;
    public override string ToString() => $"<Identify>: {MessageId}";
}

/// <summary>The answer to <see cref="Identify"/>.</summary>
public sealed class ActorIdentity(object messageId, IActorRef subject)
{
    public object MessageId { get; } = messageId;
    public IActorRef Subject { get; } = subject;

    public override bool Equals(object obj) =>
        obj is ActorIdentity other && Equals(MessageId, other.MessageId) && Equals(Subject, other.Subject);

    public override int GetHashCode() => HashCode.Combine(MessageId, Subject);
    public override string ToString() => $"<ActorIdentity>: {Subject} - MessageId={MessageId}";
}

/// <summary>A watched actor has ended.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression, INoSerializationVerificationNeeded, IEquatable<Terminated>
{
    public IActorRef ActorRef { get; } = actorRef;
    public bool AddressTerminated { get; } = addressTerminated;
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool Equals(Terminated other) =>
        other is not null && Equals(ActorRef, other.ActorRef)
        && ExistenceConfirmed == other.ExistenceConfirmed && AddressTerminated == other.AddressTerminated;

    public override bool Equals(object obj) => Equals(obj as Terminated);
    public override int GetHashCode() => ActorRef?.GetHashCode() ?? 0;
    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}

/// <summary>No message arrived for the time given to SetReceiveTimeout.</summary>
public class ReceiveTimeout : IPossiblyHarmful
{
    private ReceiveTimeout()
    {
    }

    public static ReceiveTimeout Instance { get; } = new();
}

/// <summary>Reports how a request ended.</summary>
public abstract class Status
{
    public sealed class Success(object status) : Status
    {
        public static readonly Success Instance = new(null);
        public readonly object Status = status;
        public override string ToString() => Status is null ? "Success" : "Success: " + Status;
    }

    public sealed class Failure : Status
    {
        public readonly Exception Cause;
        public readonly object State;

        public Failure(Exception cause) => Cause = cause;

        public Failure(Exception cause, object state)
        {
            Cause = cause;
            State = state;
        }

        public override string ToString() => State is null ? $"Failure: {Cause}" : $"Failure[{State}]: {Cause}";
    }
}
