using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Backends.Ado.Generic;
using Gateway.Backends.Iris;
using Gateway.Node.Configuration;
using Gateway.Sql.Dialects.Iris;

namespace Gateway.Node.Databases;

/// <summary>Everything a backend is made of: two that are equal need only one.</summary>
internal sealed record BackendDefinition(string Database, string Namespace, RouteDefinition Route, ImmutableArray<InstanceDefinition> Instances)
{
    public string Driver => Instances[0].Driver;

    /// <param name="star">What the * of the route's pattern stands for.</param>
    public static BackendDefinition Of(string database, string star, RouteDefinition route, RoutingOptions routing)
    {
        ImmutableArray<InstanceDefinition> instances = [.. route.Instances.Select(name => routing.Instances[name])];
        var target = route.Namespace.Length > 0 ? route.Namespace.Replace("*", star, StringComparison.Ordinal)
            : instances[0].Kind == InstanceKind.Iris ? database.ToUpperInvariant()
            : database;
        return new BackendDefinition(database, target, route with { Options = RouteOptions.Default }, instances);
    }

    public bool Equals(BackendDefinition? other) =>
        other is not null && Database == other.Database && Namespace == other.Namespace && Route == other.Route && Instances.SequenceEqual(other.Instances);

    public override int GetHashCode() => HashCode.Combine(Database, Namespace);

    public IBackend Build(DbProviderFactory driver) => Instances[0].Kind switch
    {
        InstanceKind.Iris => new IrisBackend(
            new IrisBackendOptions
            {
                Name = Database,
                Instances = [.. Instances.Select(instance => ToOptions(instance, IrisConnectionString(instance)))],
                Server = new IrisOptions(Instances.Min(instance => instance.Version)!, Route.ExactStrings) { ExactTextOrder = Route.ExactTextOrder },
                SchemaAge = Route.CatalogAge,
                Isolation = Route.Isolation,
            },
            driver),
        _ when Instances[0].Dialect == AdoDialectKind.Generic || (Instances[0].Dialect == AdoDialectKind.Auto && !AdoBackend.IsForPostgres(driver)) => new GenericBackend(
            new AdoBackendOptions
            {
                Name = Database,
                Instances = [.. Instances.Select(instance => ToOptions(instance, GenericConnectionString(instance)))],
                ConnectTimeout = Instances.Max(instance => instance.ConnectTimeout),
                SchemaAge = Route.CatalogAge,
            },
            driver),
        _ => new AdoBackend(
            new AdoBackendOptions
            {
                Name = Database,
                Instances = [.. Instances.Select(instance => ToOptions(instance, AdoConnectionString(instance)))],
                ConnectTimeout = Instances.Max(instance => instance.ConnectTimeout),
            },
            driver),
    };

    private static InstanceOptions ToOptions(InstanceDefinition instance, string connectionString) => new()
    {
        Name = instance.Name,
        Role = instance.Role,
        Weight = instance.Weight,
        MaxConnections = instance.MaxConnections,
        ConnectionString = connectionString,
        ConnectTimeout = instance.ConnectTimeout,
        StuckAfter = instance.StuckAfter,
        RoleQuery = instance.RoleQuery,
    };

    // The gateway pools itself. Shared memory fails between containers, and is for localhost only.
    private string IrisConnectionString(InstanceDefinition instance) => Text(instance, odbcRules: false,
        ("Server", instance.Host),
        ("Port", instance.Port.ToString(CultureInfo.InvariantCulture)),
        ("Namespace", Namespace),
        ("User ID", Route.User),
        ("Password", Route.Password),
        ("Connection Timeout", Seconds(instance.ConnectTimeout)),
        ("Pooling", "false"),
        ("SharedMemory", "false"));

    // The keys of Npgsql, which the backend knows for other providers; statement_timeout is kept by the session, so a command has no limit of its own.
    private string AdoConnectionString(InstanceDefinition instance)
    {
        var isOdbc = instance.Driver.EndsWith("System.Data.Odbc", StringComparison.Ordinal);
        if (instance.ConnectionString.Length > 0)
        {
            // What the operator has written is whole; the route adds the login and the database it names.
            var builder = new DbConnectionStringBuilder(isOdbc) { ConnectionString = instance.ConnectionString };
            if (Route.Namespace.Length > 0) builder["Database"] = Namespace;
            if (Route.User.Length > 0) builder["Username"] = Route.User;
            if (Route.Password.Length > 0) builder["Password"] = Route.Password;
            return instance.Options.Length == 0 ? builder.ConnectionString : $"{builder.ConnectionString};{instance.Options}";
        }

        return Text(instance, isOdbc,
            ("Host", instance.Host),
            ("Port", instance.Port.ToString(CultureInfo.InvariantCulture)),
            ("Database", Namespace),
            ("Username", Route.User),
            ("Password", Route.Password),
            ("Timeout", Seconds(instance.ConnectTimeout)),
            ("Command Timeout", "0"),
            ("Pooling", "false"));
    }

    // No two providers have the same keys: but for the login, all is the operator's.
    private string GenericConnectionString(InstanceDefinition instance)
    {
        var builder = new DbConnectionStringBuilder(instance.Driver.EndsWith("System.Data.Odbc", StringComparison.Ordinal)) { ConnectionString = instance.ConnectionString };
        if (Route.Namespace.Length > 0) builder["Database"] = Namespace;
        if (Route.User.Length > 0) builder["User ID"] = Route.User;
        if (Route.Password.Length > 0) builder["Password"] = Route.Password;
        return instance.Options.Length == 0 ? builder.ConnectionString : $"{builder.ConnectionString};{instance.Options}";
    }

    private static string Text(InstanceDefinition instance, bool odbcRules, params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        var builder = new DbConnectionStringBuilder(odbcRules);
        foreach (var (key, value) in pairs)
            if (value.Length > 0) builder[key] = value;
        return instance.Options.Length == 0 ? builder.ConnectionString : $"{builder.ConnectionString};{instance.Options}";
    }

    private static string Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
