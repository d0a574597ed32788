namespace Gateway.Catalog;

/// <summary>What catalogs show besides metadata: who asks, and what the node does at this moment.</summary>
public interface ICatalogSession
{
    string User { get; }

    string Database { get; }

    int ProcessId { get; }

    /// <exception cref="Types.PgException">42704 for an unknown setting unless <paramref name="missingOk"/>.</exception>
    string? GetSetting(string name, bool missingOk);

    /// <summary>Its own open cursors and named portals.</summary>
    IReadOnlyList<CursorEntry> Cursors => [];

    /// <summary>Its own prepared statements.</summary>
    IReadOnlyList<PreparedEntry> PreparedStatements => [];

    /// <summary>Advisory locks of its database.</summary>
    IReadOnlyList<LockEntry> Locks => [];

    /// <summary>Null where the session is alone with its database (tests, tools).</summary>
    ISessionDirectory? Directory => null;
}

/// <summary>The sessions and databases of this node.</summary>
public interface ISessionDirectory
{
    IReadOnlyList<SessionEntry> Sessions { get; }

    IReadOnlyList<string> Databases { get; }

    /// <summary>What the sessions of a database have done since the node was started.</summary>
    DatabaseActivity ActivityOf(string database);

    /// <summary>As a cancel request of that session's client; false when there is no such session.</summary>
    bool Cancel(int processId);

    /// <summary>Ends the session with 57P01; false when there is no such session.</summary>
    bool Terminate(int processId);

    /// <summary>Has the node read its configuration again, soon; false when it was started without any.</summary>
    bool Reload();
}

/// <summary>A row of pg_stat_activity. Times are µs since 2000-01-01 UTC, null where nothing has happened.</summary>
/// <param name="State">active, idle, idle in transaction, idle in transaction (aborted).</param>
public sealed record SessionEntry(
    int ProcessId,
    string Database,
    string User,
    string ApplicationName,
    string? Address,
    int? Port,
    long Started,
    long? TransactionStarted,
    long? QueryStarted,
    long? StateChanged,
    string State,
    string Query,
    (string Type, string Event)? Wait,
    Encryption? Encryption);

/// <summary>Of a connection, as pg_stat_ssl names it.</summary>
public sealed record Encryption(string Version, string Cipher, int Bits);

/// <summary>A row of pg_cursors. Times are µs since 2000-01-01 UTC.</summary>
public sealed record CursorEntry(string Name, string Statement, bool Holdable, bool Binary, bool Scrollable, long Created);

/// <summary>A row of pg_prepared_statements.</summary>
/// <param name="Types">Type OIDs of its parameters.</param>
public sealed record PreparedEntry(string Name, string Statement, long Prepared, IReadOnlyList<uint> Types, bool FromSql);

/// <summary>Counted since the node was started.</summary>
public readonly record struct DatabaseActivity(long Sessions, long Committed, long RolledBack)
{
    public RowChanges Rows { get; init; }
}

/// <summary>How many rows were changed. An upsert counts as inserted whether it inserts or updates.</summary>
public readonly record struct RowChanges(long Inserted, long Updated, long Deleted)
{
    public long Sum => Inserted + Updated + Deleted;

    public static RowChanges operator +(RowChanges left, RowChanges right) =>
        new(left.Inserted + right.Inserted, left.Updated + right.Updated, left.Deleted + right.Deleted);

    public static RowChanges operator -(RowChanges left, RowChanges right) =>
        new(left.Inserted - right.Inserted, left.Updated - right.Updated, left.Deleted - right.Deleted);
}

/// <summary>An advisory lock. A bigint key is split into its halves, two integers are <paramref name="Class"/> and <paramref name="Object"/>.</summary>
public sealed record LockEntry(string Database, uint Class, uint Object, bool TwoKeys, int ProcessId, bool Shared, bool Granted);
