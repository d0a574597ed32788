using Gateway.Node.Tests.Ado;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>What is changed past the gateway is seen once the metadata has come of age (<c>catalog-age</c>).</summary>
public class CatalogAgeTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(50);

    private const string Columns = "SELECT a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relname = 'late' AND a.attnum > 0 ORDER BY a.attnum";

    [Fact]
    public async Task A_table_made_in_IRIS_appears_in_the_catalogs_and_goes_from_them()
    {
        var iris = new SimulatedIris(configure: options => options with { SchemaAge = Age });
        await using var node = await TestNode.Start(iris);
        using var client = Connect(node);
        Assert.Equal([], client.Ask(Columns));

        iris.Run("CREATE TABLE late (n INTEGER, Remark VARCHAR(20))");
        await Until(client, Columns, "n", "remark");
        Assert.Equal(["late"], client.Ask("SELECT table_name FROM information_schema.tables WHERE table_name = 'late'"));
        Assert.Equal(["0"], client.Ask("SELECT count(*) FROM late WHERE remark IS NULL"));

        iris.Run("DROP TABLE late");
        await Until(client, Columns);
        Assert.StartsWith("42P01", client.Answer("SELECT * FROM late"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_added_in_IRIS_is_seen_by_a_statement_that_was_translated_before()
    {
        var iris = new SimulatedIris(configure: options => options with { SchemaAge = Age });
        await using var node = await TestNode.Start(iris);
        using var client = Connect(node);
        iris.Run("CREATE TABLE late (n INTEGER)");
        iris.Run("INSERT INTO late (n) VALUES (1)");
        await Until(client, Columns, "n");
        Assert.Equal(["1"], client.Ask("SELECT * FROM late"));
        iris.Run("ALTER TABLE late ADD COLUMN (m INTEGER)");
        await Until(client, "SELECT * FROM late", "1|∅");
    }

    [Fact]
    public async Task Without_an_age_IRIS_is_not_asked_again()
    {
        var iris = new SimulatedIris(configure: options => options with { SchemaAge = TimeSpan.Zero });
        await using var node = await TestNode.Start(iris);
        using var client = Connect(node);
        Assert.Equal([], client.Ask(Columns));
        iris.Run("CREATE TABLE late (n INTEGER)");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal([], client.Ask(Columns));
            await Task.Delay(5);
        }
    }

    [SkippableFact]
    public async Task A_table_made_in_PostgreSQL_can_be_read_once_the_metadata_is_of_age()
    {
        using var node = PostgresNode.Start(options => options with { SchemaAge = Age });
        Skip.If(node.Missing is not null, node.Missing);
        using var client = node.Open();
        using var direct = node.OpenDirect();
        Assert.StartsWith("42P01", client.Answer("SELECT * FROM late"), StringComparison.Ordinal);
        direct.Do("CREATE TABLE late (n int, remark text)");
        await UntilAnswered(client, "SELECT count(*) FROM late", "0");
        Assert.Equal(["n", "remark"], client.Ask(Columns));

        direct.Do("ALTER TABLE late ADD COLUMN more int");
        direct.Do("INSERT INTO late VALUES (1)");
        await UntilAnswered(client, "SELECT * FROM late", "1|∅|∅");
        direct.Do("DROP TABLE late");
        Assert.Equal([], client.Ask(Columns));
    }

    [SkippableFact]
    public async Task Without_an_age_PostgreSQL_is_not_asked_again()
    {
        using var node = PostgresNode.Start(options => options with { SchemaAge = TimeSpan.Zero });
        Skip.If(node.Missing is not null, node.Missing);
        using var client = node.Open();
        using var direct = node.OpenDirect();
        Assert.StartsWith("42P01", client.Answer("SELECT * FROM late"), StringComparison.Ordinal);
        direct.Do("CREATE TABLE late (n int)");
        for (var i = 0; i < 20; i++)
        {
            Assert.StartsWith("42P01", client.Answer("SELECT * FROM late"), StringComparison.Ordinal);
            await Task.Delay(5);
        }
    }

    [SkippableTheory]
    [InlineData("n int", "1", "1|∅")]
    [InlineData("n int, o int DEFAULT 2", "1|2", "1|2|∅")]
    public void A_column_added_in_PostgreSQL_costs_one_statement_and_no_instance(string columns, string before, string after)
    {
        using var node = PostgresNode.Start(options => options with { SchemaAge = TimeSpan.Zero });
        Skip.If(node.Missing is not null, node.Missing);
        using var client = node.Open();
        using var direct = node.OpenDirect();
        direct.Do($"CREATE TABLE late ({columns})");
        direct.Do("INSERT INTO late VALUES (1)");
        Assert.Equal(before, client.Answer("SELECT * FROM late"));
        direct.Do("ALTER TABLE late ADD COLUMN m int");
        Assert.StartsWith("0A000 cached plan must not change result type", client.Answer("SELECT * FROM late"), StringComparison.Ordinal);
        Assert.Equal(after, client.Answer("SELECT * FROM late"));
    }

    private static NpgsqlConnection Connect(TestNode node)
    {
        var connection = new NpgsqlConnection(node.ConnectionString());
        connection.Open();
        return connection;
    }

    private static async Task Until(NpgsqlConnection client, string sql, params string[] rows)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (!client.Ask(sql).SequenceEqual(rows)) await Task.Delay(20, patience.Token);
    }

    private static async Task UntilAnswered(NpgsqlConnection client, string sql, string answer)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (client.Answer(sql) != answer) await Task.Delay(20, patience.Token);
    }
}
