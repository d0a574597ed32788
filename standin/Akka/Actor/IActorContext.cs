namespace Akka.Actor;

/// <summary>Whatever can create actors.</summary>
public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string name = null);
}

/// <summary>Whatever can watch actors end.</summary>
public interface ICanWatch
{
    IActorRef Watch(IActorRef subject);
    IActorRef WatchWith(IActorRef subject, object message);
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor sees of itself and its surroundings.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }
    Props Props { get; }
    Dispatch.MessageDispatcher Dispatcher { get; }
    IActorRef Sender { get; }
    ActorSystem System { get; }
    IActorRef Parent { get; }
    TimeSpan? ReceiveTimeout { get; }
    void Become(Receive receive);
    void BecomeStacked(Receive receive);
    void UnbecomeStacked();
    IActorRef Child(string name);
    IEnumerable<IActorRef> GetChildren();
    void SetReceiveTimeout(TimeSpan? timeout);
    void Stop(IActorRef child);
}

/// <summary>The context of an actor whose behaviours return nothing.</summary>
public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);
    void BecomeStacked(UntypedReceive receive);
}

/// <summary>A behaviour that says whether it handled the message.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message.</summary>
public delegate void UntypedReceive(object message);

/// <summary>Creating actors by type.</summary>
public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);
}
