using System.Collections.Immutable;
using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>Servers and the databases on them: what can be read again while the node runs.</summary>
public sealed record RoutingOptions(ImmutableDictionary<string, InstanceDefinition> Instances, ImmutableArray<RouteDefinition> Routes)
{
    public static RoutingOptions None { get; } = new(ImmutableDictionary<string, InstanceDefinition>.Empty, []);

    /// <summary>The route for a database: its own, or else the pattern with the longest text around its *.</summary>
    public (RouteDefinition Route, string Star)? Find(string database)
    {
        (RouteDefinition Route, string Star)? best = null;
        foreach (var route in Routes)
        {
            if (route.Match(database) is not { } star) continue;
            if (star.Length == 0) return (route, star);
            if (best is not { } other || route.Database.Length > other.Route.Database.Length) best = (route, star);
        }

        return best;
    }

    /// <exception cref="ConfigurationKeyException">A value will not do.</exception>
    public static RoutingOptions Read(Config config)
    {
        var instances = new ConfigSection("gateway.instances", config.GetConfig("gateway.instances") ?? Config.Empty)
            .Sections().Select(InstanceDefinition.Read).ToImmutableDictionary(instance => instance.Name, StringComparer.Ordinal);
        var routes = new ConfigSection("gateway.routes", config.GetConfig("gateway.routes") ?? Config.Empty)
            .Sections().Select(section => Checked(RouteDefinition.Read(section), section, instances)).ToImmutableArray();
        foreach (var group in routes.GroupBy(route => route.Database, StringComparer.Ordinal))
            if (group.Skip(1).FirstOrDefault() is { } second)
                throw new ConfigurationKeyException($"gateway.routes.{second.Name}", $"is a second route for database \"{group.Key}\"");
        return new RoutingOptions(instances, routes);
    }

    private static RouteDefinition Checked(RouteDefinition route, ConfigSection section, ImmutableDictionary<string, InstanceDefinition> instances)
    {
        foreach (var name in route.Instances)
            if (!instances.ContainsKey(name)) throw section.Wrong("instances", $"names \"{name}\", which is not in gateway.instances");
        if (route.Instances.Length > 64) throw section.Wrong("instances", "may name 64 at most");
        if (route.Instances.Distinct(StringComparer.Ordinal).Count() != route.Instances.Length) throw section.Wrong("instances", "names one twice");
        var first = instances[route.Instances[0]];
        foreach (var name in route.Instances)
            if (instances[name].Kind != first.Kind || instances[name].Driver != first.Driver)
                throw section.Wrong("instances", "must all be of one kind, with one driver");
        return route;
    }
}
