using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>COPY into and out of a server behind the gateway.</summary>
[Collection("postgres node")]
public sealed class PostgresCopyTests(PostgresFixture fixture) : ServerCopyTests(fixture);

public abstract class ServerCopyTests(PostgresFixture fixture)
{
    [SkippableFact]
    public void Rows_of_every_kind_go_in_and_come_out()
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        gateway.Do("DROP TABLE IF EXISTS copied");
        gateway.Do("CREATE TABLE copied (id int PRIMARY KEY, t text, n numeric(8,2), d timestamptz, b bytea, s serial)");
        using (var writer = gateway.BeginTextImport("COPY copied (t, id, n, d, b) FROM STDIN"))
            for (var i = 1; i <= 5000; i++) writer.Write($"a\"b\\\\,{{}}é{i}\t{i}\t{(i % 3 == 0 ? "\\N" : "1.5")}\t2026-01-01 00:00:00+01\t\\\\x00ff\n");
        Assert.Equal(["5000|3334|5000|5000|12502500"], direct.Ask("SELECT count(*), count(n), max(s), max(id), sum(s) FROM copied"));
        Assert.Equal(direct.Ask("SELECT * FROM copied WHERE id < 50 ORDER BY id"), gateway.Ask("SELECT * FROM copied WHERE id < 50 ORDER BY id"));
        using (var reader = gateway.BeginTextExport("COPY (SELECT id, t FROM copied WHERE id = 7) TO STDOUT"))
            Assert.Equal("7\ta\"b\\\\,{}é7\n", reader.ReadToEnd());
        gateway.Do("DROP TABLE copied");
    }

    [SkippableFact]
    public void A_refused_row_is_named_by_its_line_and_nothing_stays()
    {
        using var gateway = fixture.Node.Open();
        gateway.Do("DROP TABLE IF EXISTS half");
        gateway.Do("CREATE TABLE half (id int PRIMARY KEY, a int CHECK (a < 100))");
        var error = Assert.Throws<PostgresException>(() =>
        {
            using var writer = gateway.BeginTextImport("COPY half FROM STDIN");
            for (var i = 1; i <= 300; i++) writer.Write($"{i}\t{(i == 200 ? 100 : 1)}\n");
        });
        Assert.Equal("23514", error.SqlState);
        Assert.StartsWith("COPY half, line 200", error.Where, StringComparison.Ordinal);
        Assert.Equal(["0"], gateway.Ask("SELECT count(*) FROM half"));
        gateway.Do("DROP TABLE half");
    }
}
