using System.Diagnostics;

namespace Gateway.Node.Tests.Sessions;

public class ShutdownTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)")]
    [InlineData("SELECT pg_sleep(600)")]
    [InlineData("INSERT INTO t SELECT x FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)")]
    [InlineData("BEGIN; INSERT INTO t VALUES (3)")]
    [InlineData("SELECT repeat('x', 1000) FROM generate_series(1, 200000)")]
    public async Task The_node_goes_down_whatever_its_sessions_do_and_keeps_what_was_committed(string sql)
    {
        await using var node = await TestNode.Start();
        var clients = new List<RawClient>();
        for (var i = 0; i < 4; i++) clients.Add(await RawClient.Open(node.Port));
        Assert.Null(await clients[0].Run("CREATE TABLE t (a bigint)"));
        Assert.Null(await clients[0].Run("INSERT INTO t VALUES (1), (2)"));
        foreach (var client in clients.Skip(1)) await client.Send(RawClient.Query(sql));
        await Task.Delay(300);

        var time = Stopwatch.StartNew();
        await node.Restart();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, Generous);
        using var after = await RawClient.Open(node.Port);
        Assert.Equal("22012", await after.Run("SELECT 1 / (count(*) - 2) FROM t"));
        Assert.EndsWith("57P01", await clients[0].ReadToEnd(), StringComparison.Ordinal);
        await node.IsWell();
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task Clients_that_come_during_the_shutdown_do_not_hold_it_up()
    {
        await using var node = await TestNode.Start();
        using var done = new CancellationTokenSource();
        var port = node.Port;
        var coming = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    using var client = RawClient.Connect(port);
                    await client.Send([.. RawClient.Startup(), .. RawClient.Query("SELECT 1")]);
                    await client.Read();
                }
                catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
                {
                    // The door is closed.
                    await Task.Delay(10);
                }
            }
        });
        await Task.Delay(300);
        var time = Stopwatch.StartNew();
        await node.Restart();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, Generous);
        await done.CancelAsync();
        await coming.WaitAsync(RawClient.Patience);
        await node.IsWell();
    }
}
