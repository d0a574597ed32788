using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>What sessions set and leave behind at servers whose connections they share.</summary>
[Collection("postgres node")]
public sealed class PostgresSessionTests(PostgresFixture fixture) : ServerSessionTests(fixture);

public abstract class ServerSessionTests(PostgresFixture fixture)
{
    [SkippableFact]
    public void The_server_computes_in_the_session_s_time_zone_and_search_path()
    {
        using var berlin = fixture.Node.Open();
        using var tokyo = fixture.Node.Open();
        berlin.Do("CREATE SCHEMA IF NOT EXISTS apart");
        berlin.Do("SET TimeZone = 'Europe/Berlin'");
        tokyo.Do("SET TimeZone = 'Asia/Tokyo'");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(["12"], berlin.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
            Assert.Equal(["20"], tokyo.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
        }

        tokyo.Do("SET search_path = apart");
        tokyo.Do("CREATE TABLE only_here (a int)");
        Assert.Equal(["apart"], berlin.Ask("SELECT schemaname FROM pg_tables WHERE tablename = 'only_here'"));
        Assert.StartsWith("42P01", berlin.Answer("SELECT * FROM only_here"), StringComparison.Ordinal);
        Assert.Equal([], tokyo.Ask("SELECT * FROM only_here"));
        berlin.Do("DROP SCHEMA apart CASCADE");
    }

    [SkippableFact]
    public void A_literal_means_what_the_settings_of_its_session_say_however_often_it_was_prepared()
    {
        const string Sql = "SELECT timestamptz '2026-01-01 12:00' AT TIME ZONE 'UTC', date '01/02/2026', interval '-1 day 2 hours'";
        using var one = fixture.Node.Open();
        using var two = fixture.Node.Open();
        one.Do("SET TimeZone = 'Europe/Berlin'");
        two.Do("SET TimeZone = 'Asia/Tokyo'");
        two.Do("SET DateStyle = 'ISO, DMY'");
        two.Do("SET IntervalStyle = 'sql_standard'");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(["2026-01-01 11:00:00|2026-01-02|-1 days +02:00:00"], one.Ask(Sql));
            Assert.Equal(["2026-01-01 03:00:00|2026-02-01|-1 2:00:00"], two.Ask(Sql));
        }
    }

