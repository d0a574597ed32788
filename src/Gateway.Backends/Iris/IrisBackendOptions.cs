using System.Collections.Immutable;
using Gateway.Backends.Remote;
using Gateway.Sql.Dialects.Iris;

namespace Gateway.Backends.Iris;

/// <summary>What a transaction that asks for more than IRIS has gets: it knows neither repeatable read nor serializable.</summary>
public enum IsolationPolicy
{
    /// <summary>0A000.</summary>
    Refuse,

    /// <summary>READ COMMITTED, without a word.</summary>
    ReadCommitted,
}

public sealed record IrisBackendOptions
{
    /// <summary>The name of the database as clients see it.</summary>
    public required string Name { get; init; }

    /// <summary>The same namespace on one instance or several, in the order of preference.</summary>
    public required ImmutableArray<InstanceOptions> Instances { get; init; }

    /// <summary>The server's version, and how strings compare.</summary>
    public IrisOptions Server { get; init; } = new(new Version(2025, 1), ExactComparison: false);

    public IsolationPolicy Isolation { get; init; }

    /// <summary>Seconds until the driver gives a statement up; 0 for never: statement_timeout is kept by the session.</summary>
    public int CommandTimeout { get; init; }

    /// <summary>Metadata older than this is read again in the background; zero for never.</summary>
    public TimeSpan SchemaAge { get; init; }

    /// <summary>Seconds that one query of the metadata may take; 0 for no limit.</summary>
    public int CatalogTimeout { get; init; } = 30;

    /// <summary>Statements a connection keeps ready.</summary>
    public int CachedCommands { get; init; } = 64;

    /// <summary>Seconds a statement waits for a lock when the session has no lock_timeout: IRIS' own default.</summary>
    public int DefaultLockTimeout { get; init; } = 10;

    public RowStoreLimits Limits { get; init; } = new();
}
