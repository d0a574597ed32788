using Akka.Configuration;

namespace Akka.Actor;

/// <summary>One phase of the coordinated shutdown as configured.</summary>
internal sealed record ShutdownPhase(string Name, TimeSpan Timeout, bool Recover, bool Enabled, IList<string> DependsOn)
{
    public static Dictionary<string, ShutdownPhase> Read(Config config)
    {
        var usual = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var phases = config.GetConfig("phases");
        return phases.AsEnumerable().Select(entry => entry.Key).ToDictionary(name => name, name => new ShutdownPhase(
            name,
            phases.GetTimeSpan(Key(name, "timeout"), usual),
            phases.GetBoolean(Key(name, "recover"), true),
            phases.GetBoolean(Key(name, "enabled"), true),
            phases.GetStringList(Key(name, "depends-on"))));
    }

    /// <summary>Every phase after those it depends on, otherwise as declared.</summary>
    public static List<string> Sort(Dictionary<string, ShutdownPhase> phases)
    {
        var order = new List<string>();
        var open = new HashSet<string>();

        void Visit(string name)
        {
            if (order.Contains(name)) return;
            if (!open.Add(name)) throw new ArgumentException($"Cycle detected in graph of phases, at [{name}]");
            if (phases.TryGetValue(name, out var phase))
                foreach (var earlier in phase.DependsOn) Visit(earlier);
            open.Remove(name);
            if (phase is not null) order.Add(name);
        }

        foreach (var name in phases.Keys) Visit(name);
        return order;
    }

    private static string Key(string phase, string key) => $"\"{phase}\".{key}";
}
