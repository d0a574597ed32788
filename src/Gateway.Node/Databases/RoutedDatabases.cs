using System.Data.Common;
using Gateway.Backends;
using Gateway.Node.Configuration;
using Gateway.Types;

namespace Gateway.Node.Databases;

/// <summary>The databases of the configured routes and, beside them, those of the embedded engine. Routes come first.</summary>
/// <param name="embedded">Null when only routes are served.</param>
/// <param name="driver">The provider of a name; throws a <see cref="PgException"/> when it is not there.</param>
internal sealed class RoutedDatabases(RoutingOptions routing, IDatabases? embedded, Func<string, DbProviderFactory> driver) : IDatabases, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Built> _built = new(StringComparer.Ordinal);

    // Sessions may still be in them.
    private readonly List<IBackend> _retired = [];
    private RoutingOptions _routing = routing;

    /// <summary>A backend with the definition it was built from.</summary>
    private sealed record Built(BackendDefinition Definition, ServedDatabase Served);

    /// <summary>Those that have a name: a pattern has none.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _routing.Routes.Select(route => route.Database).Where(name => !name.Contains('*'))
                    .Union(embedded?.Names ?? []).Order(StringComparer.Ordinal)];
        }
    }

    public ServedDatabase? Find(string name)
    {
        lock (_lock)
        {
            if (_routing.Find(name) is not var (route, star)) return embedded?.Find(name);
            var definition = BackendDefinition.Of(name, star, route, _routing);
            if (_built.TryGetValue(name, out var built))
            {
                if (built.Definition == definition)
                    return built.Served.Options == route.Options
                        ? built.Served
                        : (_built[name] = built with { Served = built.Served with { Options = route.Options } }).Served;
                _retired.Add(built.Served.Backend);
                _built.Remove(name);
            }

            built = new Built(definition, new ServedDatabase(definition.Build(driver(definition.Driver)), route.Options));
            _built.Add(name, built);
            return built.Served;
        }
    }

    public Gateway.Catalog.RowChanges ChangedIn(string name) => !IsRouted(name) && embedded is not null ? embedded.ChangedIn(name) : default;

    /// <summary>From now on these are the routes. What has not changed goes on with its backend and its pools.</summary>
    /// <exception cref="ConfigurationKeyException">An instance's driver is not there: nothing has changed.</exception>
    public void Update(RoutingOptions routing)
    {
        foreach (var name in routing.Routes.Select(route => route.Instances[0]).Distinct(StringComparer.Ordinal))
            try
            {
                driver(routing.Instances[name].Driver);
            }
            catch (PgException error)
            {
                throw new ConfigurationKeyException($"gateway.instances.{name}.driver", $"cannot be used: {error.Message}");
            }

        lock (_lock) _routing = routing;
    }

    public void Create(string name)
    {
        if (IsRouted(name)) throw new PgException(SqlStates.DuplicateDatabase, $"database \"{name}\" already exists");
        if (embedded is null) throw PgException.Unsupported("CREATE DATABASE is not supported: databases of this node are routes of its configuration");
        embedded.Create(name);
    }

    public void Drop(string name)
    {
        if (IsRouted(name)) throw PgException.Unsupported($"DROP DATABASE is not supported for \"{name}\", a route of the configuration");
        if (embedded is null) throw new PgException(SqlStates.InvalidCatalogName, $"database \"{name}\" does not exist");
        embedded.Drop(name);
    }

    public void Release(IBackend backend)
    {
        lock (_lock)
        {
            if (!_retired.Remove(backend)) return;
        }

        backend.Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var built in _built.Values) built.Served.Backend.Dispose();
            foreach (var backend in _retired) backend.Dispose();
            _built.Clear();
            _retired.Clear();
        }

        (embedded as IDisposable)?.Dispose();
    }

    private bool IsRouted(string name)
    {
        lock (_lock) return _routing.Find(name) is not null;
    }
}
