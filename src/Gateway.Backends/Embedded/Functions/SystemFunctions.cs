using System.Globalization;
using Gateway.Catalog;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// System functions over what the gateway has none of: they answer as a PostgreSQL on which the feature is switched off.
/// What would have to do something is left out, and so refused with its name.
/// </summary>
internal static class SystemFunctions
{
    /// <summary>With the number of arguments.</summary>
    private static readonly (string Name, int Arity)[] Null =
    [
        ("pg_last_wal_receive_lsn", 0), ("pg_last_wal_replay_lsn", 0), ("pg_last_xact_replay_timestamp", 0), ("pg_current_logfile", 0),
        ("pg_current_logfile_1arg", 1), ("pg_collation_actual_version", 1), ("pg_database_collation_actual_version", 1), ("pg_column_compression", 1),
        ("pg_replication_origin_oid", 1),
    ];

    private static readonly (string Name, int Arity)[] False =
        [("row_security_active", 1), ("row_security_active_name", 1), ("pg_replication_origin_session_is_setup", 0)];

    private static readonly (string Name, int Arity)[] NoRows =
    [
        ("pg_hba_file_rules", 0), ("pg_ident_file_mappings", 0), ("show_all_file_settings", 0), ("pg_get_shmem_allocations", 0), ("pg_get_backend_memory_contexts", 0),
        ("pg_get_replication_slots", 0), ("pg_show_replication_origin_status", 0), ("pg_stat_get_wal_senders", 0), ("pg_stat_get_subscription", 1),
        ("pg_stat_get_slru", 0), ("pg_stat_get_progress_info", 1), ("pg_prepared_xact", 0),
    ];

    private static readonly (string Name, int Arity, Func<Call, PgException> Error)[] Errors =
    [
        .. from function in ((string, int)[])[("pg_wal_replay_pause", 0), ("pg_wal_replay_resume", 0), ("pg_is_wal_replay_paused", 0), ("pg_get_wal_replay_pause_state", 0), ("pg_promote", 2)]
           select (function.Item1, function.Item2, (Func<Call, PgException>)(_ => Missing("recovery is not in progress", "Recovery control functions can only be executed during recovery."))),
        .. from function in ((string, int)[])[("pg_xact_commit_timestamp", 1), ("pg_xact_commit_timestamp_origin", 1), ("pg_last_committed_xact", 0)]
           select (function.Item1, function.Item2, (Func<Call, PgException>)(_ => Missing("could not get commit timestamp data", "Make sure the configuration parameter \"track_commit_timestamp\" is set."))),
        .. from function in ((string, int)[])[("pg_drop_replication_slot", 1), ("pg_replication_slot_advance", 2)]
           select (function.Item1, function.Item2, (Func<Call, PgException>)(c => new PgException(SqlStates.UndefinedObject, $"replication slot \"{c.Text(0)}\" does not exist"))),
        ("pg_replication_origin_drop", 1, c => new PgException(SqlStates.UndefinedObject, $"replication origin \"{c.Text(0)}\" does not exist")),
        ("pg_replication_origin_session_reset", 0, _ => Missing("no replication origin is configured", null)),
        ("pg_replication_origin_session_progress", 1, _ => Missing("no replication origin is configured", null)),
        .. from function in ((string, string)[])[("ddl_commands", "an"), ("dropped_objects", "a sql_drop"), ("table_rewrite_oid", "a table_rewrite"), ("table_rewrite_reason", "a table_rewrite")]
           let name = "pg_event_trigger_" + function.Item1
           select (name, 0, (Func<Call, PgException>)(_ => new PgException("39P03", $"{name}() can only be called in {function.Item2} event trigger function"))),
    ];

    public static void AddTo(FunctionTable f)
    {
        foreach (var (name, arity) in Null) f.Stable(name, arity, _ => { });
        foreach (var (name, arity) in False) f.Stable(name, arity, c => c.Return(false));
        foreach (var (name, arity) in NoRows) f.Stable(name, arity, c => SetResult.Rows(c, []));
        foreach (var (name, arity, error) in Errors) f.Stable(name, arity, c => throw error(c));
        f.Stable("pg_trigger_depth", 0, c => c.Return(0L));
        f.Stable("pg_safe_snapshot_blocking_pids", 1, c => PgArray.Empty(Oids.Int4).Return(c));
        f.Stable("pg_config", 0, c => SetResult.Rows(c, Configuration(c).Select(pair => new[] { Datum.Of(pair.Name), Datum.Of(pair.Value) })));
        f.Stable("pg_available_extensions", 0, c => SetResult.Rows(c, [[Datum.Of("vector"), Datum.Of("0.8.0"), Datum.Of("vector data type and ivfflat and hnsw access methods")]]));
        f.Stable("pg_tablespace_databases", 1, c => SetResult.Ints(c, c.Int(0) == 1663 ? SystemCatalog.Databases(c.Session).Select(database => (long)database.Oid) : []));
        Log(f);
        Files(f);
        Snapshots(f);
    }

