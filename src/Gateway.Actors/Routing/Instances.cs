using Akka.Actor;
using Gateway.Backends;

namespace Gateway.Actors.Routing;

/// <summary>The instances a node knows, by name, with an actor each that watches those which can be away.</summary>
internal sealed class Instances(IActorContext context)
{
    private readonly Dictionary<string, InstanceHealth> _known = new(StringComparer.Ordinal);

    public InstanceHealth HealthOf(IInstance instance)
    {
        if (!instance.IsRemote) return new InstanceHealth(instance.Name, instance.Role);
        if (_known.TryGetValue(instance.Name, out var known))
        {
            known.Connections.SetMax(instance.MaxConnections);
            return known;
        }

        var health = new InstanceHealth(instance.Name, instance.Role);
        health.Connections.SetMax(instance.MaxConnections);
        _known.Add(instance.Name, health);
        health.Actor = context.ActorOf(Props.Create(() => new InstanceActor(instance, health)));
        return health;
    }
}
