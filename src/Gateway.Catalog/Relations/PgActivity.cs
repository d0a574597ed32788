using System.Globalization;
using Gateway.Types;

namespace Gateway.Catalog;

internal abstract class SessionRelation<T>(string name) : CatalogRelation<T>(name)
{
    public override bool IsVolatile => true;
}

/// <summary>The sessions of this node; without a directory, the one that asks.</summary>
internal sealed class PgStatActivity : SessionRelation<SessionEntry>
{
    public PgStatActivity()
        : base("pg_stat_activity")
    {
        Set("datid", x => PgDatabase.OidOf(x.Database));
        Set("datname", x => x.Database);
        Set("pid", x => x.ProcessId);
        Set("usesysid", _ => SystemCatalog.Owner);
        Set("usename", x => x.User);
        Set("application_name", x => x.ApplicationName);
        Parse("client_addr", x => x.Address);
        Set("client_port", x => x.Port is { } port ? port : CatalogValue.Null);
        Set("backend_start", x => x.Started);
        Set("xact_start", x => Time(x.TransactionStarted));
        Set("query_start", x => Time(x.QueryStarted));
        Set("state_change", x => Time(x.StateChanged));
        Set("wait_event_type", x => x.Wait?.Type);
        Set("wait_event", x => x.Wait?.Event);
        Set("state", x => x.State);
        Set("query", x => x.Query);
        Set("client backend", "backend_type");
        Set(CatalogValue.Null, "leader_pid", "client_hostname", "backend_xid", "backend_xmin", "query_id");
    }

    protected override IEnumerable<SessionEntry> Items(CatalogImage image, ICatalogSession? session)
    {
        if (session?.Directory is not { } directory)
            return session is null ? [] : [new(session.ProcessId, session.Database, session.User, session.GetSetting("application_name", true) ?? "", null, null, 0, null, null, null, "active", "", null, null)];
        var waiting = session.Locks.Where(held => !held.Granted).Select(held => held.ProcessId).ToHashSet();
        return directory.Sessions.Select(entry => waiting.Contains(entry.ProcessId) ? entry with { Wait = ("Lock", "advisory") } : entry);
    }

    private static CatalogValue Time(long? value) => value is { } time ? time : CatalogValue.Null;
}

/// <summary>How the clients of this node's sessions are connected.</summary>
internal sealed class PgStatSsl : SessionRelation<SessionEntry>
{
    public PgStatSsl()
        : base("pg_stat_ssl")
    {
        Set("pid", x => x.ProcessId);
        Set("ssl", x => x.Encryption is not null);
        Set("version", x => x.Encryption?.Version);
        Set("cipher", x => x.Encryption?.Cipher);
        Set("bits", x => x.Encryption is { Bits: var bits } ? bits : CatalogValue.Null);
        Set(CatalogValue.Null, "client_dn", "client_serial", "issuer_dn");
    }

    protected override IEnumerable<SessionEntry> Items(CatalogImage image, ICatalogSession? session) => session?.Directory?.Sessions ?? [];
}

/// <summary>Open cursors and named portals of the session that asks.</summary>
internal sealed class PgCursors : SessionRelation<CursorEntry>
{
    public PgCursors()
        : base("pg_cursors")
    {
        Set("name", x => x.Name);
        Set("statement", x => x.Statement);
        Set("is_holdable", x => x.Holdable);
        Set("is_binary", x => x.Binary);
        Set("is_scrollable", x => x.Scrollable);
        Set("creation_time", x => x.Created);
    }

    protected override IEnumerable<CursorEntry> Items(CatalogImage image, ICatalogSession? session) => session?.Cursors ?? [];
}

/// <summary>Prepared statements of the session that asks. Plans are not counted.</summary>
internal sealed class PgPreparedStatements : SessionRelation<PreparedEntry>
{
    public PgPreparedStatements()
        : base("pg_prepared_statements")
    {
        Set("name", x => x.Name);
        Set("statement", x => x.Statement);
        Set("prepare_time", x => x.Prepared);
        Parse("parameter_types", x => "{" + string.Join(',', x.Types) + "}");
        Set("from_sql", x => x.FromSql);
        Set(0L, "generic_plans", "custom_plans");
    }

    protected override IEnumerable<PreparedEntry> Items(CatalogImage image, ICatalogSession? session) => session?.PreparedStatements ?? [];
}

