using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Node.Tests.Sessions;
using Gateway.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;

namespace Gateway.Node.Tests.Faults;

/// <summary>A real server that is killed, stopped, slowed and restarted while everything is in flight, and clients vanish meanwhile.</summary>
public class ServerFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="IsLong">It lasts until everybody who writes has been told that his connection is lost.</param>
    private sealed record Fault(string Name, Action<PostgresMember, LoopbackProxy> Begin, Action<PostgresMember, LoopbackProxy> End, bool IsLong = false);

    private static readonly Fault[] All =
    [
        new("killed", (server, _) => server.Kill(), (server, _) => server.Start()),
        new("restarted in good order", (server, _) => server.Stop(), (server, _) => server.Start()),
        new("stopped for a moment", (server, _) => server.Freeze(), (server, _) => server.Thaw()),
        new("stopped for long", (server, _) => server.Freeze(), (server, _) => server.Thaw(), IsLong: true),
        new("far away", (_, way) => way.Traffic = Traffic.Free with { Delay = TimeSpan.FromMilliseconds(30) }, Free),
        new("behind a thin line", (_, way) => way.Traffic = Traffic.Free with { Piece = 7 }, Free),
        new("silent", (_, way) => way.Traffic = Traffic.Free with { HoldsAnswers = true }, Free, IsLong: true),
        new("deaf", (_, way) => way.Traffic = Traffic.Free with { HoldsRequests = true }, Free, IsLong: true),
        new("cut off", (_, way) => way.Cut(), Free),
    ];

    public static TheoryData<string> Names() => [.. All.Select(fault => fault.Name)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_left_behind_when_a_server_is(string name)
    {
        var fault = All.Single(fault => fault.Name == name);
        using var alone = new PostgresAlone();
        var server = alone.Server;
        using var way = new LoopbackProxy(server.Port);
        using var node = Serve(server, way);
        Run(server, Load.Tables, ClientState.Table);
        using var load = new Load(node.ConnectionString("Command Timeout=60;Cancellation Timeout=2000"));
        var ghosts = new List<RawClient>();
        try
        {
            load.Start();
            await load.GoesOn(Patience);
            foreach (var state in ClientState.All)
            {
                var ghost = await RawClient.Open(node.Port);
                ghosts.Add(ghost);
                await state.Reach(ghost);
            }

            await Task.Run(() => fault.Begin(server, way));
            for (var i = 0; i < ghosts.Count; i++) ghosts[i].Go(Ways.All[i % Ways.All.Length]);
            if (fault.IsLong) await load.WritersFail(Patience);
            else await Task.Delay(1000);
            await Task.Run(() => fault.End(server, way));
            await load.GoesOn(Patience);
            await load.Stop(Patience);
        }
        finally
        {
            foreach (var ghost in ghosts) ghost.Dispose();
            await load.Stop(Patience);
        }

        await LeftBehind.Eventually(() => Task.FromResult(
            server.Ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()") == "0"
                ? null
                : "a transaction is open at the server"));
        load.Check(server, output);
        Assert.Equal("0", server.Ask("SELECT count(*) FROM ghosts"));
        using (var fresh = await RawClient.Open(node.Port))
        {
            Assert.Null(await fresh.Run("BEGIN; INSERT INTO ghosts VALUES (7); COMMIT"));
            Assert.Equal("22012", await fresh.Run("SELECT 1 / (a - 7) FROM ghosts"));
        }

        await node.Node.EveryLeaseIsBack();
        await node.Node.NoBufferIsHeld();
    }

    private static PostgresNode Serve(PostgresMember server, LoopbackProxy way) => PostgresNode.Over(
        new AdoBackendOptions
        {
            Name = "scratch",
            ConnectTimeout = TimeSpan.FromSeconds(2),
            Instances =
            [
                new InstanceOptions
                {
                    Name = "a",
                    ConnectionString = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Port = way.Port, Timeout = 2 }.ConnectionString,
                    StuckAfter = TimeSpan.FromSeconds(1),
                },
            ],
        },
        new RouteOptions { Pool = new PoolOptions { Size = 24, ConnectTimeout = TimeSpan.FromSeconds(3) } });

    private static void Free(PostgresMember server, LoopbackProxy way) => way.Traffic = Traffic.Free;

    private static void Run(PostgresMember server, params string[] statements)
    {
        foreach (var sql in statements) server.Ask(sql);
    }
}
