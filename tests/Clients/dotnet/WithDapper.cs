using System.Data;
using Dapper;
using Npgsql;

/// <summary>Dapper on Npgsql: rows become objects, lists become arrays, several results and commands at once.</summary>
static class WithDapper
{
    private const string Table = "dapper_things";

    private sealed class Thing
    {
        public int Id { get; set; }
        public string? Name { get; set; }
        public decimal? Price { get; set; }
        public bool Active { get; set; }
        public DateTime? Seen { get; set; }
        public Guid? Ref { get; set; }
        public string[]? Tags { get; set; }
        public byte[]? Payload { get; set; }
        public List<Line> Lines { get; } = [];
    }

    private sealed record Line(int LineId, int Quantity);

    private static NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(Check.ConnectionString + ";Application Name=checks of Dapper");
        connection.Open();
        return connection;
    }

    private static NpgsqlConnection Fresh()
    {
        var c = Open();
        c.Execute($"DROP TABLE IF EXISTS {Table}; CREATE TABLE {Table} (id serial PRIMARY KEY, name text, price numeric(10,2), active boolean NOT NULL DEFAULT true, seen timestamptz, ref uuid, tags text[], payload bytea)");
        return c;
    }

    public static async Task Run()
    {
        Console.WriteLine($"# Dapper {Check.VersionOf(typeof(SqlMapper))}");
        await Check.That("a query becomes objects", async () =>
        {
            await using var c = Open();
            Check.Equal(c.QuerySingle<string>("SHOW application_name"), "checks of Dapper");
            var thing = await c.QuerySingleAsync<Thing>("SELECT 1 AS id, 'zażółć' AS name, NULL::numeric AS price, true AS active");
            Check.Equal((thing.Id, thing.Name, thing.Price, thing.Active), (1, "zażółć", (decimal?)null, true));
        });
        await Check.That("a query becomes dynamic rows and tuples", async () =>
        {
            await using var c = Open();
            var row = c.QuerySingle("SELECT 1 AS a, 'x' AS b");
            Check.Equal(((int)row.a, (string)row.b), (1, "x"));
            Check.Equal(c.QuerySingle<(int, string)>("SELECT 2, 'y'"), (2, "y"));
        });
        await Check.That("values of many types come back as they were written", async () =>
        {
            await using var c = Fresh();
            var sent = new Thing { Name = "it's", Price = 12.50m, Seen = new DateTime(2024, 2, 29, 12, 30, 15, DateTimeKind.Utc), Ref = Guid.NewGuid(), Tags = ["a", "x y"], Payload = [0, 255] };
            var id = await c.ExecuteScalarAsync<int>($"INSERT INTO {Table} (name, price, active, seen, ref, tags, payload) VALUES (@Name, @Price, @Active, @Seen, @Ref, @Tags, @Payload) RETURNING id", sent);
            var got = await c.QuerySingleAsync<Thing>($"SELECT * FROM {Table} WHERE id = @id", new { id });
            Check.Equal((got.Name, got.Price, got.Active, got.Seen, got.Ref), (sent.Name, sent.Price, sent.Active, sent.Seen, sent.Ref));
            Check.Equal(got.Tags!, sent.Tags!);
            Check.Equal(got.Payload!, sent.Payload!);
        });
        await Check.That("null parameters are null", async () =>
        {
            await using var c = Open();
            Check.Equal(await c.QuerySingleAsync<bool>("SELECT @a::int IS NULL AND @b::text IS NULL", new { a = (int?)null, b = (string?)null }), true);
        });
        await Check.That("a list is executed once per element", async () =>
        {
            await using var c = Fresh();
            Check.Equal(await c.ExecuteAsync($"INSERT INTO {Table} (name) VALUES (@name)", Enumerable.Range(0, 50).Select(i => new { name = $"n{i}" })), 50);
            Check.Equal(await c.ExecuteScalarAsync<long>($"SELECT count(*) FROM {Table}"), 50L);
        });
        await Check.That("a list parameter serves ANY", async () =>
        {
            await using var c = Open();
            Check.Equal(c.Query<int>("SELECT i FROM generate_series(1, 9) AS g(i) WHERE i = ANY(@ids)", new { ids = new[] { 2, 3 } }), new[] { 2, 3 });
        });
        await Check.That("several results are read one by one", async () =>
        {
            await using var c = Open();
            using var results = await c.QueryMultipleAsync("SELECT @a::int; SELECT 'x' WHERE false; SELECT 'y'", new { a = 1 });
            Check.Equal(results.ReadSingle<int>(), 1);
            Check.Equal(results.Read<string>().Count(), 0);
            Check.Equal(results.ReadSingle<string>(), "y");
        });
        await Check.That("a join becomes objects within objects", async () =>
        {
            await using var c = Open();
            var things = new Dictionary<int, Thing>();
            c.Query<Thing, Line, Thing>("SELECT t.id, t.name, true AS active, l.lineid, l.quantity FROM (VALUES (1, 'a'), (2, 'b')) AS t(id, name) JOIN (VALUES (1, 10, 5), (1, 11, 7), (2, 12, 1)) AS l(thing, lineid, quantity) ON l.thing = t.id ORDER BY l.lineid",
                (thing, line) =>
                {
                    if (!things.TryGetValue(thing.Id, out var known)) things[thing.Id] = known = thing;
                    known.Lines.Add(line);
                    return known;
                }, splitOn: "lineid");
            Check.Equal(things.Values.Select(t => t.Lines.Sum(l => l.Quantity)), new[] { 12, 1 });
        });
        await Check.That("rows are streamed", async () =>
        {
            await using var c = Open();
            var sum = 0;
            await foreach (var i in c.QueryUnbufferedAsync<int>("SELECT i FROM generate_series(1, 1000) AS g(i)")) sum += i;
            Check.Equal(sum, 500500);
        });
        await Check.That("transactions commit, roll back and have savepoints", async () =>
        {
            await using var c = Fresh();
            await using (var t = await c.BeginTransactionAsync(IsolationLevel.Serializable))
            {
                c.Execute($"INSERT INTO {Table} (id, name) VALUES (1, 'kept')", transaction: t);
                await t.SaveAsync("a");
                await Check.Fails("23505", () => c.ExecuteAsync($"INSERT INTO {Table} (id, name) VALUES (1, 'again')", transaction: t));
                await t.RollbackAsync("a");
                await t.CommitAsync();
            }

            await using (var t = await c.BeginTransactionAsync()) c.Execute($"DELETE FROM {Table}", transaction: t);
            Check.Equal(c.Query<string>($"SELECT name FROM {Table}"), new[] { "kept" });
        });
        await Check.That("errors carry their fields", async () =>
        {
            await using var c = Fresh();
            Check.Equal((await Check.Fails("42P01", () => c.QueryAsync("SELECT * FROM no_such_table"))).MessageText, "relation \"no_such_table\" does not exist");
            c.Execute($"INSERT INTO {Table} (id) VALUES (1)");
            Check.Equal((await Check.Fails("23505", () => c.ExecuteAsync($"INSERT INTO {Table} (id) VALUES (1)"))).ConstraintName!, $"{Table}_pkey");
        });
        await Check.That("a data reader is filled into a table", async () =>
        {
            await using var c = Open();
            var table = new DataTable();
            table.Load(await c.ExecuteReaderAsync("SELECT 1 AS a, 'x' AS b"));
            Check.Equal((table.Columns.Count, (int)table.Rows[0]["a"]), (2, 1));
        });
        await Check.That("a cancelled query is 57014 and the pool lives on", async () =>
        {
            await using var c = Open();
            using var limit = new CancellationTokenSource(300);
            try
            {
                await c.ExecuteAsync(new CommandDefinition(Check.LongQuery, cancellationToken: limit.Token));
                throw new InvalidOperationException("was not cancelled");
            }
            catch (OperationCanceledException)
            {
                Check.Equal(await c.QuerySingleAsync<int>("SELECT 1"), 1);
            }
        });
        await using var last = Open();
        last.Execute($"DROP TABLE IF EXISTS {Table}");
    }
}
