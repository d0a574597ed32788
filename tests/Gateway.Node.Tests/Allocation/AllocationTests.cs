using Xunit.Abstractions;
using static Gateway.Node.Tests.Allocation.BareClient;

namespace Gateway.Node.Tests.Allocation;

/// <summary>They count the bytes of the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests(ITestOutputHelper output)
{
    private static readonly byte[] None = [0, 0];

    [Theory]
    [InlineData("SELECT 1", 0)]
    [InlineData("SELECT v FROM kv WHERE id = $1", 0)]
    [InlineData("SELECT 1", 3_600_000)]
    public async Task A_prepared_statement_runs_almost_without_allocating(string sql, int timeout)
    {
        const int Executions = 10_000;
        await using var node = await TestNode.Start();
        using var client = new BareClient(node.Port);
        client.Send(Message('Q', Text("CREATE TABLE kv (id int PRIMARY KEY, v text)")));
        client.Send(Message('Q', Text("INSERT INTO kv SELECT i, 'value ' || i FROM generate_series(1, 1000) i")));
        foreach (var name in (string[])["statement_timeout", "idle_session_timeout", "transaction_timeout"])
            client.Send(Message('Q', Text($"SET {name} = {timeout}")));
        client.Send([.. Message('P', Text("s"), Text(sql), None), .. Message('S')]);
        byte[] parameters = sql.Contains("$1", StringComparison.Ordinal) ? [0, 1, 0, 0, 0, 3, .. "500"u8] : None;
        byte[] batch =
        [
            .. Message('B', Text(""), Text("s"), None, parameters, None),
            .. Message('E', Text(""), new byte[4]),
            .. Message('S'),
        ];
        for (var i = 0; i < Executions; i++) client.Send(batch);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Executions; i++) client.Send(batch);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / Executions;
        output.WriteLine($"{each} bytes per execution");
        Assert.InRange(each, 0, 100);
    }

    [Fact]
    public async Task An_idle_session_is_small()
    {
        const int Sessions = 500;
        await using var node = await TestNode.Start();
        using var first = new BareClient(node.Port);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = Enumerable.Range(0, Sessions).Select(_ => new BareClient(node.Port, bufferSize: 1024)).ToArray();
        var each = ((GC.GetTotalMemory(forceFullCollection: true) - before) / Sessions) - 1024;
        output.WriteLine($"{each} bytes per session");
        foreach (var client in clients) client.Dispose();
        Assert.InRange(each, 0, 15_000);
    }
}
