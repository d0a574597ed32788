using System.Globalization;
using Gateway.Tests.Shared;

namespace Gateway.Node.Tests.Ado;

/// <summary>The same node over the same kind of server, through System.Data.Odbc and psqlodbc.</summary>
public sealed class OdbcFixture() : PostgresFixture(Start)
{
    public override bool KeepsErrorFields => false;

    public override bool KeepsNotices => false;

    private static PostgresNode Start()
    {
        Skip.IfNot(File.Exists("/etc/odbcinst.ini") && File.ReadAllText("/etc/odbcinst.ini").Contains("[PostgreSQL Unicode]", StringComparison.Ordinal), "no psqlodbc here");
        return PostgresNode.Through("System.Data.Odbc", (host, port) => string.Create(CultureInfo.InvariantCulture, $"Server={host};Port={port};Database=scratch;UID=scratch"));
    }
}

[CollectionDefinition("odbc node")]
public sealed class OdbcNodeCollection : ICollectionFixture<OdbcFixture>;

[Collection("odbc node")]
public sealed class OdbcNodeTests(OdbcFixture fixture) : ServerNodeTests(fixture);

[Collection("odbc node")]
public sealed class OdbcSessionTests(OdbcFixture fixture) : ServerSessionTests(fixture);

[Collection("odbc node")]
public sealed class OdbcTypesTests(OdbcFixture fixture) : ServerTypesTests(fixture);

[Collection("odbc node")]
public sealed class OdbcErrorTests(OdbcFixture fixture) : ServerErrorTests(fixture);

[Collection("odbc node")]
public sealed class OdbcCopyTests(OdbcFixture fixture) : ServerCopyTests(fixture);

/// <summary>What only this way has: markers without names, and a driver that reads the text.</summary>
[Collection("odbc node")]
public sealed class OdbcStatementTests(OdbcFixture fixture)
{
    [SkippableFact]
    public void Parameters_stand_in_the_order_of_the_text_however_they_are_numbered()
    {
        using var gateway = fixture.Node.Open();
        Assert.Equal(["b|a|b|3"], gateway.Ask("SELECT $2::text, $1::text, $2::text, $3::int /* $1 ? */ WHERE '?' <> $1", "a", "b", 3));
        Assert.Equal(["3|7"], gateway.Ask("SELECT a, b + $1 FROM (VALUES (1, 2), (3, 4)) v(a, b) WHERE a > $2 LIMIT $3", 3, 1, 5L));
    }

    [SkippableTheory]
    [InlineData("SELECT '{\"a\": 1}'::jsonb ? 'a', '{\"a\": 1}'::jsonb ?| ARRAY['b', 'a'], '{\"a\": 1}'::jsonb ?& ARRAY['b', 'a']")]
    [InlineData("SELECT '{\"a\": [1, 2]}'::jsonb @? '$.a[*] ? (@ > 1)', '[1]'::jsonb ? 'a'")]
    [InlineData("SELECT '?', \"a?b\", $$a?b$$, E'it\\'s ?' FROM (SELECT 1 AS \"a?b\") q -- ?")]
    [InlineData("SELECT {fn upper('a?')}, '{1,2}'::int[], '{d}'")]
    public void A_question_mark_is_no_parameter(string sql)
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        var known = sql.Contains("{fn", StringComparison.Ordinal) ? ["A?|{1,2}|{d}"] : direct.Ask(sql);
        Assert.Equal(known, gateway.Ask(sql));
        Assert.Equal(known[0].Split('|')[0], gateway.Ask(sql.Replace("SELECT ", "SELECT DISTINCT ", StringComparison.Ordinal))[0].Split('|')[0]);
    }

    [SkippableFact]
    public void What_the_driver_would_take_for_a_parameter_in_DDL_is_refused_by_name()
    {
        using var gateway = fixture.Node.Open();
        var answer = gateway.Answer("CREATE VIEW marked AS SELECT '{}'::jsonb ? 'a' AS a");
        Assert.StartsWith("0A000 an operator with ? in its name, in CREATE VIEW", answer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cancel_ends_the_statement_and_the_connection_goes_on()
    {
        await using var direct = fixture.Node.OpenDirect();
        await using var gateway = fixture.Node.Open();
        var process = gateway.Ask("SELECT pg_backend_pid()")[0];
        await using var command = new Npgsql.NpgsqlCommand("SELECT pg_sleep(60)", gateway);
        var run = command.ExecuteNonQueryAsync();
        while (direct.Ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()")[0] == "0") await Task.Delay(25);
        command.Cancel();

        // Npgsql wraps what it has asked for itself.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => run.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("57014", Assert.IsType<Npgsql.PostgresException>(error as Npgsql.PostgresException ?? error.InnerException).SqlState);
        Assert.Equal([process], gateway.Ask("SELECT pg_backend_pid()"));
    }

    [SkippableFact]
    public void A_server_process_that_is_gone_is_a_lost_connection()
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        gateway.Do("BEGIN");
        var process = gateway.Ask("SELECT pg_backend_pid()")[0];
        direct.Ask($"SELECT pg_terminate_backend({process})");
        Assert.StartsWith("08006", gateway.Answer("SELECT 1"), StringComparison.Ordinal);
        gateway.Do("ROLLBACK");
        Assert.Equal(["1"], gateway.Ask("SELECT 1"));
    }

    [SkippableFact]
    public void Rows_that_are_changed_come_back_and_are_counted()
    {
        using var gateway = fixture.Node.Open();
        gateway.Do("DROP TABLE IF EXISTS odbc_t");
        gateway.Do("CREATE TABLE odbc_t (id int PRIMARY KEY, d date, n numeric)");
        Assert.Equal(["1|2026-01-01|1.10", "2|∅|∅"], gateway.Ask("INSERT INTO odbc_t VALUES (1, '2026-01-01', 1.10), (2, NULL, NULL) RETURNING *"));
        Assert.Equal(2, gateway.Do("UPDATE odbc_t SET n = 2"));
        Assert.Equal(["1"], gateway.Ask("WITH gone AS (DELETE FROM odbc_t WHERE id = $1 RETURNING id) SELECT id FROM gone", 1));
        Assert.StartsWith("0A000", gateway.Answer("WITH gone AS (DELETE FROM odbc_t RETURNING n) SELECT n FROM gone"), StringComparison.Ordinal);
        gateway.Do("DROP TABLE odbc_t");
    }
}
