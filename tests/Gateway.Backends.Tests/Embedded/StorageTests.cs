using System.Diagnostics;
using Gateway.Backends.Embedded;
using Gateway.Types;
using static Gateway.Backends.Tests.Embedded.Engine;

namespace Gateway.Backends.Tests.Embedded;

public sealed class StorageTests : IDisposable
{
    private readonly EngineFixture _engine = new(options => options with { CachedStatements = 8 });
    private readonly EmbeddedConnection _db;

    public StorageTests() => _db = _engine.Open();

    public void Dispose()
    {
        _db.Dispose();
        _engine.Dispose();
    }

    [Fact]
    public void Every_carrier_comes_back_from_disk_exactly()
    {
        _db.Do("CREATE TABLE t (k int, i bigint, f float8, s text, b bytea)");
        object?[] integers = [0L, -1L, long.MaxValue, long.MinValue, null];
        object?[] floats = [0.0, -0.5, double.MaxValue, double.NaN, double.NegativeInfinity];
        object?[] texts = ["", "123", "1e5", "naïve \U0001F600", "a\u0001b"];
        object?[] blobs = [Array.Empty<byte>(), new byte[] { 0 }, new byte[] { 255, 0, 254 }, new byte[70_000], null];
        for (var i = 0; i < 5; i++) _db.Do("INSERT INTO t VALUES (?, ?, ?, ?, ?)", i, integers[i], floats[i], texts[i], blobs[i]);

        using var none = new ValueList();
        using var rows = _engine.Open().Execute(Steps("SELECT i, f, s, b FROM t ORDER BY k", rows: true), none);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(rows.Read());
            Assert.Equal(integers[i] is null, rows.IsNull(0));
            if (integers[i] is long integer) Assert.Equal(integer, rows.GetInt64(0));
            Assert.Equal(floats[i], rows.GetFloat64(1));
            Assert.Equal((string)texts[i]!, System.Text.Encoding.UTF8.GetString(rows.GetSpan(2)));
            if (blobs[i] is byte[] bytes) Assert.True(rows.GetSpan(3).SequenceEqual(bytes));
        }

        Assert.False(rows.Read());
    }

    [Fact]
    public void A_value_of_another_class_is_an_error_and_never_converted()
    {
        using var none = new ValueList();
        using var rows = _db.Execute(Steps("SELECT 'x', 1, 1.5, 9007199254740993", rows: true), none);
        rows.Read();
        Fails("XX000", () => rows.GetInt64(0));
        Fails("XX000", () => rows.GetFloat64(0));
        Fails("XX000", () => _ = rows.GetSpan(1).Length);
        Fails("XX000", () => rows.GetInt64(2));
        Assert.Equal(1.0, rows.GetFloat64(1));
        Fails("XX000", () => rows.GetFloat64(3));
    }

    [Fact]
    public void Reading_ten_thousand_rows_allocates_nothing()
    {
        _db.Do("CREATE TABLE t (i bigint, f float8, s text)");
        _db.Begin(null, false);
        for (var i = 0; i < 10_000; i++) _db.Do("INSERT INTO t VALUES (?, ?, ?)", i, i + 0.5, "some text");
        _db.Commit();
        using var none = new ValueList();
        var plan = Steps("SELECT i, f, s FROM t", rows: true);
        long sum = 0;
        for (var round = 0; round < 2; round++)
        {
            using var rows = _db.Execute(plan, none);
            rows.Read();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var count = 1;
            while (rows.Read())
            {
                if (rows.IsNull(0)) continue;
                sum += rows.GetInt64(0) + (long)rows.GetFloat64(1) + rows.GetSpan(2).Length;
                count++;
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(10_000, count);
            if (round > 0) Assert.Equal(0, allocated);
        }

        Assert.True(sum > 0);
    }

    [Fact]
    public void The_statement_cache_is_bounded()
    {
        for (var i = 0; i < 100; i++) _db.Ask($"SELECT {i}");
        Assert.InRange(_db.CachedStatementCount, 1, 8);
    }

    [Fact]
    public void The_same_text_may_run_twice_at_once()
    {
        using var none = new ValueList();
        var plan = Steps("SELECT 1 UNION ALL SELECT 2", rows: true);
        using var first = _db.Execute(plan, none);
        using var second = _db.Execute(plan, none);
        Assert.True(first.Read());
        Assert.True(second.Read());
        Assert.True(second.Read());
        Assert.Equal(1, first.GetInt64(0));
        Assert.Equal(2, second.GetInt64(0));
    }

    [Fact]
    public void A_database_in_use_cannot_be_dropped()
    {
        var error = Fails("55006", () => _engine.Databases.Drop("db"));
        Assert.Equal("database \"db\" is being accessed by other users", error.Message);
        Assert.Equal("There is 1 other session using the database.", error.Detail);
        _db.Dispose();
        _engine.Databases.Drop("db");
        Assert.Empty(Directory.GetFiles(_engine.Directory));
        Fails("3D000", () => _engine.Databases.Drop("db"));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/b")]
    [InlineData("Ünï ♥")]
    [InlineData("UPPER")]
    [InlineData("upper")]
    [InlineData(".")]
    [InlineData("con")]
    public void Any_name_is_a_safe_file_name(string name)
    {
        _engine.Databases.Create(name);
        Assert.Equal("42P04", Fails("42P04", () => _engine.Databases.Create(name)).SqlState);
        Assert.Contains(name, _engine.Databases.Names);
        Assert.Equal(2, Directory.GetFiles(_engine.Directory, "*.db").Length);
        _engine.Databases.Drop(name);
    }

    [Fact]
    public void Loading_many_rows_in_one_transaction_reuses_one_statement()
    {
        _db.Do("CREATE TABLE t (i int PRIMARY KEY, s text)");
        var plan = Steps("INSERT INTO t VALUES (?, ?)");
        using var values = new ValueList();
        var watch = Stopwatch.StartNew();
        _db.Begin(null, false);
        for (var i = 0; i < 50_000; i++)
        {
            values.Clear();
            values.Add(i);
            values.Add(Carrier.Text, "row"u8);
            _db.Execute(plan, values).Dispose();
        }

        _db.Commit();
        Assert.Equal(["50000"], _db.Ask("SELECT count(*) FROM t"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }
}