    /// <summary>There is no log of PostgreSQL's kind: it stands where it began.</summary>
    private static void Log(FunctionTable f)
    {
        foreach (var name in (ReadOnlySpan<string>)["pg_current_wal_lsn", "pg_current_wal_insert_lsn", "pg_current_wal_flush_lsn"]) f.Stable(name, 0, c => c.Return(0L));
        f.Add("pg_wal_lsn_diff", 2, c => c.Return(((Int128)(ulong)c.Int(0) - (ulong)c.Int(1)).ToString(CultureInfo.InvariantCulture)));
    }

    private static void Files(FunctionTable f)
    {
        f.Stable("pg_relation_filepath", 1, c =>
        {
            // One file has them all.
            if (c.Host.Database is { } database && c.Host.Names.Image.Find(c.Oid(0)) is { Constraint: null, Relation.Kind: not Sql.Schema.RelationKind.View }) c.Return(Path.GetFileName(database.FilePath));
        });
        f.Stable("pg_filenode_relation", 2, c =>
        {
            if (c.Int(0) is 0 or 1663 && c.Host.Names.Image.Find(c.Oid(1)) is { Constraint: null, Relation.Kind: not Sql.Schema.RelationKind.View }) c.Return(c.Int(1));
        });
    }

    /// <summary>A transaction is numbered by its beginning; no other is seen to be under way.</summary>
    private static void Snapshots(FunctionTable f)
    {
        f.Stable("pg_current_snapshot", 0, c => c.Return(string.Create(CultureInfo.InvariantCulture, $"{Current(c)}:{Current(c)}:")));
        f.Add("pg_snapshot_xmin", 1, c => c.Return(Bound(c.Text(0), 0)));
        f.Add("pg_snapshot_xmax", 1, c => c.Return(Bound(c.Text(0), 1)));
        f.Add("pg_snapshot_xip", 1, c => SetResult.Ints(c, Running(c.Text(0))));
        f.Add("pg_visible_in_snapshot", 2, c =>
        {
            var (id, snapshot) = (c.Int(0), c.Text(1));
            c.Return(id < Bound(snapshot, 0) || (id < Bound(snapshot, 1) && !Running(snapshot).Contains(id)));
        });
        f.Stable("pg_xact_status", 1, c =>
        {
            // How one has ended is not kept.
            if (c.Int(0) > Current(c)) throw new PgException(SqlStates.InvalidParameterValue, $"transaction ID {c.Int(0).ToString(CultureInfo.InvariantCulture)} is in the future");
            if (c.Int(0) == Current(c)) c.Return("in progress");
        });
    }

    /// <summary>The number of the transaction.</summary>
    internal static long Current(Call c) => (c.Session.TransactionStart / 1000) & uint.MaxValue;

    private static long Bound(string snapshot, int part) => long.Parse(snapshot.Split(':')[part], CultureInfo.InvariantCulture);

    private static IEnumerable<long> Running(string snapshot) =>
        snapshot.Split(':')[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture));

    private static PgException Missing(string message, string? hint) => new(SqlStates.ObjectNotInPrerequisiteState, message) { Hint = hint };

    private static IEnumerable<(string Name, string Value)> Configuration(Call c) =>
        from name in (string[])["BINDIR", "DOCDIR", "HTMLDIR", "INCLUDEDIR", "PKGINCLUDEDIR", "INCLUDEDIR-SERVER", "LIBDIR", "PKGLIBDIR", "LOCALEDIR", "MANDIR", "SHAREDIR",
            "SYSCONFDIR", "PGXS", "CONFIGURE", "CC", "CPPFLAGS", "CFLAGS", "CFLAGS_SL", "LDFLAGS", "LDFLAGS_EX", "LDFLAGS_SL", "LIBS", "VERSION"]
        select (name, name == "VERSION" ? "PostgreSQL " + (c.Session.GetSetting("server_version", true) ?? "15.0") : "not recorded");
}
