using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A second test actor that can stand in for any other.</summary>
public class TestProbe : TestKitBase, IInternalActorRef
{
    internal TestProbe(ActorSystem system, string name) : base(system, null, null, name ?? "testProbe", implicitSender: false)
    {
    }

    public IActorRef Ref => TestActor;
    public IActorRef Sender => LastSender;
    public ActorPath Path => TestActor.Path;

    /// <summary>Sends with the probe as the sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    public void Forward(IActorRef actor) => actor.Tell(LastMessage, LastSender);
    public void Forward(IActorRef actor, object message) => actor.Tell(message, LastSender);

    /// <summary>Answers the sender of the last message.</summary>
    public void Reply(object message) => LastSender.Tell(message, TestActor);

    void ICanTell.Tell(object message, IActorRef sender) => TestActor.Tell(message, sender);
    void IInternalActorRef.SendSystem(SystemMessage signal) => ((IInternalActorRef)TestActor).SendSystem(signal);

    public bool Equals(IActorRef other) => TestActor.Equals(other is TestProbe probe ? probe.TestActor : other);
    public int CompareTo(IActorRef other) => TestActor.CompareTo(other is TestProbe probe ? probe.TestActor : other);
    public int CompareTo(object obj) => CompareTo((IActorRef)obj);
    public override bool Equals(object obj) => obj is IActorRef other && Equals(other);
    public override int GetHashCode() => TestActor.GetHashCode();
    public override string ToString() => TestActor.ToString();
}
