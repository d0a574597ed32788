namespace Akka.Actor;

/// <summary>Anything a message can be sent to.</summary>
public interface ICanTell
{
    void Tell(object message, IActorRef sender);
}

/// <summary>The handle of an actor; equal when path and incarnation are.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>A reference the runtime itself can address, with signals that are not messages.</summary>
internal interface IInternalActorRef : IActorRef
{
    void SendSystem(SystemMessage signal);
}

/// <summary>Equality, order and text of all references.</summary>
public abstract class ActorRefBase : IActorRef
{
    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef sender)
    {
        if (message is null) throw new ArgumentNullException(nameof(message), "The message cannot be null.");
        TellInternal(message, sender);
    }

    protected abstract void TellInternal(object message, IActorRef sender);

    public bool Equals(IActorRef other) =>
        ReferenceEquals(this, other) || other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path);

    public int CompareTo(IActorRef other)
    {
        var byPath = Path.CompareTo(other?.Path);
        return byPath != 0 || other is null ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    public int CompareTo(object obj) =>
        obj is null or IActorRef ? CompareTo((IActorRef)obj) : throw new ArgumentException("Not an IActorRef.", nameof(obj));

    public override bool Equals(object obj) => Equals(obj as IActorRef);
    public override int GetHashCode() => HashCode.Combine(Path.Uid, Path.Name);
    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";
}

/// <summary>References that name no actor.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;
    public static readonly IActorRef NoSender = null;
}

/// <summary>The reference that ignores every message.</summary>
public sealed class Nobody : ActorRefBase, IInternalActorRef
{
    public static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"), "/Nobody");

    protected override void TellInternal(object message, IActorRef sender)
    {
    }

    void IInternalActorRef.SendSystem(SystemMessage signal) => signal.AnswerForTheDead(this, existed: false);
}

/// <summary>Questions about references.</summary>
public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody;
    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) => actorRef.IsNobody() ? elseValue() : actorRef;
}

/// <summary>Sending with the current actor as the sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Self);

    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}
