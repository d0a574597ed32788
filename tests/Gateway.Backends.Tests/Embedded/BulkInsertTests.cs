using Gateway.Backends.Embedded;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Embedded;

public sealed class BulkInsertTests : IDisposable
{
    private readonly EngineFixture _engine = new();
    private readonly EmbeddedConnection _connection;

    public BulkInsertTests()
    {
        _connection = _engine.Open();
    }

    [Fact]
    public void Values_of_every_carrier_arrive_as_they_are()
    {
        _connection.Do("CREATE TABLE t (i bigint, f float8, x text, b bytea)");
        Copy("t", [long.MinValue, double.NaN, "", new byte[0]], [7, 1.5, "ä'", new byte[] { 0, 255 }], [null, null, null, null], [0, -2.5, "x", new byte[] { 1 }]);
        Assert.Equal(
            ["-9223372036854775808|NaN||\\x", "7|1.5|ä'|\\x00ff", "|||", "0|-2.5|x|\\x01"],
            _connection.Pg("SELECT * FROM t"));
        Assert.Equal(["false|false", "false|false", "true|true", "false|false"], _connection.Pg("SELECT (x IS NULL)::text, (b IS NULL)::text FROM t"));
    }

    [Fact]
    public void Columns_that_are_not_in_the_data_get_their_defaults()
    {
        _connection.Do("CREATE TABLE t (id serial PRIMARY KEY, a int, d text DEFAULT 'it''s (?1)', g int GENERATED ALWAYS AS (a * 2) STORED)");
        Copy("t (a)", [5], [null], [6]);
        Copy("t (a)", [7]);
        Assert.Equal(["1|5|it's (?1)|10", "2||it's (?1)|", "3|6|it's (?1)|12", "4|7|it's (?1)|14"], _connection.Pg("SELECT * FROM t ORDER BY id"));
    }

    [Theory]
    [InlineData("^_rows2")]
    [InlineData("^^_rows2")]
    [InlineData("_rows2")]
    public void A_table_of_a_client_is_never_read_in_place_of_the_data(string name)
    {
        _connection.Do($"CREATE TABLE \"{name}\" (c1 int, c2 int)");
        Copy($"\"{name}\"", [1, 2], [3, 4]);
        Copy($"\"{name}\"", [5, 6]);
        Assert.Equal(["1|2", "3|4", "5|6"], _connection.Pg($"SELECT * FROM \"{name}\""));
    }

    [Fact]
    public void Names_that_look_like_SQL_are_names()
    {
        _connection.Do("CREATE TABLE \"t) VALUES (?1\" (\"a) VALUES (?1\" int, \"b\"\"?\" int, c1 int)");
        Copy("\"t) VALUES (?1\" (c1, \"b\"\"?\", \"a) VALUES (?1\")", [1, 2, 3]);
        Assert.Equal(["3|2|1"], _connection.Pg("SELECT * FROM \"t) VALUES (?1\""));
    }

