using Akka.Actor;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>What is known of an instance, for all databases on it. Written by its <see cref="InstanceActor"/>, read by every session.</summary>
public sealed class InstanceHealth(string name)
{
    private volatile InstanceCondition _now = InstanceCondition.Fresh;

    public string Name { get; } = name;

    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>A session could not reach it: it is probed at once, and until that is done it is not chosen again.</summary>
    public void Report(PgException error) => Actor.Tell(new InstanceActor.Failed(error), ActorRefs.NoSender);

    public InstanceCondition Now
    {
        get => _now;
        internal set => _now = value;
    }
}

/// <param name="Breaker">Whether it is to be asked at all.</param>
/// <param name="State">What it said of itself when it was asked last.</param>
public sealed record InstanceCondition(Breaker Breaker, InstanceState State)
{
    public static InstanceCondition Fresh { get; } = new(Breaker.Closed, InstanceState.Writable);

    /// <summary>What its operator is told: why it is out, or null.</summary>
    public string? Trouble { get; init; }
}
