using Gateway.Protocol.Messages;
using Npgsql;

namespace Gateway.Node.Tests.Sessions;

public class DatabaseTests
{
    [Fact]
    public async Task A_database_in_use_cannot_be_dropped_and_one_that_was_left_can()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE DATABASE d"));
        using (var inside = await RawClient.Open(node.Port, "d"))
        {
            Assert.Null(await inside.Run("CREATE TABLE t (a int)"));
            Assert.Equal("55006", await client.Run("DROP DATABASE d"));
            Assert.Null(await inside.Run("SELECT * FROM t"));
        }

        Assert.Null(await client.Run("DROP DATABASE d"));
        using var late = RawClient.Connect(node.Port);
        await late.Send(RawClient.Startup("d"));
        Assert.EndsWith("3D000", await late.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_dropped_and_created_again_is_empty()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await client.Run("CREATE DATABASE d"));
            using (var inside = await RawClient.Open(node.Port, "d")) Assert.Null(await inside.Run("CREATE TABLE t (a int)"));
            Assert.Null(await client.Run("DROP DATABASE d"));
        }
    }

    [Fact]
    public async Task Entering_and_dropping_may_race()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        using var done = new CancellationTokenSource();
        var port = node.Port;
        var entering = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                using var inside = RawClient.Connect(port);
                await inside.Send([.. RawClient.Startup("d"), .. RawClient.Query("SELECT 1"), .. RawClient.Bytes(new Terminate())]);
                await inside.ReadToEnd();
            }
        });
        for (var i = 0; i < 30; i++)
        {
            Assert.True(await client.Run("CREATE DATABASE d") is null or "42P04");
            Assert.True(await client.Run("DROP DATABASE d") is null or "55006");
        }

        await done.CancelAsync();
        await entering.WaitAsync(RawClient.Patience);
        Assert.Null(await client.Run("DROP DATABASE IF EXISTS d"));
        Assert.Null(await client.Run("CREATE DATABASE d"));
        using var last = await RawClient.Open(node.Port, "d");
        Assert.Null(await last.Run("SELECT 1"));
    }

    [Theory]
    [InlineData("Größe")]
    [InlineData("UPPER")]
    [InlineData("a b")]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("a\"b'c")]
    [InlineData("%2e")]
    [InlineData("con")]
    [InlineData("数据库")]
    public async Task A_database_may_have_any_name(string name)
    {
        await using var node = await TestNode.Start();
        var quoted = "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        using (var client = await RawClient.Open(node.Port)) Assert.Null(await client.Run($"CREATE DATABASE {quoted}"));
        using (var inside = await RawClient.Open(node.Port, name)) Assert.Null(await inside.Run("CREATE TABLE t (a int)"));
        await node.Restart();
        using (var inside = await RawClient.Open(node.Port, name)) Assert.Null(await inside.Run("SELECT * FROM t"));
        using (var client = await RawClient.Open(node.Port)) Assert.Null(await client.Run($"DROP DATABASE {quoted}"));
    }

    [Theory]
    [InlineData("CREATE DATABASE scratch", "42P04")]
    [InlineData("DROP DATABASE nowhere", "3D000")]
    [InlineData("DROP DATABASE scratch", "55006")]
    [InlineData("BEGIN; CREATE DATABASE d", "25001")]
    [InlineData("BEGIN; DROP DATABASE IF EXISTS d", "25001")]
    [InlineData("CREATE DATABASE \"\"", "42601")]
    public async Task What_cannot_be_done_says_so(string sql, string state)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Equal(state, await client.Run(sql));
        Assert.Null(await client.Run("ROLLBACK"));
    }

    [Fact]
    public async Task Dropping_what_is_not_there_is_a_notice_when_asked_so()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query("DROP DATABASE IF EXISTS nowhere"));
        Assert.Equal("NCZ", string.Concat((await client.ReadUntilReady()).Select(answer => answer.Letter)));
    }

    [Fact]
    public async Task An_unknown_database_refuses_the_connection()
    {
        await using var node = await TestNode.Start();
        await using var connection = new NpgsqlConnection(node.ConnectionString("Database=nowhere"));
        Assert.Equal("3D000", (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState);
    }
}
