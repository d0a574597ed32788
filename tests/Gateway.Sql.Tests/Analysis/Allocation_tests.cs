using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;

namespace Gateway.Sql.Tests.Analysis;

/// <summary>What it takes in time is for the benchmark to say (./gateway bench sql); what it allocates is the same on every machine.</summary>
public sealed class Allocation_tests
{
    private const string Typical =
        "select u.id, u.name, coalesce(u.email, 'none') as mail, o.amount * 2 from users u join orders o on o.user_id = u.id " +
        "where u.active and o.placed >= '2020-01-01' and u.name like $1 order by o.amount desc limit $2";

    [Fact]
    public void Binding_a_typical_query_allocates_little()
    {
        var analyzer = new Analyzer(TestSchema.Snapshot, ["public"]);
        var tree = Parser.ParseSingle(Typical)!;
        for (var i = 0; i < 100; i++) analyzer.Bind(tree, []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) analyzer.Bind(tree, []);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
        Assert.True(allocated < 16_384, $"{allocated} bytes");
    }
}
