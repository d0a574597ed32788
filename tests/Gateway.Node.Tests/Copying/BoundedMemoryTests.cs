using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Copying;

/// <summary>Whoever is slow makes the other side wait; nothing gathers in between.</summary>
[Collection(nameof(BadInput.Alone))]
public class BoundedMemoryTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_backend_that_takes_no_rows_stops_the_client()
    {
        SlowDatabases databases = null!;
        await using var node = await TestNode.Start("gateway.buffers.copy = 256 KiB", directory => databases = new SlowDatabases(directory));
        using (var first = await RawClient.Open(node.Port)) Assert.Null(await first.Run("CREATE TABLE t (a int, b text)"));
        databases.Gate.Reset();
        using var client = await CopyTests.Copying(node);
        var rows = CopyTests.Data(string.Concat(Enumerable.Repeat($"1\t{new string('x', 1000)}\n", 64)));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // The client writes until its socket takes no more.
        var sent = 0L;
        while (sent < 200 * Megabyte)
        {
            var sending = client.Stream.WriteAsync(rows).AsTask();
            if (await Task.WhenAny(sending, Task.Delay(1000)) != sending)
            {
                Assert.InRange(node.Buffers.Used, 1, 256 * 1024);
                Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 8 * Megabyte);
                databases.Gate.Set();
                await sending.WaitAsync(RawClient.Patience);
            }

            sent += rows.Length;
            if (databases.Gate.IsSet) break;
        }

        Assert.InRange(sent, 1, 50 * Megabyte);
        await client.Send(RawClient.Bytes(new CopyDone()));
        Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
        Assert.Equal(sent / rows.Length * 64, await CopyTests.Count(node));
    }

    [Theory]
    [InlineData("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT", BackendCode.CopyData)]
    [InlineData("SELECT repeat('x', 1000) FROM generate_series(1, 200000)", BackendCode.DataRow)]
    public async Task A_client_that_stops_reading_stops_the_cursor(string sql, byte code)
    {
        SlowDatabases databases = null!;
        await using var node = await TestNode.Start("", directory => databases = new SlowDatabases(directory));
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query(sql));
        var read = await Settled(() => Interlocked.Read(ref databases.RowsRead));

        // What the sockets of both sides hold, and what the gateway does.
        Assert.InRange(read, 1, 50_000);
        Assert.InRange(node.Buffers.Used, 1, 256 * 1024);
        await node.IsWell();
        Assert.Equal(200_000, (await client.ReadUntilReady()).Count(answer => answer.Code == code));
        Assert.Equal(0, node.Buffers.Used);
    }

    [Fact]
    public async Task Two_hundred_clients_that_stop_reading_stay_within_the_budget()
    {
        const int Clients = 200;
        await using var node = await TestNode.Start("gateway.buffers.node = 4 MiB\ngateway.embedded.pool-size = 250");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new List<RawClient>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                var client = await RawClient.Open(node.Port);
                clients.Add(client);
                await client.Send(RawClient.Query("SELECT repeat('x', 1000) FROM generate_series(1, 1000000000)"));
            }

            await Settled(() => node.Buffers.Used);
            Assert.InRange(node.Buffers.Most, 1, 4 * Megabyte + Clients * 64 * 1024);

            // Connections of the engine have memory of their own.
            Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 64 * Megabyte);
            await node.IsWell();
        }
        finally
        {
            foreach (var client in clients) client.Reset();
        }

        await node.IsWell();
    }

    /// <summary>The number once it does not change any more.</summary>
    private static async Task<long> Settled(Func<long> number)
    {
        for (var last = -1L; ; )
        {
            await Task.Delay(500);
            var now = number();
            if (now == last && now > 0) return now;
            last = now;
        }
    }
}
