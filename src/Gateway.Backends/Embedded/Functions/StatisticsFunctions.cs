using Gateway.Backends.Embedded.Statistics;
using Gateway.Catalog;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>pg_stat_get_*: changed rows, upkeep, sessions. What is not counted (scans, blocks, times) is 0.</summary>
internal static class StatisticsFunctions
{
    private static readonly string[] NotCounted =
    [
        "numscans", "tuples_returned", "tuples_fetched", "tuples_hot_updated", "dead_tuples", "blocks_fetched", "blocks_hit", "autovacuum_count", "autoanalyze_count",
        "xact_numscans", "xact_tuples_returned", "xact_tuples_fetched", "xact_tuples_hot_updated", "xact_blocks_fetched", "xact_blocks_hit",
        "db_blocks_fetched", "db_blocks_hit", "db_tuples_returned", "db_tuples_fetched", "db_conflict_all", "db_conflict_bufferpin", "db_conflict_lock",
        "db_conflict_snapshot", "db_conflict_startup_deadlock", "db_conflict_tablespace", "db_deadlocks", "db_temp_bytes", "db_temp_files",
        "db_sessions_abandoned", "db_sessions_fatal", "db_sessions_killed",
    ];

    private static readonly string[] NoTime = ["db_blk_read_time", "db_blk_write_time", "db_active_time", "db_idle_in_transaction_time", "db_session_time"];

    private static readonly string[] NotKnown =
    [
        "last_autovacuum_time", "last_autoanalyze_time", "db_stat_reset_time", "db_checksum_failures", "db_checksum_last_failure",
        "function_calls", "function_total_time", "function_self_time", "xact_function_calls", "xact_function_total_time", "xact_function_self_time",
    ];

    private static readonly string[] OfServer =
    [
        "bgwriter_timed_checkpoints", "bgwriter_requested_checkpoints", "bgwriter_buf_written_checkpoints", "bgwriter_buf_written_clean", "bgwriter_maxwritten_clean",
        "buf_written_backend", "buf_fsync_backend", "buf_alloc",
    ];

    private static readonly (string Name, Func<RowChanges, long> Value)[] Changes =
        [("tuples_inserted", rows => rows.Inserted), ("tuples_updated", rows => rows.Updated), ("tuples_deleted", rows => rows.Deleted)];

    public static void AddTo(FunctionTable f)
    {
        foreach (var name in NotCounted) f.Stable("pg_stat_get_" + name, 1, c => c.Return(0L));
        foreach (var name in NoTime) f.Stable("pg_stat_get_" + name, 1, c => c.Return(0.0));
        foreach (var name in NotKnown) f.Stable("pg_stat_get_" + name, 1, _ => { });
        foreach (var name in OfServer) f.Stable("pg_stat_get_" + name, 0, c => c.Return(0L));
        foreach (var name in (ReadOnlySpan<string>)["checkpoint_write_time", "checkpoint_sync_time"]) f.Stable("pg_stat_get_" + name, 0, c => c.Return(0.0));
        f.Stable("pg_stat_get_snapshot_timestamp", 0, _ => { });
        foreach (var (name, value) in Changes)
        {
            f.Stable("pg_stat_get_" + name, 1, c => c.Return(Of(c) is { } table ? value(table.Changes) : 0));
            f.Stable("pg_stat_get_xact_" + name, 1, c => c.Return(value(c.Host.Connection?.CountsOf(c.Oid(0)) ?? default)));
            f.Stable("pg_stat_get_db_" + name, 1, c => c.Return(value(Activity(c).Rows)));
        }

        f.Stable("pg_stat_get_mod_since_analyze", 1, c => c.Return(Of(c)?.SinceAnalyze ?? 0));
        f.Stable("pg_stat_get_ins_since_vacuum", 1, c => c.Return(Of(c)?.InsertedSinceVacuum ?? 0));
        f.Stable("pg_stat_get_vacuum_count", 1, c => c.Return(Of(c)?.Vacuums.Count ?? 0));
        f.Stable("pg_stat_get_analyze_count", 1, c => c.Return(Of(c)?.Analyses.Count ?? 0));
        f.Stable("pg_stat_get_last_vacuum_time", 1, c => Time(c, Of(c)?.Vacuums.Last));
        f.Stable("pg_stat_get_last_analyze_time", 1, c => Time(c, Of(c)?.Analyses.Last));
        f.Stable("pg_stat_get_db_xact_commit", 1, c => c.Return(Activity(c).Committed));
        f.Stable("pg_stat_get_db_xact_rollback", 1, c => c.Return(Activity(c).RolledBack));
        f.Stable("pg_stat_get_db_sessions", 1, c => c.Return(Activity(c).Sessions));
        f.Stable("pg_stat_get_db_numbackends", 1, c => c.Return((long)Sessions(c).Count(session => session.Database == Database(c))));
        Resets(f);
        Backends(f);
    }

    private static void Resets(FunctionTable f)
    {
        f.Stable("pg_stat_clear_snapshot", 0, c => c.ReturnText(default));
        f.Stable("pg_stat_force_next_flush", 0, c => c.ReturnText(default));
        f.Stable("pg_stat_reset", 0, c =>
        {
            c.Host.Database?.Statistics.Reset();
            c.ReturnText(default);
        });
        f.Stable("pg_stat_reset_single_table_counters", 1, c =>
        {
            c.Host.Database?.Statistics.Reset(c.Oid(0));
            c.ReturnText(default);
        });
    }

    /// <summary>Sessions by their place in pg_stat_activity, from 1.</summary>
    private static void Backends(FunctionTable f)
    {
        f.Stable("pg_stat_get_backend_idset", 0, c => SetResult.Ints(c, Enumerable.Range(1, Sessions(c).Count).Select(number => (long)number)));
        Backend("pid", (c, session) => c.Return((long)session.ProcessId));
        Backend("dbid", (c, session) => c.Return((long)SystemCatalog.Databases(c.Session).FirstOrDefault(database => database.Name == session.Database).Oid));
        Backend("userid", (c, _) => c.Return((long)SystemCatalog.Owner));
        Backend("activity", (c, session) => c.Return(session.Query));
        Backend("start", (c, session) => c.Return(session.Started));
        Backend("activity_start", (c, session) => Time(c, session.QueryStarted));
        Backend("xact_start", (c, session) => Time(c, session.TransactionStarted));
        Backend("wait_event", (c, session) => c.Return(session.Wait?.Event));
        Backend("wait_event_type", (c, session) => c.Return(session.Wait?.Type));
        Backend("client_port", (c, session) => Time(c, session.Port));

        void Backend(string name, Action<Call, SessionEntry> answer) => f.Stable("pg_stat_get_backend_" + name, 1, c =>
        {
            if (c.Int(0) >= 1 && c.Int(0) <= Sessions(c).Count) answer(c, Sessions(c)[(int)c.Int(0) - 1]);
        });
    }

    private static TableStatistics? Of(Call c) => c.Host.Database?.Statistics.Of(c.Oid(0));

    private static IReadOnlyList<SessionEntry> Sessions(Call c) => c.Session.Directory?.Sessions ?? [];

    private static string? Database(Call c) => SystemCatalog.Databases(c.Session).FirstOrDefault(database => database.Oid == c.Oid(0)).Name;

    private static DatabaseActivity Activity(Call c) => Database(c) is { } name && c.Session.Directory is { } directory ? directory.ActivityOf(name) : default;

    private static void Time(Call c, long? value)
    {
        if (value is { } known) c.Return(known);
    }
}
