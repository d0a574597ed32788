using System.Collections.Immutable;
using Gateway.Backends.Remote;

namespace Gateway.Backends.Ado;

public sealed record AdoBackendOptions
{
    /// <summary>The name of the database as clients see it.</summary>
    public required string Name { get; init; }

    /// <summary>The same database on one server or several, in the order of preference.</summary>
    public required ImmutableArray<InstanceOptions> Instances { get; init; }

    /// <summary>How long opening a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a probe may take, opening included.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a cancelled statement may take to end; then its connection is given up.</summary>
    public TimeSpan CancelPatience { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How old the metadata may get before it is read again, for changes made past the gateway; zero for any age.</summary>
    public TimeSpan SchemaAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Statements a connection keeps ready.</summary>
    public int CachedCommands { get; init; } = 128;

    /// <summary>
    /// Rows of a result that nobody reads to its end inside a transaction, which are read and thrown away; beyond, the
    /// statement is cancelled, and with it the transaction fails.
    /// </summary>
    public long DrainRows { get; init; } = 1_000_000;

    public RowStoreLimits Limits { get; init; } = new();
}
