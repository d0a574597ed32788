using System.Text;
using Gateway.Backends;

namespace Gateway.Node.Tests.Sessions;

public class TimeoutTests
{
    [Theory]
    [InlineData("SET idle_in_transaction_session_timeout = '200ms'", "BEGIN; INSERT INTO t VALUES (1)")]
    [InlineData("SELECT 1", "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 200; INSERT INTO t VALUES (1)")]
    [InlineData("SET idle_in_transaction_session_timeout = '0.2s'", "BEGIN; INSERT INTO t VALUES (1); SELECT 1/0")]
    public async Task Who_sits_in_a_transaction_is_thrown_out_and_it_is_rolled_back(string set, string sql)
    {
        await using var node = await TestNode.Start();
        using var other = await RawClient.Open(node.Port);
        Assert.Null(await other.Run("CREATE TABLE t (a int)"));
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run(set));
        await client.Run(sql);
        await Fatal(client, "25P03", "terminating connection due to idle-in-transaction timeout");
        Assert.Equal("22012", await other.Run("SELECT 1 / count(*) FROM t"));
        Assert.Null(await other.Run("INSERT INTO t VALUES (1)"));
    }

    [Theory]
    [InlineData("SET idle_session_timeout = 200", null)]
    [InlineData("SET idle_session_timeout = 200; BEGIN; COMMIT", null)]
    [InlineData(null, "-c idle_session_timeout=200ms")]
    public async Task Who_is_idle_for_too_long_is_thrown_out(string? sql, string? options)
    {
        await using var node = await TestNode.Start();
        using var client = RawClient.Connect(node.Port);
        await client.Start("scratch", options);
        if (sql is not null) Assert.Null(await client.Run(sql));
        await Fatal(client, "57P05", "terminating connection due to idle-session timeout");
    }

    [Fact]
    public async Task The_operator_sets_a_limit_for_all_that_a_session_may_lift()
    {
        await using var node = await TestNode.Start("gateway.settings { statement_timeout = 200ms }");
        using var client = await RawClient.Open(node.Port);
        Assert.Equal("57014", await client.Run("SELECT pg_sleep(30)"));
        Assert.Null(await client.Run("SET statement_timeout = 0"));
        Assert.Null(await client.Run("SELECT pg_sleep(0.5)"));
    }

    [Fact]
    public async Task Work_is_not_idleness_and_neither_is_a_transaction()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET idle_session_timeout = 300"));
        Assert.Null(await client.Run("SELECT pg_sleep(0.8)"));
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(50);
            Assert.Null(await client.Run("SELECT 1"));
        }

        Assert.Null(await client.Run("BEGIN"));
        await Task.Delay(800);
        Assert.Null(await client.Run("SELECT 1"));
        Assert.Null(await client.Run("COMMIT"));
        await Fatal(client, "57P05", "idle-session");
    }

    [Fact]
    public async Task Between_the_messages_of_a_batch_nobody_is_idle()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET idle_session_timeout = 300"));
        await client.Send(RawClient.Extended("SELECT 1"));
        await Task.Delay(800);
        await client.Send(RawClient.Bytes(new Protocol.Messages.Sync()));
        Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
    }

    [Fact]
    public async Task Half_a_message_does_not_make_a_session_busy()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET idle_session_timeout = 500"));
        await client.Send([(byte)'Q', 0, 0]);
        await Fatal(client, "57P05", "idle-session");
    }

    [Theory]
    [InlineData("SET transaction_timeout = 300", "SELECT pg_sleep(600)")]
    [InlineData("SET transaction_timeout = 300; BEGIN", "SELECT pg_sleep(600)")]
    [InlineData("SET transaction_timeout = 300", "BEGIN")]
    [InlineData("BEGIN", "SET LOCAL transaction_timeout = 300")]
    [InlineData("SET transaction_timeout = 300; BEGIN; COMMIT AND CHAIN", "SELECT 1")]
    [InlineData("SET transaction_timeout = 300; SET statement_timeout = 10000", "SELECT pg_sleep(600)")]
    public async Task A_transaction_that_lasts_too_long_ends_the_session(string first, string second)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run(first));
        await client.Send(RawClient.Query(second));
        await Fatal(client, "25P04", "terminating connection due to transaction timeout");
        await node.IsWell();
    }

    [Fact]
    public async Task A_transaction_that_ends_in_time_ends_nothing()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET transaction_timeout = 500"));
        for (var i = 0; i < 4; i++)
        {
            Assert.Null(await client.Run("BEGIN; SELECT 1"));
            Assert.Null(await client.Run("COMMIT"));
            await Task.Delay(300);
        }

        Assert.Null(await client.Run("BEGIN; SET LOCAL transaction_timeout = 0"));
        await Task.Delay(800);
        Assert.Null(await client.Run("COMMIT"));
    }

    [Fact]
    public async Task A_statement_in_time_is_not_hit_by_the_timer_of_the_one_before()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET statement_timeout = 1000"));
        for (var i = 0; i < 5; i++) Assert.Null(await client.Run("SELECT pg_sleep(0.4)"));
        Assert.Equal("57014", await client.Run("SELECT pg_sleep(600)"));
        Assert.Null(await client.Run("SET statement_timeout = 100"));
        Assert.Equal("57014", await client.Run("SELECT pg_sleep(600)"));
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (2)")]
    [InlineData("SELECT pg_advisory_lock(7)")]
    public async Task A_lock_that_takes_too_long_is_not_waited_for(string sql)
    {
        await using var node = await TestNode.Start();
        using var holder = await RawClient.Open(node.Port);
        using var waiting = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("CREATE TABLE t (a int)"));
        Assert.Null(await holder.Run("BEGIN; INSERT INTO t VALUES (1); SELECT pg_advisory_lock(7)"));
        Assert.Null(await waiting.Run("SET lock_timeout = '100ms'"));
        Assert.Equal("55P03", await waiting.Run(sql));
        Assert.Null(await holder.Run("COMMIT; SELECT pg_advisory_unlock(7)"));
        Assert.Null(await waiting.Run(sql));
    }

    [Fact]
    public async Task Who_gets_no_connection_in_time_is_told_so_and_may_go_on()
    {
        using var remote = new SlowRemote(new RouteOptions { Pool = new PoolOptions { Size = 1, QueueTimeout = TimeSpan.FromMilliseconds(200) } });
        await using var node = await TestNode.Start(remote);
        using var holder = await RawClient.Open(node.Port);
        using var waiting = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        await waiting.Send(RawClient.Query("SELECT 1"));
        var error = (await waiting.ReadUntilReady()).Single(answer => answer.SqlState is not null);
        Assert.Equal("53300", error.SqlState);
        Assert.Contains("pool.size = 1", Encoding.UTF8.GetString(error.Body), StringComparison.Ordinal);
        Assert.Null(await holder.Run("COMMIT"));
        Assert.Null(await waiting.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_backend_that_does_not_answer_the_connect_is_08001()
    {
        using var remote = new SlowRemote(new RouteOptions { Pool = new PoolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(200) } });
        await using var node = await TestNode.Start(remote);
        using var client = await RawClient.Open(node.Port);
        remote.OpenHangs = true;
        Assert.Equal("08001", await client.Run("SELECT 1"));
        remote.OpenHangs = false;
        Assert.Null(await client.Run("SELECT 1"));
    }

    private static async Task Fatal(RawClient client, string state, string text)
    {
        var answers = new List<Answer>();
        while (await client.Read() is { } answer) answers.Add(answer);
        var error = answers[^1];
        Assert.Equal(state, error.SqlState);
        var body = Encoding.UTF8.GetString(error.Body);
        Assert.Contains("FATAL", body, StringComparison.Ordinal);
        Assert.Contains(text, body, StringComparison.Ordinal);
        Assert.Single(answers, answer => answer.SqlState is not null);
    }
}