    [SkippableFact]
    public void A_rollback_takes_back_what_was_set_at_the_server_too()
    {
        using var session = fixture.Node.Open();
        session.Do("BEGIN");
        Assert.Equal(["11"], session.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
        session.Do("SET TimeZone = 'Europe/Berlin'");
        Assert.Equal(["12"], session.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
        session.Do("ROLLBACK");
        Assert.Equal(["11"], session.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
        Assert.Equal(["Asia/Tokyo"], session.Ask("SELECT set_config('TimeZone', 'Asia/Tokyo', false)"));
        Assert.Equal(["20"], session.Ask("SELECT extract(hour FROM timestamptz '2026-01-01 11:00:00Z')"));
    }

    [SkippableFact]
    public void A_temporary_table_stays_with_its_session_and_goes_with_it()
    {
        using var other = fixture.Node.Open();
        using (var session = fixture.Node.Open())
        {
            session.Do("CREATE TEMP TABLE mine (a int)");
            session.Do("INSERT INTO mine VALUES (1)");
            Assert.StartsWith("42P01", other.Answer("SELECT * FROM mine"), StringComparison.Ordinal);
            Assert.Equal(["1"], session.Ask("SELECT a FROM mine"));
            session.Do("SELECT a AS b INTO TEMP mine2 FROM mine");
            Assert.Equal(["1"], session.Ask("SELECT b FROM mine2"));
        }

        for (var i = 0; i < 100 && fixture.Node.Server.Port > 0; i++)
        {
            using var direct = fixture.Node.OpenDirect();
            if (direct.Ask("SELECT 1 FROM pg_class WHERE relname IN ('mine', 'mine2')").Count == 0) return;
            Thread.Sleep(50);
        }

        Assert.Fail("the temporary tables are still there");
    }

    [SkippableFact]
    public void An_advisory_lock_is_held_until_its_session_ends()
    {
        using var direct = fixture.Node.OpenDirect();
        using (var session = fixture.Node.Open())
        {
            session.Ask("SELECT pg_advisory_lock(4711)");
            session.Ask("SELECT 1");
            Assert.Equal(["f"], direct.Ask("SELECT pg_try_advisory_lock(4711)"));
        }

        direct.Do("SET lock_timeout = '20s'");
        direct.Ask("SELECT pg_advisory_lock(4711)");
    }

    [SkippableFact]
    public void The_last_value_of_a_sequence_is_never_another_session_s()
    {
        using var one = fixture.Node.Open();
        using var two = fixture.Node.Open();
        one.Do("DROP TABLE IF EXISTS numbered");
        one.Do("CREATE TABLE numbered (id serial, a int)");
        one.Do("INSERT INTO numbered (a) VALUES (1)");
        Assert.StartsWith("55000", two.Answer("SELECT lastval()"), StringComparison.Ordinal);
        two.Do("BEGIN");
        two.Do("INSERT INTO numbered (a) VALUES (2)");
        Assert.Contains(two.Answer("SELECT lastval()")[..1], (string[])["2", "5"]);
        two.Do("ROLLBACK");
        two.Do("BEGIN");
        two.Do("INSERT INTO numbered (a) VALUES (3)");
        Assert.Equal(two.Ask("SELECT max(id) FROM numbered"), two.Ask("SELECT currval('numbered_id_seq')"));
        two.Do("COMMIT");
        one.Do("DROP TABLE numbered");
    }

    [SkippableFact]
    public void The_catalogs_are_the_server_s_own()
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        gateway.Do("DROP VIEW IF EXISTS cat_v");
        gateway.Do("DROP TABLE IF EXISTS cat_t");
        gateway.Do("CREATE TABLE cat_t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20) DEFAULT 'x', twice int GENERATED ALWAYS AS (1 * 2) STORED)");
        gateway.Do("CREATE VIEW cat_v AS SELECT id, name FROM cat_t");
        gateway.Do("COMMENT ON TABLE cat_t IS 'a table'");
        foreach (var sql in (string[])
        [
            "SELECT oid, relname, relkind FROM pg_class WHERE relname LIKE 'cat!_%' ESCAPE '!' ORDER BY oid",
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable FROM information_schema.columns WHERE table_name LIKE 'cat%' ORDER BY 1, 2",
            "SELECT conname, conrelid::regclass, conkey FROM pg_constraint WHERE conrelid = 'cat_t'::regclass",
            "SELECT obj_description('cat_t'::regclass), pg_get_viewdef('cat_v'::regclass)",
            "SELECT count(*) > 100 FROM pg_settings",
            "SELECT typname, typarray FROM pg_type WHERE typname IN ('int4', 'cat_t') ORDER BY 1",
            "SELECT c FROM cat_t c",
            "SELECT atttypid::regtype, 'cat_t'::regclass FROM pg_attribute WHERE attrelid = 'cat_t'::regclass ORDER BY attnum",
        ]) Assert.Equal(direct.Answer(sql), gateway.Answer(sql));
        gateway.Do("DROP VIEW cat_v");
        gateway.Do("DROP TABLE cat_t");
    }

    [SkippableFact]
    public void What_the_server_says_beside_its_answer_is_passed_on()
    {
        Skip.IfNot(fixture.KeepsNotices, "the provider has no notices");
        using var gateway = fixture.Node.Open();
        var notices = new List<string>();
        gateway.Notice += (_, e) => notices.Add($"{e.Notice.InvariantSeverity} {e.Notice.SqlState} {e.Notice.MessageText}");
        gateway.Do("DROP TABLE IF EXISTS never_there");
        gateway.Do("DO $$ BEGIN RAISE WARNING 'careful %', 1; END $$");
        Assert.Equal(["NOTICE 00000 table \"never_there\" does not exist, skipping", "WARNING 01000 careful 1"], notices);
    }

    [SkippableFact]
    public void A_statement_that_is_described_and_executed_reaches_the_server_once()
    {
        using var direct = fixture.Node.OpenDirect();
        direct.Do("DROP SEQUENCE IF EXISTS calls");
        direct.Do("CREATE SEQUENCE calls");
        fixture.Node.Backend.Refresh();
        using var gateway = fixture.Node.Open();
        using (var command = new NpgsqlCommand("SELECT nextval('calls'), $1::int", gateway) { Parameters = { new() { Value = 1 } } })
        {
            command.Prepare();
            Assert.Equal(["1"], direct.Ask("SELECT nextval('calls')"));
            Assert.Equal(2L, command.ExecuteScalar());
            Assert.Equal(3L, command.ExecuteScalar());
        }

        Assert.Equal(["4"], direct.Ask("SELECT nextval('calls')"));
    }

    [SkippableFact]
    public void A_table_made_past_the_gateway_is_seen_in_time()
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        gateway.Ask("SELECT 1");
        direct.Do("CREATE TABLE IF NOT EXISTS beside (a int)");
        for (var i = 0; i < 100; i++)
        {
            if (gateway.Answer("SELECT * FROM beside").Length == 0)
            {
                direct.Do("DROP TABLE beside");
                return;
            }

            Thread.Sleep(100);
        }

        Assert.Fail("the table is still unknown");
    }

    [SkippableFact]
    public void Cursors_and_other_statements_share_the_connection_of_a_transaction()
    {
        using var gateway = fixture.Node.Open();
        gateway.Do("BEGIN");
        gateway.Do("DECLARE c CURSOR FOR SELECT g FROM generate_series(1, 1000) g ORDER BY g");
        Assert.Equal(["1", "2"], gateway.Ask("FETCH 2 FROM c"));
        Assert.Equal(["7"], gateway.Ask("SELECT 7"));
        Assert.Equal(["3"], gateway.Ask("FETCH 1 FROM c"));
        gateway.Do("CLOSE c");
        gateway.Do("DECLARE d CURSOR FOR SELECT g FROM generate_series(1, 100000) g");
        Assert.Equal(["1"], gateway.Ask("FETCH 1 FROM d"));
        gateway.Do("CLOSE d");
        Assert.Equal(["8"], gateway.Ask("SELECT 8"));
        gateway.Do("COMMIT");
    }
}
