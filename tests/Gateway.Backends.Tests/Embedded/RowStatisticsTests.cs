namespace Gateway.Backends.Tests.Embedded;

/// <summary>pg_stat_user_tables: rows that were changed are counted with their transaction, rows that are there are known.</summary>
public class RowStatisticsTests
{
    private const string Look = "SELECT n_tup_ins, n_tup_upd, n_tup_del, n_live_tup FROM pg_stat_user_tables WHERE relname = 't'";

    [Fact]
    public void Statements_are_counted_by_table()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        Assert.Equal(["10|0|0|10"], connection.Pg(Look));
        connection.Pg("UPDATE t SET a = a WHERE id < 4");
        connection.Pg("DELETE FROM t WHERE id = 10");
        connection.Pg("WITH gone AS (DELETE FROM t WHERE id = 9 RETURNING a) INSERT INTO u SELECT a FROM gone");
        connection.Pg("UPDATE t SET a = u.a FROM u WHERE id = 1 RETURNING t.a, u.a");
        Assert.Equal(["10|4|2|8"], connection.Pg(Look));
        Assert.Equal(["1|1"], connection.Pg("SELECT n_tup_ins, n_live_tup FROM pg_stat_user_tables WHERE relname = 'u'"));
    }

    [Fact]
    public void Merge_counts_each_kind()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        connection.Pg("MERGE INTO t USING (VALUES (1), (2), (99)) AS s(id) ON t.id = s.id WHEN MATCHED AND s.id = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET a = 0 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 1)");
        Assert.Equal(["11|1|1|10"], connection.Pg(Look));
    }

    [Fact]
    public void A_rollback_counts_what_was_done_but_not_what_is_there()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        Assert.Equal(["10|0|0|10"], connection.Pg(Look));
        connection.Begin(null, false);
        connection.Pg("INSERT INTO t VALUES (11, 1)");
        Assert.Equal(["1"], connection.Pg("SELECT n_tup_ins FROM pg_stat_xact_user_tables WHERE relname = 't'"));
        Assert.Equal(["10|0|0|10"], connection.Pg(Look));
        connection.Rollback();
        Assert.Equal(["11|0|0|10"], connection.Pg(Look));
        connection.Begin(null, false);
        connection.Savepoint("s");
        connection.Pg("DELETE FROM t");
        connection.RollbackToSavepoint("s");
        connection.Commit();
        Assert.Equal(["11|0|10|10"], connection.Pg(Look));
    }

    [Fact]
    public void Rows_counted_inside_a_transaction_are_not_counted_again_at_its_end()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        connection.Begin(null, false);
        connection.Pg("INSERT INTO t VALUES (11, 1), (12, 1)");
        Assert.Equal(["10|0|0|12"], connection.Pg(Look));
        connection.Commit();
        Assert.Equal(["12|0|0|12"], connection.Pg(Look));
    }

    [Fact]
    public void Rows_that_a_foreign_key_removes_and_a_truncation_are_noticed()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        connection.Do("CREATE TABLE child (id int REFERENCES t ON DELETE CASCADE)");
        connection.Pg("INSERT INTO child SELECT id FROM t");
        Assert.Equal(["10"], connection.Pg("SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'child'"));
        connection.Pg("DELETE FROM t WHERE id <= 3");
        Assert.Equal(["7"], connection.Pg("SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'child'"));
        connection.Pg("TRUNCATE t CASCADE");
        Assert.Equal(["10|0|3|0"], connection.Pg(Look));
        Assert.Equal(["0"], connection.Pg("SELECT n_live_tup FROM pg_stat_user_tables WHERE relname = 'child'"));
    }

    [Fact]
    public void Upkeep_is_noted_and_counters_are_reset()
    {
        using var fixture = new EngineFixture();
        using var connection = Filled(fixture);
        const string Upkeep = "SELECT n_mod_since_analyze, n_ins_since_vacuum, analyze_count, last_analyze IS NOT NULL, vacuum_count, last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = 't'";
        Assert.Equal(["10|10|0|f|0|f"], connection.Pg(Upkeep));
        connection.Maintain(Maintenance.Analyze, []);
        Assert.Equal(["0|10|1|t|0|f"], connection.Pg(Upkeep));
        connection.Maintain(Maintenance.Vacuum, [connection.Schema.Find("public", "t")!]);
        connection.Pg("INSERT INTO t VALUES (20, 1)");
        Assert.Equal(["1|1|1|t|1|t"], connection.Pg(Upkeep));
        connection.Pg("SELECT pg_stat_reset()");
        Assert.Equal(["0|0|0|11"], connection.Pg(Look));
        Assert.Equal(["0|0|0|f|0|f"], connection.Pg(Upkeep));
    }

    private static Gateway.Backends.Embedded.EmbeddedConnection Filled(EngineFixture fixture)
    {
        var connection = fixture.Open();
        connection.Do("CREATE TABLE t (id int PRIMARY KEY, a int)");
        connection.Do("CREATE TABLE u (a int)");
        connection.Pg("INSERT INTO t SELECT g, g FROM generate_series(1, 10) g");
        return connection;
    }
}