/// <summary>Sessions and transactions and changed rows since the node was started; rows that are read and blocks are not counted.</summary>
internal sealed class PgStatDatabase : SessionRelation<(string? Name, DatabaseActivity Activity, int Connected)>
{
    public PgStatDatabase()
        : base("pg_stat_database")
    {
        Set("datid", x => x.Name is { } name ? PgDatabase.OidOf(name) : 0L);
        Set("datname", x => x.Name);
        Set("numbackends", x => x.Connected);
        Set("sessions", x => x.Activity.Sessions);
        Set("xact_commit", x => x.Activity.Committed);
        Set("xact_rollback", x => x.Activity.RolledBack);
        Set("tup_inserted", x => x.Activity.Rows.Inserted);
        Set("tup_updated", x => x.Activity.Rows.Updated);
        Set("tup_deleted", x => x.Activity.Rows.Deleted);
        Set(0L, "blks_read", "blks_hit", "tup_returned", "tup_fetched", "conflicts", "temp_files", "temp_bytes",
            "deadlocks", "sessions_abandoned", "sessions_fatal", "sessions_killed");
        Set(CatalogValue.Of(0.0), "blk_read_time", "blk_write_time", "session_time", "active_time", "idle_in_transaction_time");
        Set(CatalogValue.Null, "checksum_failures", "checksum_last_failure", "stats_reset");
    }

    /// <summary>PostgreSQL's row for what belongs to no database comes first.</summary>
    protected override IEnumerable<(string? Name, DatabaseActivity Activity, int Connected)> Items(CatalogImage image, ICatalogSession? session)
    {
        yield return (null, default, 0);
        if (session is null) yield break;
        var sessions = session.Directory?.Sessions ?? [];
        foreach (var name in PgDatabase.NamesFor(session))
            yield return (name, session.Directory?.ActivityOf(name) ?? default, sessions.Count(entry => entry.Database == name));
    }
}

/// <summary>Advisory locks: the gateway shows no others.</summary>
internal sealed class PgLocks : SessionRelation<LockEntry>
{
    public PgLocks()
        : base("pg_locks")
    {
        Set("advisory", "locktype");
        Set("database", x => PgDatabase.OidOf(x.Database));
        Set("classid", x => x.Class);
        Set("objid", x => x.Object);
        Set("objsubid", x => x.TwoKeys ? 2 : 1);
        Set("virtualtransaction", x => string.Create(CultureInfo.InvariantCulture, $"{x.ProcessId}/1"));
        Set("pid", x => x.ProcessId);
        Set("mode", x => x.Shared ? "ShareLock" : "ExclusiveLock");
        Set("granted", x => x.Granted);
        Set(false, "fastpath");
        Set(CatalogValue.Null, "relation", "page", "tuple", "virtualxid", "transactionid", "waitstart");
    }

    protected override IEnumerable<LockEntry> Items(CatalogImage image, ICatalogSession? session) => session?.Locks ?? [];
}

/// <summary>What a session can SHOW, with what PostgreSQL 15 says of it.</summary>
internal sealed class PgSettings : SessionRelation<(string?[] Line, string Value)>
{
    private static readonly Lazy<string?[][]> Known = new(() => [.. CatalogData.Read("settings")]);

    public PgSettings()
        : base("pg_settings")
    {
        string[] columns = ["name", "unit", "category", "short_desc", "extra_desc", "context", "vartype", "min_val", "max_val", "enumvals", "boot_val"];
        for (var i = 0; i < columns.Length; i++)
        {
            var at = i;
            Parse(columns[i], x => x.Line[at]);
        }

        Set("setting", x => x.Value);
        Set("source", x => x.Value == x.Line[10] ? "default" : "session");
        Set("reset_val", x => x.Line[10]);
        Set(false, "pending_restart");
        Set(CatalogValue.Null, "sourcefile", "sourceline");
    }

    protected override IEnumerable<(string?[] Line, string Value)> Items(CatalogImage image, ICatalogSession? session) =>
        from line in Known.Value
        let value = session?.GetSetting(line[0]!, true)
        where value is not null
        select (line, value);
}

internal sealed class PgTimezoneNames : CatalogRelation<TimeZoneInfo>
{
    public PgTimezoneNames()
        : base("pg_timezone_names")
    {
        Set("name", x => x.Id);
        Set("abbrev", x => x.BaseUtcOffset == TimeSpan.Zero ? "UTC" : Offset(x));
        Parse("utc_offset", x => x.GetUtcOffset(DateTime.UtcNow).ToString("c", CultureInfo.InvariantCulture));
        Set("is_dst", x => x.IsDaylightSavingTime(DateTime.UtcNow));
    }

    protected override IEnumerable<TimeZoneInfo> Items(CatalogImage image, ICatalogSession? session) => TimeZoneInfo.GetSystemTimeZones();

    private static string Offset(TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(DateTime.UtcNow);
        return (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(offset.Minutes == 0 ? "hh" : "hhmm", CultureInfo.InvariantCulture);
    }
}
