using System.Text;
using Gateway.Backends;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

public class PoolModeTests
{
    [Fact]
    public async Task In_session_mode_a_session_keeps_its_connection_until_it_ends()
    {
        using var remote = Of(PoolMode.Session, size: 1);
        await using var node = await TestNode.Start(remote);
        using var other = await RawClient.Open(node.Port);
        using (var client = await RawClient.Open(node.Port))
        {
            Assert.Equal("", await Show(client, "gateway.pinned"));
            Assert.Null(await client.Run("SELECT 1"));
            Assert.Equal("session mode", await Show(client, "gateway.pinned"));
            Assert.Equal("53300", await other.Run("SELECT 1"));
            Assert.Null(await client.Run("SELECT 1"));
        }

        while (await other.Run("SELECT 1") is { } state) Assert.Equal("53300", state);
    }

    [Theory]
    [InlineData("BEGIN", "transaction blocks not allowed in statement pooling mode")]
    [InlineData("START TRANSACTION READ ONLY", "transaction blocks not allowed in statement pooling mode")]
    [InlineData("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)", "transactions of several statements not allowed in statement pooling mode")]
    [InlineData("INSERT INTO t VALUES (1); BEGIN", "transaction blocks not allowed in statement pooling mode")]
    public async Task In_statement_mode_transactions_are_refused_and_nothing_of_them_stays(string sql, string message)
    {
        using var remote = Of(PoolMode.Statement, size: 2);
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        await client.Send(RawClient.Query(sql));
        var answers = await client.ReadUntilReady();
        var error = answers.Single(answer => answer.SqlState is not null);
        Assert.Equal("0A000", error.SqlState);
        Assert.Contains(message, Encoding.UTF8.GetString(error.Body), StringComparison.Ordinal);
        Assert.Equal((byte)'I', answers[^1].Body[0]);
        Assert.Equal("22012", await client.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task In_statement_mode_a_batch_of_two_statements_is_refused_too()
    {
        using var remote = Of(PoolMode.Statement, size: 2);
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        await client.Send([.. RawClient.Extended("INSERT INTO t VALUES (1)"), .. RawClient.Extended("INSERT INTO t VALUES (2)"), .. RawClient.Bytes(new Sync())]);
        Assert.Contains(await client.ReadUntilReady(), answer => answer.SqlState == "0A000");
        Assert.Equal("22012", await client.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task In_statement_mode_everything_else_works()
    {
        using var remote = Of(PoolMode.Statement, size: 2);
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        Assert.Null(await client.Run("SET DateStyle = 'ISO, DMY'; SHOW DateStyle; INSERT INTO t VALUES (1)"));
        Assert.Null(await client.Run("PREPARE p (int) AS INSERT INTO t VALUES ($1)"));
        Assert.Null(await client.Run("EXECUTE p (1 + 1)"));
        await client.Send([.. RawClient.Extended("INSERT INTO t VALUES (3)"), .. RawClient.Bytes(new Flush()), .. RawClient.Bytes(new Sync())]);
        Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
        Assert.Equal("22012", await client.Run("SELECT 1 / (sum(a) - 6) FROM t"));
    }

    [Fact]
    public async Task In_statement_mode_a_wait_in_vain_leaves_nothing_behind()
    {
        using var remote = Of(PoolMode.Statement, size: 1);
        await using var node = await TestNode.Start(remote);
        using var holder = await RawClient.Open(node.Port);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("CREATE TEMPORARY TABLE mine (a int)"));
        Assert.Equal("53300", await client.Run("SELECT 1"));
        Assert.Equal("53300", await client.Run("SELECT 1"));
        Assert.Null(await holder.Run("DROP TABLE mine"));
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Fact]
    public async Task In_statement_mode_a_copy_is_a_statement_like_others()
    {
        using var remote = Of(PoolMode.Statement, size: 1);
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        Assert.Null(await client.Run("COPY t TO STDOUT"));
        Assert.Equal("0A000", await client.Run("INSERT INTO t VALUES (1); COPY t TO STDOUT"));
        Assert.Null(await client.Run("COPY t TO STDOUT"));
        Assert.Equal("22012", await client.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task In_transaction_mode_prepared_statements_work_on_whatever_connection_comes()
    {
        using var remote = Of(PoolMode.Transaction, size: 2);
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2), (3)"));
        Assert.Null(await client.Run("PREPARE p AS SELECT a FROM t WHERE a > 1"));
        await client.Send([.. RawClient.Bytes(new Parse("s"u8, "SELECT a FROM t ORDER BY a"u8)), .. RawClient.Bytes(new Sync())]);
        Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
        for (var i = 0; i < 10; i++)
        {
            // Whoever has a transaction holds one connection, and the client's next must be the other.
            Assert.Null(await other.Run(i % 2 == 0 ? "BEGIN; SELECT 1" : "COMMIT"));
            Assert.Null(await client.Run("EXECUTE p"));
            Assert.Equal("", await Show(client, "gateway.pinned"));
            await client.Send(
            [
                .. RawClient.Bytes(new Bind("c"u8, "s"u8)), .. RawClient.Bytes(new Execute("c"u8, 1)),
                .. RawClient.Bytes(new Execute("c"u8, 1)), .. RawClient.Bytes(new Execute("c"u8, 5)), .. RawClient.Bytes(new Sync()),
            ]);
            var answers = await client.ReadUntilReady();
            Assert.Equal(3, answers.Count(answer => answer.Code == BackendCode.DataRow));
        }
    }

    [Fact]
    public async Task A_session_says_what_pins_it()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Equal("", await Show(client, "gateway.pinned"));
        Assert.Null(await client.Run("CREATE TEMPORARY TABLE mine (a int)"));
        Assert.Equal("temporary tables", await Show(client, "gateway.pinned"));
        Assert.Null(await client.Run("BEGIN; SELECT 1"));
        Assert.Equal("temporary tables, transaction block", await Show(client, "gateway.pinned"));
        Assert.Null(await client.Run("COMMIT; DROP TABLE mine"));
        Assert.Equal("", await Show(client, "gateway.pinned"));
        Assert.StartsWith("embedded", await Show(client, "gateway.last_target"), StringComparison.Ordinal);
    }

    private static SlowRemote Of(PoolMode mode, int size) =>
        new(new RouteOptions { Pool = new PoolOptions { Mode = mode, Size = size, QueueTimeout = TimeSpan.FromSeconds(3) } });

    private static async Task<string> Show(RawClient client, string name)
    {
        await client.Send(RawClient.Query($"SHOW {name}"));
        var row = (await client.ReadUntilReady()).Single(answer => answer.Code == BackendCode.DataRow);
        return Encoding.UTF8.GetString(row.Body.AsSpan(6));
    }
}
