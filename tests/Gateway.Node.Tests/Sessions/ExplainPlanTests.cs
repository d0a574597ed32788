using System.Text.RegularExpressions;
using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>EXPLAIN on the embedded engine: the engine's plan in PostgreSQL's words and layout.</summary>
public sealed partial class ExplainPlanTests : IAsyncLifetime
{
    private TestNode _node = null!;
    private NpgsqlConnection _connection = null!;

    public async Task InitializeAsync()
    {
        _node = await TestNode.Start();
        _connection = new NpgsqlConnection(_node.ConnectionString());
        await _connection.OpenAsync();
        await Run("""
            CREATE TABLE things (id int PRIMARY KEY, name text, n int);
            CREATE TABLE parts (id int PRIMARY KEY, thing int REFERENCES things, label text UNIQUE);
            CREATE INDEX things_n ON things (n);
            INSERT INTO things SELECT i, 'thing ' || i, i % 10 FROM generate_series(1, 300) AS g(i);
            """);
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Theory]
    [InlineData("SELECT * FROM things", "Seq Scan on things")]
    [InlineData("SELECT * FROM things t WHERE id = 5 AND name = 'x'", "Index Scan using things_pkey on things t|  Index Cond: (id = 5)|  Filter: (name = 'x'::text)")]
    [InlineData("SELECT n FROM things WHERE n > 3", "Index Only Scan using things_n on things|  Index Cond: (n > 3)")]
    [InlineData("SELECT * FROM things ORDER BY name DESC LIMIT 3", "Limit|  ->  Sort|        Sort Key: name DESC|        ->  Seq Scan on things")]
    [InlineData("SELECT max(name) FROM things", "Aggregate|  ->  Seq Scan on things")]
    [InlineData("SELECT name, count(*) FROM things GROUP BY name", "GroupAggregate|  Group Key: name|  ->  Sort|        Sort Key: name|        ->  Seq Scan on things")]
    [InlineData("SELECT * FROM parts p JOIN things t ON t.id = p.thing WHERE p.label = 'a'", "Nested Loop|  ->  Index Scan using parts_label_key on parts p|        Index Cond: (p.label = 'a'::text)|  ->  Index Scan using things_pkey on things t|        Index Cond: (t.id = p.thing)")]
    [InlineData("SELECT * FROM things WHERE n = 3 OR id = 4", "Bitmap Heap Scan on things|  Filter: ((n = 3) OR (id = 4))|  ->  BitmapOr|        ->  Bitmap Index Scan on things_n|        ->  Bitmap Index Scan on things_pkey")]
    [InlineData("WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 10) SELECT * FROM r", "CTE Scan on r|  ->  Recursive Union|        ->  Result|        ->  WorkTable Scan on r")]
    [InlineData("INSERT INTO parts VALUES (1, 1, 'a')", "Insert on parts|  ->  Result")]
    [InlineData("UPDATE things SET name = 'x' WHERE id = 1", "Update on things|  ->  Index Scan using things_pkey on things|        Index Cond: (id = 1)")]
    [InlineData("DELETE FROM things WHERE id = 1", "Delete on things|  ->  Index Scan using things_pkey on things|        Index Cond: (id = 1)")]
    [InlineData("CREATE TABLE copy AS SELECT * FROM things", "Seq Scan on things")]
    [InlineData("DECLARE c CURSOR FOR SELECT * FROM things", "Seq Scan on things")]
    [InlineData("SELECT 1", "Result")]
    public async Task A_plan_is_laid_out_as_by_PostgreSQL(string sql, string plan) =>
        Assert.Equal(plan.Split('|'), await Lines($"EXPLAIN (COSTS off) {sql}"));

    [Theory]
    [InlineData("SELECT * FROM things", 300, 40)]
    [InlineData("SELECT id FROM things WHERE id = 5", 1, 4)]
    [InlineData("SELECT 1", 1, 4)]
    [InlineData("DELETE FROM things", 0, 0)]
    public async Task The_first_line_tells_costs_rows_and_width(string sql, int rows, int width)
    {
        var match = FirstLine().Match((await Lines($"EXPLAIN {sql}"))[0]);
        Assert.True(match.Success);
        Assert.Equal((rows, width), (int.Parse(match.Groups["rows"].Value), int.Parse(match.Groups["width"].Value)));
    }

