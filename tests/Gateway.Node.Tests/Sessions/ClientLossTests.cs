using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>Each with a pool of one connection: on the embedded engine, on a PostgreSQL, and at a backend whose calls hang until they are cancelled.</summary>
public class ClientLossTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData(nameof(Way.Close), false)]
    [InlineData(nameof(Way.HalfClose), false)]
    [InlineData(nameof(Way.Reset), false)]
    [InlineData(nameof(Way.Close), true)]
    [InlineData(nameof(Way.HalfClose), true)]
    [InlineData(nameof(Way.Reset), true)]
    public async Task A_client_that_goes_in_the_middle_of_a_query_frees_its_backend(string name, bool inTransaction)
    {
        var way = Enum.Parse<Way>(name);
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
        client.Go(way);
        Assert.Equal("22012", await other.Run("SELECT 1 / count(*) FROM t"));
        Assert.Equal(0, remote.Hanging);
    }

    public static TheoryData<string, string> States()
    {
        var data = new TheoryData<string, string>();
        foreach (var state in ClientState.All)
            foreach (var way in Ways.All) data.Add(state.Name, way.ToString());
        return data;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Whatever_a_client_was_in_the_middle_of_its_embedded_backend_is_free_and_its_transaction_rolled_back(string state, string way)
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 1");
        await Loses(node.Node, node.Port, state, way);
    }

    [SkippableTheory]
    [MemberData(nameof(States))]
    public async Task Whatever_a_client_was_in_the_middle_of_its_server_is_free_and_its_transaction_rolled_back(string state, string way)
    {
        using var database = server.Open();
        using (var make = new NpgsqlCommand("DROP TABLE IF EXISTS ghosts", database)) make.ExecuteNonQuery();
        using var node = PostgresNode.Over(
            new AdoBackendOptions { Name = "scratch", Instances = [new InstanceOptions { Name = "pg", ConnectionString = server.ConnectionString }] },
            new RouteOptions { Pool = new PoolOptions { Size = 1 } });
        await Loses(node.Node, node.Port, state, way);
        using var open = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()", database);
        await LeftBehind.Eventually(() => Task.FromResult(open.ExecuteScalar() is 0L ? null : "a transaction is open at the server"));
    }

    /// <summary>With a pool of one connection: somebody else gets it, and finds nothing.</summary>
    private static async Task Loses(GatewayNode node, int port, string state, string way)
    {
        using (var other = await RawClient.Open(port))
        {
            Assert.Null(await other.Run(ClientState.Table));
            using var client = await RawClient.Open(port);
            await ClientState.Named(state).Reach(client);
            await Task.Delay(100);   // for what runs, or is stuck, to have begun
            client.Go(Enum.Parse<Way>(way));
            Assert.Equal("22012", await other.Run("SELECT 1 / count(*) FROM ghosts"));
        }

        await node.EveryLeaseIsBack();
        await node.NoBufferIsHeld();
    }

    [Theory]
    [InlineData(nameof(Way.Close))]
    [InlineData(nameof(Way.HalfClose))]
    [InlineData(nameof(Way.Reset))]
    public async Task Who_goes_while_he_waits_is_in_nobodys_way(string name)
    {
        var way = Enum.Parse<Way>(name);
        using var remote = OneConnection();
        await using var node = await TestNode.Start(remote);
        using var holder = await RawClient.Open(node.Port);
        Assert.Null(await holder.Run("CREATE TABLE t (a int)"));
        Assert.Null(await holder.Run("BEGIN; SELECT 1"));
        var waiting = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawClient.Open(node.Port)));
        foreach (var client in waiting) await client.Send(RawClient.Query("INSERT INTO t VALUES (1)"));
        using var last = await RawClient.Open(node.Port);
        await Task.Delay(200);
        foreach (var client in waiting) client.Go(way);
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

    private static async Task Until(Func<bool> condition)
    {
        for (var patience = 3000; !condition(); patience--)
        {
            Assert.True(patience > 0, "it never happened");
            await Task.Delay(10);
        }
    }
}
