using System.Text;
using Gateway.Actors.Statements;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Schema;

namespace Gateway.Actors.Tests.Statements;

public sealed class StatementCacheTests
{
    private static readonly string[] Path = ["public"];

    [Fact]
    public void A_text_is_parsed_once()
    {
        var cache = new StatementCache();
        Assert.Same(cache.Parse("select 1"u8), cache.Parse("select 1"u8));
        Assert.NotSame(cache.Parse("select 1"u8), cache.Parse("select  1"u8));
    }

    [Fact]
    public void Translations_count()
    {
        var cache = new StatementCache();
        var statement = cache.Parse("select 'a' as b"u8).Statements[0];
        var before = cache.Size;
        var translation = Translate(statement, new PostgresDialect(), SchemaSnapshot.Empty);
        Assert.Equal(before + translation.Size, cache.Size);
        Assert.True(translation.Size > 1000);

        // A newer schema makes the old one useless: it is replaced, not added to.
        Translate(statement, new PostgresDialect(), new SchemaSnapshot(7, ["public"], []));
        Assert.Equal(before + translation.Size, cache.Size);
    }

    [Fact]
    public void The_cache_stays_within_its_limit_and_keeps_what_is_used()
    {
        const long Capacity = 256 * 1024;
        var cache = new StatementCache(Capacity);
        var dialect = new PostgresDialect();
        var kept = cache.Parse("select 'kept'"u8);
        for (var i = 0; i < 2000; i++)
        {
            Translate(cache.Parse(Encoding.UTF8.GetBytes($"select {i}")).Statements[0], dialect, SchemaSnapshot.Empty);
            Assert.Same(kept, cache.Parse("select 'kept'"u8));
            Assert.InRange(cache.Size, 1, Capacity + (16 * 1024));
        }
    }

    [Fact]
    public void A_script_that_a_session_keeps_does_not_keep_those_that_were_forgotten()
    {
        var cache = new StatementCache(64 * 1024);
        var kept = cache.Parse("select 'kept'"u8);
        var neighbour = Neighbour();
        for (var i = 0; i < 200; i++) cache.Parse(Encoding.UTF8.GetBytes($"select {i}"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(neighbour.IsAlive);
        GC.KeepAlive(kept);
        GC.KeepAlive(cache);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference Neighbour() => new(cache.Parse("select 'neighbour'"u8));
    }

    [Fact]
    public void A_script_too_large_for_the_cache_is_not_kept()
    {
        var cache = new StatementCache(64 * 1024);
        var large = Encoding.UTF8.GetBytes($"select '{new string('x', 10_000)}'");
        Assert.NotSame(cache.Parse(large), cache.Parse(large));
        Assert.Equal(0, cache.Size);
    }

    private static Translation Translate(ParsedStatement statement, PostgresDialect dialect, SchemaSnapshot schema) =>
        Translation.Of(statement, schema, Path, dialect, []);
}
