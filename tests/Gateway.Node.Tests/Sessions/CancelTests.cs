using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Sessions;

public class CancelTests
{
    private const string Long = "SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)";

    [Theory]
    [InlineData(Long)]
    [InlineData("SELECT count(*) FROM generate_series(1, 10000000000)")]
    [InlineData("SELECT pg_sleep(600)")]
    [InlineData("SELECT pg_sleep(0.01) FROM generate_series(1, 1000000)")]
    public async Task A_running_query_is_cancelled_and_the_session_goes_on(string sql)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query(sql));
        await Task.Delay(200);
        await client.Cancel(node.Port);
        await Cancelled(client);
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_query_cancelled_at_once_is_not_missed()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        for (var i = 0; i < 50; i++)
        {
            // The cancel may also come before the query does: then it hits nothing and is sent again.
            await client.Send(RawClient.Query(Long));
            var answers = client.ReadUntilReady();
            while (!answers.IsCompleted)
            {
                await client.Cancel(node.Port);
                await Task.WhenAny(answers, Task.Delay(200));
            }

            Assert.Contains("57014", (await answers).Select(answer => answer.SqlState));
        }
    }

    /// <summary>As tokio-postgres and its kin do it.</summary>
    [Fact]
    public async Task A_cancel_request_counts_though_its_sender_closes_at_once()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        for (var i = 0; i < 10; i++)
        {
            await client.Send(RawClient.Query(Long));
            await Task.Delay(100);
            await client.Cancel(node.Port, wait: false);
            await Cancelled(client);
        }
    }

    [Fact]
    public async Task In_a_transaction_a_cancel_fails_it_and_rollback_works()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        Assert.Null(await client.Run("BEGIN"));
        Assert.Null(await client.Run("INSERT INTO t VALUES (1)"));
        await client.Send(RawClient.Query(Long));
        await Task.Delay(200);
        await client.Cancel(node.Port);
        var answers = await Cancelled(client);
        Assert.Equal((byte)'E', answers[^1].Body[0]);
        Assert.Equal("25P02", await client.Run("SELECT 1"));
        Assert.Null(await client.Run("ROLLBACK"));
        Assert.Equal("22012", await client.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_nothing_and_no_lock()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a bigint)"));
        await client.Send(RawClient.Query("INSERT INTO t SELECT x FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)"));
        await Task.Delay(200);
        await client.Cancel(node.Port);
        await Cancelled(client);
        await node.IsWell();
        Assert.Equal("22012", await client.Run("SELECT 1 / count(*) FROM t"));
    }

    [Fact]
    public async Task A_wait_for_a_connection_is_cancelled()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var holder = await RawClient.Open(node.Port);
        using var waiting = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        for (var i = 0; i < 50; i++)
        {
            await waiting.Send(RawClient.Query("SELECT 1"));
            var answers = waiting.ReadUntilReady();
            while (!answers.IsCompleted)
            {
                await waiting.Cancel(node.Port);
                await Task.WhenAny(answers, Task.Delay(50));
            }

            Assert.Contains("57014", (await answers).Select(answer => answer.SqlState));
        }

        Assert.Null(await holder.Run("COMMIT"));
        Assert.Null(await waiting.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_wait_for_a_lock_is_cancelled()
    {
        await using var node = await TestNode.Start();
        using var holder = await RawClient.Open(node.Port);
        using var waiting = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("CREATE TABLE t (a int)"));
        Assert.Null(await holder.Run("BEGIN; INSERT INTO t VALUES (1)"));
        await waiting.Send(RawClient.Query("INSERT INTO t VALUES (2)"));
        await Task.Delay(200);
        await waiting.Cancel(node.Port);
        await Cancelled(waiting);
        Assert.Null(await holder.Run("COMMIT"));
        Assert.Null(await waiting.Run("INSERT INTO t VALUES (2)"));
    }

    [Fact]
    public async Task A_cancel_while_idle_does_not_hit_the_next_statement()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        for (var i = 0; i < 200; i++)
        {
            await client.Cancel(node.Port);
            Assert.Null(await client.Run("SELECT count(*) FROM generate_series(1, 1000)"));
        }
    }

    [Fact]
    public async Task A_cancel_never_hits_another_session()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var client = await RawClient.Open(node.Port);
        using var other = await RawClient.Open(node.Port);
        using var done = new CancellationTokenSource();
        var others = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested) Assert.Null(await other.Run("SELECT count(*) FROM generate_series(1, 2000)"));
        });
        for (var i = 0; i < 200; i++)
        {
            await client.Send([.. RawClient.Extended("SELECT 1"), .. RawClient.Extended("SELECT 2"), .. RawClient.Bytes(new Sync())]);
            await client.Cancel(node.Port);
            await client.ReadUntilReady();
        }

        await done.CancelAsync();
        await others;
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (1)")]
    [InlineData("BEGIN; INSERT INTO t VALUES (1); COMMIT")]
    public async Task What_is_reported_as_cancelled_has_not_happened_and_what_is_not_has(string sql)
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1\ngateway.embedded.synchronous = normal");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        var done = 0;
        for (var i = 0; i < 300; i++)
        {
            await client.Send(RawClient.Query(sql));
            await client.Cancel(node.Port);
            var state = (await client.ReadUntilReady()).Select(answer => answer.SqlState).FirstOrDefault(state => state is not null);
            Assert.True(state is null or "57014", state);
            if (state is null) done++;
            else Assert.Null(await client.Run("ROLLBACK"));
        }

        Assert.Equal("22012", await client.Run($"SELECT 1 / (count(*) - {done}) FROM t"));
        await node.IsWell();
    }

    [Fact]
    public async Task A_wrong_key_cancels_nothing()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query("SELECT pg_sleep(1)"));
        await client.Cancel(node.Port, [1, 2, 3, 4]);
        await client.Cancel(node.Port, new byte[256]);
        Assert.DoesNotContain((await client.ReadUntilReady()).Select(answer => answer.SqlState), state => state is not null);
    }

    [Fact]
    public async Task A_query_whose_client_does_not_read_is_cancelled_and_gives_its_connection_back()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var deaf = await RawClient.Open(node.Port);
        using var other = await RawClient.Open(node.Port);
        await deaf.Send(RawClient.Query("SELECT repeat('x', 1000) FROM generate_series(1, 200000)"));
        await Task.Delay(200);
        await deaf.Cancel(node.Port);
        Assert.Null(await other.Run("SELECT 1"));
        Assert.Contains("57014", (await deaf.ReadUntilReady()).Select(answer => answer.SqlState));
    }

    [Theory]
    [InlineData("SET statement_timeout = '200ms'", Long)]
    [InlineData("BEGIN; SET LOCAL statement_timeout = 200", Long)]
    [InlineData("SET statement_timeout = 200", "SELECT pg_sleep(600)")]
    public async Task A_statement_beyond_its_time_is_cancelled(string set, string sql)
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run(set));
        await client.Send(RawClient.Query(sql));
        var error = (await client.ReadUntilReady()).Single(answer => answer.SqlState is not null);
        Assert.Equal("57014", error.SqlState);
        Assert.Contains("canceling statement due to statement timeout", System.Text.Encoding.UTF8.GetString(error.Body), StringComparison.Ordinal);
        Assert.Null(await client.Run("ROLLBACK"));
        Assert.Null(await client.Run("SET statement_timeout = 0"));
        Assert.Null(await client.Run("SELECT pg_sleep(0.5)"));
    }

    [Fact]
    public async Task A_timeout_set_in_a_transaction_ends_with_it()
    {
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("BEGIN; SET LOCAL statement_timeout = 100"));
        Assert.Null(await client.Run("COMMIT"));
        Assert.Null(await client.Run("SELECT pg_sleep(0.5)"));
    }

    [Fact]
    public async Task Waiting_for_a_connection_counts_as_time_of_the_statement()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        using var holder = await RawClient.Open(node.Port);
        using var waiting = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        Assert.Null(await waiting.Run("SET statement_timeout = 200"));
        Assert.Equal("57014", await waiting.Run("SELECT 1"));
    }

    private static async Task<List<Answer>> Cancelled(RawClient client)
    {
        var answers = await client.ReadUntilReady();
        Assert.Contains("57014", answers.Select(answer => answer.SqlState));
        return answers;
    }
}