    [Fact]
    public async Task ANALYZE_runs_the_statement_in_its_transaction()
    {
        await Run("BEGIN");
        var lines = await Lines("EXPLAIN (ANALYZE, COSTS off, TIMING off) DELETE FROM things WHERE id <= 7");
        Assert.Equal("Delete on things (actual rows=0 loops=1)", lines[0]);
        Assert.StartsWith("Planning Time: ", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("Execution Time: ", lines[^1], StringComparison.Ordinal);
        Assert.Equal(["293"], await Lines("SELECT count(*)::text FROM things"));
        await Run("ROLLBACK");
        Assert.Equal(["300"], await Lines("SELECT count(*)::text FROM things"));
        await Lines("EXPLAIN ANALYZE DELETE FROM things WHERE id = 1");
        Assert.Equal(["299"], await Lines("SELECT count(*)::text FROM things"));
        Assert.Contains("rows=10 loops=1)", (await Lines("EXPLAIN ANALYZE SELECT * FROM things WHERE id < 12"))[0], StringComparison.Ordinal);
        Assert.Equal("22012", await State("EXPLAIN ANALYZE SELECT 1 / 0"));
    }

    [Fact]
    public async Task Without_ANALYZE_nothing_runs()
    {
        await Lines("EXPLAIN DELETE FROM things");
        await Lines("EXPLAIN CREATE TABLE copy AS SELECT * FROM things");
        Assert.Equal("42P01", await State("SELECT * FROM copy"));
        Assert.Equal(["300"], await Lines("SELECT count(*)::text FROM things"));
    }

    [Fact]
    public async Task EXECUTE_and_parameters_are_planned()
    {
        await Run("PREPARE p(int) AS SELECT * FROM things WHERE id = $1");
        string[] plan = ["Index Scan using things_pkey on things", "  Index Cond: (id = $1)"];
        Assert.Equal(plan, await Lines("EXPLAIN (COSTS off) EXECUTE p(3)"));
        Assert.Contains("rows=1 loops=1", (await Lines("EXPLAIN ANALYZE EXECUTE p(3)"))[0], StringComparison.Ordinal);
        Assert.Equal("42601", await State("EXPLAIN EXECUTE p(1, 2)"));
        Assert.Equal("26000", await State("EXPLAIN EXECUTE nosuch"));
        Assert.Equal(plan, await Lines("EXPLAIN (COSTS off) SELECT * FROM things WHERE id = $1", 5));
        Assert.Contains("rows=1 loops=1", (await Lines("EXPLAIN ANALYZE SELECT * FROM things WHERE id = $1", 5))[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EXPLAIN (nosuch) SELECT 1", "42601", "unrecognized EXPLAIN option \"nosuch\"")]
    [InlineData("EXPLAIN (generic_plan) SELECT 1", "42601", "unrecognized EXPLAIN option \"generic_plan\"")]
    [InlineData("EXPLAIN (costs 2) SELECT 1", "42601", "costs requires a Boolean value")]
    [InlineData("EXPLAIN (format csv) SELECT 1", "22023", "unrecognized value for EXPLAIN option \"format\": \"csv\"")]
    [InlineData("EXPLAIN (wal) SELECT 1", "22023", "EXPLAIN option WAL requires ANALYZE")]
    [InlineData("EXPLAIN (timing) SELECT 1", "22023", "EXPLAIN option TIMING requires ANALYZE")]
    public async Task Options_are_refused_in_the_words_of_PostgreSQL(string sql, string state, string message)
    {
        var error = await Assert.ThrowsAsync<PostgresException>(() => Lines(sql));
        Assert.Equal((state, message), (error.SqlState, error.MessageText));
    }

    [Fact]
    public async Task VERBOSE_ends_with_the_translation()
    {
        var lines = await Lines("EXPLAIN (VERBOSE, COSTS off, BUFFERS, SETTINGS) SELECT id FROM things");
        Assert.Equal("Index Only Scan using things_n on public.things".Split(' ')[^1], lines[0].Split(' ')[^1]);
        Assert.StartsWith("Translation: sqlite: SELECT ", lines[1], StringComparison.Ordinal);
    }

    private async Task Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> State(string sql) => (await Assert.ThrowsAsync<PostgresException>(() => Lines(sql))).SqlState;

    private async Task<List<string>> Lines(string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }

    [GeneratedRegex(@"^\S.*  \(cost=\d+\.\d\d\.\.\d+\.\d\d rows=(?<rows>\d+) width=(?<width>\d+)\)$")]
    private static partial Regex FirstLine();
}
