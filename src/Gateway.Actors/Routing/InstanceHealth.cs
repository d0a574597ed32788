using Akka.Actor;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>What is known of an instance, for all databases on it. Written by its <see cref="InstanceActor"/>, read by every session.</summary>
public sealed class InstanceHealth
{
    private volatile InstanceCondition _now;

    /// <param name="role">What it is taken for until it was asked.</param>
    public InstanceHealth(string name, InstanceRole role)
    {
        Name = name;
        _now = new InstanceCondition(Breaker.Closed, role == InstanceRole.Primary ? InstanceState.Writable : InstanceState.ReadOnly);
    }

    public string Name { get; }

    /// <summary>The connections of all pools to it.</summary>
    public InstanceConnections Connections { get; } = new();

    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <summary>A session could not reach it: it is probed at once, and until that is done it is not chosen again.</summary>
    public void Report(PgException error) => Actor.Tell(new InstanceActor.Failed(error), ActorRefs.NoSender);

    /// <summary>A session waits for a better one: it is asked now rather than when its turn comes.</summary>
    public void Hurry() => Actor.Tell(InstanceActor.Hurry.Instance, ActorRefs.NoSender);

    public InstanceCondition Now
    {
        get => _now;
        internal set
        {
            _now = value;
            Connections.IsOut = value.Breaker.IsOpen;
        }
    }
}

/// <param name="Breaker">Whether it is to be asked at all.</param>
/// <param name="State">What it said of itself when it was asked last.</param>
public sealed record InstanceCondition(Breaker Breaker, InstanceState State)
{
    /// <summary>What its operator is told: why it is out, or null.</summary>
    public string? Trouble { get; init; }
}
