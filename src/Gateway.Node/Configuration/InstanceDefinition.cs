using System.Collections.Immutable;
using Akka.Configuration;
using Gateway.Backends;

namespace Gateway.Node.Configuration;

public enum InstanceKind
{
    Iris,

    /// <summary>Any other database with a provider of System.Data.Common; PostgreSQL with Npgsql.</summary>
    Ado,
}

/// <summary>The SQL of a server behind a provider of System.Data.Common.</summary>
public enum AdoDialectKind
{
    /// <summary>By the provider.</summary>
    Auto,

    Postgresql,

    /// <summary>Rows of single tables are asked for; the gateway does the rest.</summary>
    Generic,
}

/// <summary><c>gateway.instances.NAME</c>: a server, without a database.</summary>
public sealed record InstanceDefinition
{
    public static ImmutableArray<string> Keys { get; } =
        ["kind", "driver", "host", "port", "role", "weight", "max-connections", "connect-timeout", "stuck-after", "version", "role-query", "options", "connection-string", "dialect"];

    public required string Name { get; init; }

    public required InstanceKind Kind { get; init; }

    /// <summary>The provider's name, such as InterSystems.Data.IRISClient or Npgsql.</summary>
    public required string Driver { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required InstanceRole Role { get; init; }

    public required int Weight { get; init; }

    /// <summary>Connections from this node over all pools, such as a licence allows; 0 for no limit.</summary>
    public required int MaxConnections { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    /// <summary>Calls that have waited for so long are ended when probes are not answered either; zero for never.</summary>
    public required TimeSpan StuckAfter { get; init; }

    /// <summary>Of the server, which decides what it can be asked; the least one of a route's instances counts.</summary>
    public required Version Version { get; init; }

    /// <summary>A query of one value that tells which part it plays in its mirror (PRIMARY, BACKUP …); empty to take whoever answers for writable.</summary>
    public required string RoleQuery { get; init; }

    /// <summary>Appended to the connection string.</summary>
    public required string Options { get; init; }

    /// <summary>For ado: in the place of one made of host and port, in the provider's own keys; empty for none.</summary>
    public required string ConnectionString { get; init; }

    public required AdoDialectKind Dialect { get; init; }

    /// <exception cref="ConfigurationKeyException">A value will not do.</exception>
    internal static InstanceDefinition Read(ConfigSection section)
    {
        section.RequireOnly(Keys);
        var kind = section.OneOf("kind", InstanceKind.Iris, ("iris", InstanceKind.Iris), ("ado", InstanceKind.Ado));
        return new InstanceDefinition
        {
            Name = section.Name,
            Kind = kind,
            Driver = section.Text("driver", kind == InstanceKind.Iris ? "InterSystems.Data.IRISClient" : "Npgsql"),
            Host = section.Text("host", "127.0.0.1"),
            Port = section.Number("port", kind == InstanceKind.Iris ? 1972 : 5432, 1, 65535),
            Role = section.OneOf("role", InstanceRole.Primary,
                ("primary", InstanceRole.Primary), ("replica", InstanceRole.Replica), ("reporting", InstanceRole.Reporting)),
            Weight = section.Number("weight", 1, 1, 1000),
            MaxConnections = section.Number("max-connections", 0, 0, 100_000),
            ConnectTimeout = section.Time("connect-timeout", TimeSpan.FromSeconds(5)),
            StuckAfter = section.Time("stuck-after", TimeSpan.FromSeconds(10)),
            Version = section.Version("version", new Version(2025, 1)),
            RoleQuery = section.Text("role-query", ""),
            Options = section.Text("options", ""),
            ConnectionString = section.Text("connection-string", ""),
            Dialect = section.OneOf("dialect", AdoDialectKind.Auto,
                ("auto", AdoDialectKind.Auto), ("postgresql", AdoDialectKind.Postgresql), ("generic", AdoDialectKind.Generic)),
        };
    }
}
