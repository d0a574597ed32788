using System.Collections.Frozen;
using Gateway.Backends.Embedded.Functions;
using Gateway.Catalog;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>When a commit waits for the disk.</summary>
public enum Synchronous
{
    /// <summary>A crash of the machine may lose the last commits, never the database.</summary>
    Normal,

    /// <summary>What was acknowledged as committed is on the disk.</summary>
    Full,
}

public sealed record EmbeddedOptions
{
    public required string DataDirectory { get; init; }

    public Dialect Dialect { get; init; } = new SqliteDialect(FunctionLibrary.Names.Concat(EmbeddedConnection.FunctionNames).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>How sessions use its databases.</summary>
    public RouteOptions Route { get; init; } = RouteOptions.Default;

    public Synchronous Synchronous { get; init; } = Synchronous.Full;

    /// <summary>Page cache of one connection.</summary>
    public int CacheBytes { get; init; } = 8 << 20;

    /// <summary>How much of each file is read through memory mapping.</summary>
    public long MapBytes { get; init; } = 64 << 20;

    /// <summary>Prepared statements kept per connection, and the SQL text they may hold together.</summary>
    public int CachedStatements { get; init; } = 256;

    public int CachedStatementBytes { get; init; } = 1 << 20;

    /// <summary>How long another process may hold a lock before a statement without lock_timeout fails with 55P03.</summary>
    public TimeSpan ForeignLockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Relations every database shows besides its own: pg_catalog, information_schema.</summary>
    public IReadOnlyCollection<RelationInfo> SystemRelations { get; init; } = SystemCatalog.Relations;

    /// <summary>Called for every new connection before its first statement, to add functions and virtual tables.</summary>
    public Action<EmbeddedConnection, sqlite3>? ConnectionOpened { get; init; }
}
