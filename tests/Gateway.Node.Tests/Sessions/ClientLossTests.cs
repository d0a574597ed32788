using Gateway.Backends;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

/// <summary>Each with a pool of one connection, at a backend whose calls hang until they are cancelled.</summary>
public class ClientLossTests
{
    public enum Way
    {
        Close,
        HalfClose,
        Reset,
    }

    [Theory]
    [InlineData(Way.Close, false)]
    [InlineData(Way.HalfClose, false)]
    [InlineData(Way.Reset, false)]
    [InlineData(Way.Close, true)]
    [InlineData(Way.HalfClose, true)]
    [InlineData(Way.Reset, true)]
    public async Task A_client_that_goes_in_the_middle_of_a_query_frees_its_backend(Way way, bool inTransaction)
    {
        using var remote = OneConnection();
        await using var node = await TestNode.Start(remote);
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await other.Run("CREATE TABLE t (a int)"));
        using var client = await RawClient.Open(node.Port);
        if (inTransaction) Assert.Null(await client.Run("BEGIN; INSERT INTO t VALUES (1)"));
        remote.Hangs = true;
        await client.Send(RawClient.Query("INSERT INTO t VALUES (2)"));
        await Until(() => remote.Hanging == 1);
        remote.Hangs = false;
        Go(client, way);
        Assert.Equal("22012", await other.Run("SELECT 1 / count(*) FROM t"));
        Assert.Equal(0, remote.Hanging);
    }

    [Theory]
    [InlineData(Way.Close)]
    [InlineData(Way.HalfClose)]
    [InlineData(Way.Reset)]
    public async Task A_recursive_query_stops_with_its_client(Way way)
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await other.Run("CREATE TABLE t (a int)"));
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("BEGIN; INSERT INTO t VALUES (1)"));
        await client.Send(RawClient.Query("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n"));
        await Task.Delay(200);
        Go(client, way);
        Assert.Equal("22012", await other.Run("SELECT 1 / count(*) FROM t"));
    }

    [Theory]
    [InlineData(Way.Close)]
    [InlineData(Way.HalfClose)]
    [InlineData(Way.Reset)]
    public async Task While_the_output_is_stuck_the_loss_is_noticed_too(Way way)
    {
        using var remote = OneConnection();
        await using var node = await TestNode.Start(remote);
        using var other = await RawClient.Open(node.Port);
        using var deaf = await RawClient.Open(node.Port);
        await deaf.Send(RawClient.Query("SELECT repeat('x', 1000) FROM generate_series(1, 1000000)"));
        await Task.Delay(300);
        Go(deaf, way);
        Assert.Null(await other.Run("SELECT 1"));
    }

    [Theory]
    [InlineData(Way.Close)]
    [InlineData(Way.HalfClose)]
    [InlineData(Way.Reset)]
    public async Task Who_goes_while_he_waits_is_in_nobodys_way(Way way)
    {
        using var remote = OneConnection();
        await using var node = await TestNode.Start(remote);
        using var holder = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("CREATE TABLE t (a int)"));
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        var waiting = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawClient.Open(node.Port)));
        foreach (var client in waiting) await client.Send(RawClient.Query("INSERT INTO t VALUES (1)"));
        using var last = await RawClient.Open(node.Port);
        await Task.Delay(200);
        foreach (var client in waiting) Go(client, way);
        var mine = last.Run("SELECT 1 / count(*) FROM t");
        await Task.Delay(200);
        Assert.Null(await holder.Run("COMMIT"));
        Assert.Equal("22012", await mine);
        foreach (var client in waiting) client.Dispose();
    }

    [Fact]
    public async Task While_a_driver_is_busy_with_cancelling_other_sessions_go_on()
    {
        using var remote = new SlowRemote(new RouteOptions { Pool = new PoolOptions { Size = 30 } });
        await using var node = await TestNode.Start(remote);
        using var other = await RawClient.Open(node.Port);
        remote.Hangs = true;
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawClient.Open(node.Port)));
        foreach (var client in clients) await client.Send(RawClient.Query("SELECT 1"));
        await Until(() => remote.Hanging == clients.Length);
        remote.Hangs = false;
        var cancels = Task.WhenAll(clients.Select(client => client.Cancel(node.Port)));
        Assert.Null(await other.Run("SELECT 1"));
        await cancels;
        foreach (var client in clients)
        {
            Assert.Contains("57014", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
            Assert.Null(await client.Run("SELECT 1"));
            client.Dispose();
        }
    }

    private static SlowRemote OneConnection() => new(new RouteOptions { Pool = new PoolOptions { Size = 1 } });

    private static void Go(RawClient client, Way way)
    {
        switch (way)
        {
            case Way.Close: client.Dispose(); break;
            case Way.HalfClose: client.HalfClose(); break;
            default: client.Reset(); break;
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var patience = 3000; !condition(); patience--)
        {
            Assert.True(patience > 0, "it never happened");
            await Task.Delay(10);
        }
    }
}