    [Theory]
    [InlineData("a int CHECK (a < 50), b int", SqlStates.CheckViolation, "Failing row contains (50, 50).")]
    [InlineData("a int NOT NULL, b int NOT NULL", SqlStates.NotNullViolation, "Failing row contains (50, null).")]
    [InlineData("a int PRIMARY KEY, b int UNIQUE", SqlStates.UniqueViolation, "Key (b)=(7) already exists.")]
    [InlineData("a int UNIQUE, b int PRIMARY KEY", SqlStates.UniqueViolation, "Key (b)=(7) already exists.")]
    [InlineData("a int, b int, UNIQUE (b, a)", SqlStates.UniqueViolation, "Key (b, a)=(7, 7) already exists.")]
    public void The_row_that_breaks_a_constraint_is_told(string columns, string state, string detail)
    {
        _connection.Do($"CREATE TABLE t ({columns})");
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t", out var width);
        Write(insert, width, Enumerable.Range(0, 10).Select(i => (object?[])[i, i]));
        Assert.Equal(10, insert.Done);
        object?[] bad = state switch
        {
            SqlStates.NotNullViolation => [50, null],
            SqlStates.UniqueViolation when columns.Contains("(b, a)") => [7, 7],
            SqlStates.UniqueViolation => [50, 7],
            _ => [50, 50],
        };
        var error = Engine.Fails(state, () => Write(insert, width, Enumerable.Range(20, 9).Select(i => (object?[])[i, i]).Append(bad).Append([51, 51])));
        Assert.Equal((9, detail), (insert.Done, error.Detail));
        _connection.Rollback();
        Assert.Equal(["0"], _connection.Pg("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_row_that_repeats_a_key_of_its_own_batch_is_told()
    {
        _connection.Do("CREATE TABLE t (a int PRIMARY KEY)");
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t", out var width);
        var error = Engine.Fails(SqlStates.UniqueViolation, () => Write(insert, width, [[3], [4], [3], [5]]));
        Assert.Equal((2, "Key (a)=(3) already exists."), (insert.Done, error.Detail));
    }

    [Fact]
    public void The_failing_row_shows_the_number_that_was_drawn_for_it()
    {
        _connection.Do("CREATE TABLE t (id serial, a int CHECK (a > 0), other serial)");
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t (a)", out var width);
        var error = Engine.Fails(SqlStates.CheckViolation, () => Write(insert, width, [[1], [2], [-1], [4]]));
        Assert.Equal((2, "Failing row contains (3, -1, 3)."), (insert.Done, error.Detail));
        _connection.Rollback();
        Copy("t (a)", [1]);
        Assert.Equal(["4|1|4"], _connection.Pg("SELECT * FROM t"));
    }

    [Fact]
    public void A_number_that_an_earlier_statement_drew_is_not_drawn_again()
    {
        _connection.Do("CREATE TABLE t (id serial, a int)");
        _connection.Pg("INSERT INTO t (a) VALUES (0)");
        Copy("t (a)", [1], [2]);
        Assert.Equal(["1|0", "2|1", "3|2"], _connection.Pg("SELECT * FROM t"));
    }

    [Fact]
    public void An_error_in_an_expression_of_a_row_tells_the_row()
    {
        _connection.Do("CREATE TABLE t (a int, g int GENERATED ALWAYS AS (10 / a) STORED)");
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t", out var width);
        Engine.Fails(SqlStates.DivisionByZero, () => Write(insert, width, [[1], [2], [5], [0], [1]]));
        Assert.Equal(3, insert.Done);
    }

    [Fact]
    public void A_row_may_refer_to_one_that_comes_later()
    {
        _connection.Do("CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t)");
        Copy("t", [2, 3], [1, 2], [3, null]);
        Assert.Equal(["1|2", "2|3", "3|"], _connection.Pg("SELECT * FROM t ORDER BY id"));
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t", out var width);
        Write(insert, width, [[4, 5], [6, 1]]);
        var error = Engine.Fails(SqlStates.ForeignKeyViolation, () => insert.Complete());
        Assert.Equal("Key (parent)=(5) is not present in table \"t\".", error.Detail);
    }

    [Fact]
    public void A_condition_leaves_rows_out()
    {
        _connection.Do("CREATE TABLE t (a int)");
        Assert.Equal(2, Copy("t", "WHERE a > 1", [1], [2], [3]));
        Assert.Equal(["2", "3"], _connection.Pg("SELECT * FROM t"));
    }

    [Fact]
    public void A_batch_of_nothing_inserts_nothing()
    {
        _connection.Do("CREATE TABLE t (a int)");
        Assert.Equal(0, Copy("t"));
        Assert.Equal(1, Copy("t", [1]));
    }

    [Fact]
    public void A_cancel_stops_a_batch_and_nothing_of_it_stays()
    {
        _connection.Do("CREATE TABLE t (a text, g text GENERATED ALWAYS AS (repeat(a, 1000)) STORED)");
        _connection.Begin(null, readOnly: false);
        using var insert = Begin("t", out var width);
        var canceler = new Thread(() =>
        {
            Thread.Sleep(20);
            _connection.Cancel();
        });
        canceler.Start();
        Engine.Fails(SqlStates.QueryCanceled, () =>
        {
            for (var i = 0; i < 100_000; i++) Write(insert, width, Enumerable.Range(0, 1000).Select(n => (object?[])["0123456789"]));
        });
        canceler.Join();
        _connection.Rollback();
        Assert.Equal(["0"], _connection.Pg("SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("INSERT INTO \"t\" (\"a\") VALUES (?1)", "INSERT OR FAIL INTO \"t\" (\"a\") SELECT \"^_rows2\".c1 FROM \"^_rows2\"")]
    [InlineData("INSERT INTO \"t\" (\"a\", \"b\") VALUES (pg_x(?2, ')?1'), 'it''s')", "INSERT OR FAIL INTO \"t\" (\"a\", \"b\") SELECT pg_x(\"^_rows2\".c2, ')?1'), 'it''s' FROM \"^_rows2\"")]
    [InlineData("INSERT INTO \"t\" DEFAULT VALUES", null)]
    [InlineData("INSERT INTO \"t\" (\"a\") VALUES (?1), (?2)", null)]
    [InlineData("INSERT INTO \"t\" (\"a\") VALUES (?1) ON CONFLICT (\"a\") DO NOTHING", null)]
    [InlineData("INSERT INTO \"t\" (\"a\") VALUES (?1) ON CONFLICT (\"a\") DO UPDATE SET \"a\" = (?2)", null)]
    [InlineData("INSERT INTO \"t\" (\"a\") SELECT \"a\" FROM (SELECT ?1 AS \"a\")", null)]
    [InlineData("UPDATE \"t\" SET \"a\" = (?1)", null)]
    public void Only_an_insert_of_one_row_takes_a_batch(string sql, string? expected) =>
        Assert.Equal(expected, BatchInsert.Of(new SqlStep(sql, [1, 2], false), RowFeed.NameOf(2)));

    public void Dispose()
    {
        _connection.Dispose();
        _engine.Dispose();
    }

    private IBulkInsert Begin(string target, out int width, string condition = "")
    {
        var copy = (CopyStatement)Parser.ParseSingle($"COPY {target} FROM STDIN {condition}")!;
        var bound = new Analyzer(_connection.Schema, ["public"]).BindCopy(copy);
        width = bound.Columns.Length;
        return _connection.BeginInsert(_engine.Database.Dialect.Render(bound.Statement), bound.Relation!, width);
    }

    private long Copy(string target, params object?[][] rows) => Copy(target, "", rows);

    private long Copy(string target, string condition, params object?[][] rows)
    {
        _connection.Begin(null, readOnly: false);
        using var insert = Begin(target, out var width, condition);
        Write(insert, width, rows);
        var count = insert.Complete();
        _connection.Commit();
        return count;
    }

    private static void Write(IBulkInsert insert, int width, IEnumerable<object?[]> rows)
    {
        object?[][] all = [.. rows];
        Assert.All(all, row => Assert.Equal(width, row.Length));
        using var values = Engine.Values([.. all.SelectMany(row => row)]);
        insert.Write(values, all.Length);
    }
}
