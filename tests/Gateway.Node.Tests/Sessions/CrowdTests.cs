namespace Gateway.Node.Tests.Sessions;

public class CrowdTests
{
    [Fact]
    public async Task Two_hundred_sessions_share_sixteen_connections()
    {
        const int Sessions = 200;
        const int Rounds = 5;
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 16\ngateway.embedded.synchronous = normal");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async i =>
        {
            using var one = await RawClient.Open(node.Port);
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Null(await one.Run("BEGIN"));
                Assert.Null(await one.Run($"INSERT INTO t VALUES ({i})"));
                Assert.Null(await one.Run("SELECT count(*) FROM t"));
                Assert.Null(await one.Run(round % 2 == 0 ? "COMMIT" : "ROLLBACK"));
            }
        })).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("22012", await client.Run($"SELECT 1 / (count(*) - {Sessions * 3}) FROM t"));
    }

    [Theory]
    [InlineData("read committed")]
    [InlineData("serializable")]
    public async Task No_increment_is_lost(string isolation)
    {
        const int Sessions = 16;
        const int Rounds = 20;
        await using var node = await TestNode.Start("gateway.embedded.synchronous = normal");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (counter int); INSERT INTO t VALUES (0)"));
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async _ =>
        {
            using var one = await RawClient.Open(node.Port);
            for (var done = 0; done < Rounds;)
            {
                Assert.Null(await one.Run($"BEGIN ISOLATION LEVEL {isolation}"));
                var state = await one.Run("UPDATE t SET counter = counter + 1");
                state ??= await one.Run("COMMIT");
                if (state is null)
                {
                    done++;
                    continue;
                }

                Assert.Equal("40001", state);
                Assert.Null(await one.Run("ROLLBACK"));
            }
        })).WaitAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("22012", await client.Run($"SELECT 1 / (counter - {Sessions * Rounds}) FROM t"));
    }

    [Fact]
    public async Task A_thousand_sessions_on_four_connections_come_and_go_and_cancel()
    {
        const int Sessions = 1000;
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 4\ngateway.embedded.synchronous = normal");
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        var kept = 0;
        var clients = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(_ => RawClient.Open(node.Port)));
        await Task.WhenAll(clients.Select(async (one, i) =>
        {
            var random = new Random(i);
            for (var round = 0; round < 3; round++)
            {
                switch (random.Next(4))
                {
                    case 0:
                        Assert.Null(await one.Run("SELECT 1"));
                        break;

                    case 1:
                        if (await one.Run("BEGIN; INSERT INTO t VALUES (1)") is null && await one.Run("COMMIT") is null) Interlocked.Increment(ref kept);
                        break;

                    case 2:
                        await one.Send(RawClient.Query("SELECT count(*) FROM generate_series(1, 10000000000)"));
                        var answers = one.ReadUntilReady();
                        while (!answers.IsCompleted)
                        {
                            await one.Cancel(node.Port);
                            await Task.WhenAny(answers, Task.Delay(100));
                        }

                        Assert.Contains("57014", (await answers).Select(answer => answer.SqlState));
                        break;

                    default:
                        await one.Send(RawClient.Query("BEGIN; INSERT INTO t VALUES (2); SELECT pg_sleep(600)"));
                        if (random.Next(2) == 0) one.Reset();
                        else one.Dispose();
                        return;
                }
            }
        })).WaitAsync(TimeSpan.FromMinutes(3));
        foreach (var one in clients) one.Dispose();
        Assert.Equal("22012", await client.Run($"SELECT 1 / (count(*) - {kept}) FROM t"));
        await node.IsWell();
    }
}
