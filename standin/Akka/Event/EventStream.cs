using Akka.Actor;

namespace Akka.Event;

/// <summary>Anything log events can be published to.</summary>
public abstract class LoggingBus
{
    public LogLevel LogLevel { get; private set; } = LogLevel.InfoLevel;

    public void SetLogLevel(LogLevel logLevel) => LogLevel = logLevel;
    public abstract void Publish(object @event);
}

/// <summary>Publish and subscribe by type; a subscriber of a class also gets its subclasses.</summary>
public class EventStream : LoggingBus
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Type, HashSet<IActorRef>> _subscriptions = [];
    private volatile Dictionary<Type, IActorRef[]> _byEvent = [];

    public EventStream(bool debug)
    {
    }

    public virtual bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(channel, out var subscribers)) _subscriptions[channel] = subscribers = [];
            if (!subscribers.Add(subscriber)) return false;
            if (subscriber is LocalActorRef local) local.IsSubscribed = true;
            _byEvent = [];
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(channel, out var subscribers) || !subscribers.Remove(subscriber)) return false;
            _byEvent = [];
            return true;
        }
    }

    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            var any = false;
            foreach (var subscribers in _subscriptions.Values) any |= subscribers.Remove(subscriber);
            _byEvent = [];
            return any;
        }
    }

    public override void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        foreach (var subscriber in SubscribersOf(@event.GetType())) subscriber.Tell(@event, ActorRefs.NoSender);
    }

    private IActorRef[] SubscribersOf(Type type)
    {
        if (_byEvent.TryGetValue(type, out var known)) return known;
        lock (_gate)
        {
            var found = _subscriptions
                .Where(channel => channel.Key.IsAssignableFrom(type))
                .SelectMany(channel => channel.Value).Distinct().ToArray();
            // Readers never see a dictionary that changes under them.
            _byEvent = new Dictionary<Type, IActorRef[]>(_byEvent) { [type] = found };
            return found;
        }
    }
}

public static class EventStreamExtensions
{
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Subscribe(subscriber, typeof(TChannel));
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) => eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
