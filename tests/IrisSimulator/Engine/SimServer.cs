using System.Collections.Concurrent;

namespace IrisSimulator;

/// <summary>The instances of this process, by name. Each lives until <see cref="Drop"/>.</summary>
public static class SimServer
{
    private static readonly ConcurrentDictionary<string, Engine.Instance> Instances = new(StringComparer.OrdinalIgnoreCase);

    private static Engine.Instance Get(string instance) => Instances.GetOrAdd(instance, name => new Engine.Instance(name));

    /// <summary>Forgets an instance with all its data; connections to it fail from then on.</summary>
    public static void Drop(string instance)
    {
        if (Instances.TryRemove(instance, out var found)) found.Drop();
    }

    /// <summary>Also of an instance that nobody has connected to yet.</summary>
    public static SimBehaviour Behaviour(string instance) => Get(instance).Behaviour;

    public static void AddUser(string instance, string user, string password) => Get(instance).SetUser(user, password);

    internal static Engine.Session Connect(string instance, string space, string user, string password, IrisVersion version) =>
        Get(instance).Connect(space, user, password, version);
}
