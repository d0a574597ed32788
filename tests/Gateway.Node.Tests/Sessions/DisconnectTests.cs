using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

/// <summary>Each with a pool of one connection: a leak would be the end.</summary>
public class DisconnectTests
{
    [Theory]
    [InlineData("SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)")]
    [InlineData("SELECT pg_sleep(600)")]
    [InlineData("INSERT INTO t SELECT x FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)")]
    [InlineData("SELECT x FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)")]
    [InlineData("BEGIN; INSERT INTO t VALUES (1)")]
    [InlineData("BEGIN; SELECT 1/0")]
    [InlineData("SELECT 1")]
    public async Task A_client_that_goes_leaves_nothing_behind(string sql)
    {
        await using var node = await OneConnection();
        for (var i = 0; i < 6; i++)
        {
            using var client = await RawClient.Open(node.Port);
            await client.Send(RawClient.Query(sql));
            await Task.Delay(i * 40);
            if (i % 2 == 0) client.Reset();
        }

        await node.IsWell();
        using var after = await RawClient.Open(node.Port);
        Assert.Equal("22012", await after.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task A_client_that_goes_with_more_queries_behind_the_running_one_takes_them_along()
    {
        await using var node = await OneConnection();
        using var client = await RawClient.Open(node.Port);
        var one = RawClient.Query("SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)");
        await client.Send([.. one, .. one, .. one, .. RawClient.Query("INSERT INTO t VALUES (1)")]);
        await Task.Delay(200);
        client.Dispose();
        await node.IsWell();
        using var after = await RawClient.Open(node.Port);
        Assert.Equal("22012", await after.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task A_suspended_portal_that_writes_is_undone_with_its_client()
    {
        await using var node = await OneConnection();
        using (var client = await RawClient.Open(node.Port))
        {
            await client.Send(
            [
                .. RawClient.Bytes(new Parse([], "INSERT INTO t SELECT * FROM generate_series(1, 100000) RETURNING a"u8)),
                .. RawClient.Bytes(new Bind([], [])), .. RawClient.Bytes(new Execute([], 1)), .. RawClient.Bytes(new Flush()),
            ]);
            while (await client.Read() is { } answer && answer.Code != BackendCode.PortalSuspended) Assert.Null(answer.SqlState);
        }

        await node.IsWell();
        using var after = await RawClient.Open(node.Port);
        Assert.Equal("22012", await after.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task A_client_that_goes_while_it_waits_for_a_connection_leaves_the_queue()
    {
        await using var node = await OneConnection();
        using var holder = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        for (var i = 0; i < 20; i++)
        {
            using var waiting = await RawClient.Open(node.Port);
            await waiting.Send(RawClient.Query("SELECT 1"));
            if (i % 2 == 0) await Task.Delay(20);
            if (i % 3 == 0) waiting.Reset();
        }

        Assert.Null(await holder.Run("COMMIT"));
        await node.IsWell();
    }

    [Fact]
    public async Task A_lock_is_free_when_its_client_has_gone()
    {
        await using var node = await TestNode.Start();
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await other.Run("CREATE TABLE t (a int)"));
        var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("BEGIN; INSERT INTO t VALUES (1)"));
        var write = other.Run("INSERT INTO t VALUES (2)");
        await Task.Delay(100);
        client.Reset();
        Assert.Null(await write);
        Assert.Equal("22012", await other.Run("SELECT 1 / (count(*) - 1) FROM t"));
    }

    private static async Task<TestNode> OneConnection()
    {
        var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a bigint)"));
        return node;
    }
}
