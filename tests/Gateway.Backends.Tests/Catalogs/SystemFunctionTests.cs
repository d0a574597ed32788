using Gateway.Backends.Tests.Embedded;
using Gateway.Backends.Tests.Functions;
using Gateway.Tests.Shared;
using Gateway.Types;
using Npgsql;

namespace Gateway.Backends.Tests.Catalogs;

/// <summary>Functions about the server: what the gateway has not, it says as a PostgreSQL without the feature, or names it.</summary>
public sealed class SystemFunctionTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [SkippableTheory]
    [InlineData("pg_last_wal_receive_lsn() IS NULL, pg_last_wal_replay_lsn() IS NULL, pg_last_xact_replay_timestamp() IS NULL")]
    [InlineData("pg_current_logfile() IS NULL, pg_current_logfile('stderr') IS NULL")]
    [InlineData("pg_collation_actual_version(950) IS NULL")]
    [InlineData("pg_trigger_depth(), row_security_active('pg_class'), row_security_active('pg_class'::regclass)")]
    [InlineData("pg_replication_origin_oid('x'), pg_replication_origin_session_is_setup()")]
    [InlineData("pg_replication_origin_drop('x')")]
    [InlineData("pg_replication_origin_session_progress(true)")]
    [InlineData("pg_drop_replication_slot('x')")]
    [InlineData("pg_replication_slot_advance('x', '0/1')")]
    [InlineData("pg_xact_commit_timestamp('700')")]
    [InlineData("pg_last_committed_xact()")]
    [InlineData("pg_wal_replay_pause()")]
    [InlineData("pg_wal_replay_resume()")]
    [InlineData("pg_is_wal_replay_paused()")]
    [InlineData("pg_get_wal_replay_pause_state()")]
    [InlineData("pg_promote()")]
    [InlineData("pg_event_trigger_ddl_commands()")]
    [InlineData("pg_event_trigger_dropped_objects()")]
    [InlineData("pg_event_trigger_table_rewrite_oid()")]
    [InlineData("pg_wal_lsn_diff('1/0', '0/10'), pg_wal_lsn_diff('0/10', 'FFFFFFFF/0')")]
    [InlineData("pg_snapshot_xmin('10:20:10,14,15'), pg_snapshot_xmax('10:20:10,14,15'), txid_snapshot_xmin('10:20:')")]
    [InlineData("pg_snapshot_xip('10:20:10,14,15')")]
    [InlineData("pg_visible_in_snapshot('9', '10:20:14'), pg_visible_in_snapshot('14', '10:20:14'), pg_visible_in_snapshot('15', '10:20:14'), pg_visible_in_snapshot('20', '10:20:14')")]
    [InlineData("txid_visible_in_snapshot(9, '10:20:14'), txid_current_snapshot() IS NOT NULL, pg_current_snapshot() IS NOT NULL")]
    [InlineData("txid_status(txid_current())")]
    [InlineData("pg_blocking_pids(0), pg_safe_snapshot_blocking_pids(0)")]
    [InlineData("pg_relation_filepath('pg_stats') IS NULL")]
    [InlineData("pg_filenode_relation(0, pg_relation_filenode('filed'))::text")]
    [InlineData("count(*) FROM pg_config() WHERE name = 'CONFIGURE'")]
    [InlineData("count(*) FROM pg_get_replication_slots()")]
    [InlineData("count(*) FROM pg_stat_get_wal_senders()")]
    [InlineData("pg_stat_get_live_tuples('filed'::regclass), pg_stat_get_tuples_inserted(0), pg_stat_get_last_vacuum_time('filed'::regclass) IS NULL")]
    [InlineData("pg_stat_get_backend_pid(1) IS NOT NULL AND false, pg_stat_get_backend_pid(0)")]
    [InlineData("pg_get_functiondef('sum(int)'::regprocedure)")]
    [InlineData("pg_no_such_function(1)")]
    public void A_system_function_answers_as_PostgreSQL_does(string call)
    {
        using var postgres = server.Open();
        ExpressionTests.Postgres(postgres, "create table if not exists filed (a int)");
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        connection.Do("CREATE TABLE filed (a int)");
        Assert.Equal(Theirs(postgres, "SELECT " + call), Ours(connection, "SELECT " + call));
    }

    [SkippableFact]
    public void A_built_in_function_is_shown_as_PostgreSQL_shows_it()
    {
        const string Defined = "SELECT oid::text || ' ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 11 AND prolang = 12 AND prokind <> 'a' AND oid NOT BETWEEN 9000 AND 9999 ORDER BY oid";
        using var postgres = server.Open();
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        var (theirs, ours) = (Theirs(postgres, Defined).Split("\u0001"), Ours(connection, Defined).Split("\u0001"));
        Assert.True(theirs.Length > 2000);
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("pg_create_restore_point('x')")]
    [InlineData("pg_switch_wal()")]
    [InlineData("pg_backup_start('x')")]
    [InlineData("pg_read_file('x')")]
    [InlineData("pg_ls_dir('.')")]
    [InlineData("pg_export_snapshot()")]
    [InlineData("lo_create(0)")]
    [InlineData("pg_create_physical_replication_slot('x')")]
    [InlineData("pg_get_functiondef('round(numeric)'::regprocedure)")]
    public void What_the_gateway_cannot_do_is_refused_by_name(string call)
    {
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        var error = Embedded.Engine.Fails("0A000", () => connection.Pg("SELECT " + call));
        Assert.Contains(call[..call.IndexOf('(', StringComparison.Ordinal)], error.Message, StringComparison.Ordinal);
    }

    /// <summary>Of a catalog query too: the name, and PostgreSQL's hint.</summary>
    [SkippableTheory]
    [InlineData("SELECT * FROM pg_catalog.pg_no_such")]
    [InlineData("SELECT * FROM pg_nowhere")]
    [InlineData("SELECT * FROM information_schema.nothing")]
    [InlineData("SELECT * FROM nowhere.nothing")]
    [InlineData("SELECT c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_missing m ON m.oid = c.oid WHERE pg_catalog.pg_table_is_visible(c.oid)")]
    [InlineData("SELECT pg_catalog.pg_get_nothing(c.oid) FROM pg_catalog.pg_class c")]
    [InlineData("SELECT pg_catalog.pg_get_expr(c.relname) FROM pg_catalog.pg_class c")]
    [InlineData("SELECT pg_table_is_visible('a', 1)")]
    [InlineData("SELECT information_schema.no_function(1)")]
    [InlineData("SELECT c.relnothing FROM pg_class c")]
    [InlineData("SELECT 'pg_no_such'::regclass")]
    [InlineData("SELECT 'pg_no_such_function'::regproc")]
    [InlineData("SELECT 1::pg_catalog.no_type")]
    public void An_error_about_what_is_missing_names_it(string statement)
    {
        using var postgres = server.Open();
        using var fixture = new EngineFixture();
        using var connection = fixture.Open();
        var theirs = Assert.Throws<PostgresException>(() => Theirs(postgres, statement, failing: true));
        var ours = Assert.Throws<PgException>(() => connection.Pg(statement));
        Assert.Equal((theirs.SqlState, theirs.MessageText, theirs.Hint), (ours.SqlState, ours.Message, ours.Hint));
    }

    [Fact]
    public async Task Who_waits_for_the_writer_is_blocked_by_it()
    {
        using var fixture = new EngineFixture();
        using var writer = fixture.Open(new TestSession { ProcessId = 1 });
        using var waiter = fixture.Open(new TestSession { ProcessId = 2 });
        using var watcher = fixture.Open(new TestSession { ProcessId = 3 });
        writer.Do("CREATE TABLE t (a int)");
        writer.Begin(null, false);
        writer.Pg("INSERT INTO t VALUES (1)");
        Assert.Equal(["{}"], watcher.Pg("SELECT pg_blocking_pids(2)"));
        var waiting = Task.Factory.StartNew(() => waiter.Pg("INSERT INTO t VALUES (2)"), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        SpinWait.SpinUntil(() => watcher.Pg("SELECT pg_blocking_pids(2)") is ["{1}"]);
        Assert.Equal(["{}"], watcher.Pg("SELECT pg_blocking_pids(1)"));
        writer.Commit();
        await waiting;
        Assert.Equal(["{}"], watcher.Pg("SELECT pg_blocking_pids(2)"));
    }

    private static string Ours(Gateway.Backends.Embedded.EmbeddedConnection connection, string sql)
    {
        try
        {
            return string.Join('\u0001', connection.Pg(sql));
        }
        catch (PgException error)
        {
            return $"!{error.SqlState} {error.Message} {error.Hint}";
        }
    }

    private static string Theirs(NpgsqlConnection connection, string sql, bool failing = false)
    {
        try
        {
            using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
            using var reader = command.ExecuteReader();
            var rows = new List<string>();
            while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetString(i))));
            return string.Join('\u0001', rows);
        }
        catch (PostgresException error) when (!failing)
        {
            return $"!{error.SqlState} {error.MessageText} {error.Hint}";
        }
    }
}
