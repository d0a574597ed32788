using Akka.Actor;
using Gateway.Actors.Pools;
using Gateway.Backends;

namespace Gateway.Actors.Routing;

/// <summary>The instances a node knows, by name, with an actor each that watches those which can be away.</summary>
internal sealed class Instances(IActorContext context, BackendThreads threads)
{
    private readonly Dictionary<string, InstanceHealth> _known = new(StringComparer.Ordinal);

    public InstanceHealth HealthOf(IInstance instance)
    {
        if (!instance.IsRemote) return new InstanceHealth(instance.Name, instance.Role);
        if (!_known.TryGetValue(instance.Name, out var health))
        {
            _known.Add(instance.Name, health = new InstanceHealth(instance.Name, instance.Role));
            health.Actor = context.ActorOf(Props.Create(() => new InstanceActor(instance, health, threads)));
        }
        else
        {
            // Configured anew, the name may stand for another server.
            health.Actor.Tell(new InstanceActor.Watch(instance), ActorRefs.NoSender);
        }

        health.Connections.SetMax(instance.MaxConnections);
        return health;
    }

    /// <summary>No route leads to any other: nobody asks those any more.</summary>
    public void KeepOnly(HashSet<string> names)
    {
        foreach (var (name, health) in _known.Where(known => !names.Contains(known.Key)).ToArray())
        {
            _known.Remove(name);
            context.Stop(health.Actor);
        }
    }
}
