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
        Set("wait_event_type", x => x.State == "active" ? null : "Client");
        Set("wait_event", x => x.State == "active" ? null : "ClientRead");
        Set("state", x => x.State);
        Set("query", x => x.Query);
        Set("client backend", "backend_type");
        Set(CatalogValue.Null, "leader_pid", "client_hostname", "backend_xid", "backend_xmin", "query_id");
    }

    protected override IEnumerable<SessionEntry> Items(CatalogImage image, ICatalogSession? session) =>
        session?.Directory?.Sessions
        ?? (session is null ? [] : [new(session.ProcessId, session.Database, session.User, session.GetSetting("application_name", true) ?? "", null, null, 0, null, null, null, "active", "")]);

    private static CatalogValue Time(long? value) => value is { } time ? time : CatalogValue.Null;
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
