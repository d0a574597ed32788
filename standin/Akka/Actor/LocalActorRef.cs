namespace Akka.Actor;

/// <summary>The reference of an actor in this process.</summary>
internal sealed class LocalActorRef : ActorRefBase, IInternalActorRef
{
    public LocalActorRef(ActorSystemImpl system, Props props, Dispatch.MessageDispatcher dispatcher, LocalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, props, dispatcher, this, parent);
    }

    public override ActorPath Path { get; }
    public ActorCell Cell { get; }

    /// <summary>Set once the event stream knows this reference, so that only such actors unsubscribe when they end.</summary>
    public bool IsSubscribed { get; set; }

    protected override void TellInternal(object message, IActorRef sender) => Cell.Mailbox.Post(message, sender);
    public void SendSystem(SystemMessage signal) => Cell.Mailbox.PostSystem(signal);
}
