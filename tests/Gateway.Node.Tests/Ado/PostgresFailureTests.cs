using System.Diagnostics;
using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Tests.Shared;
using Gateway.Types;
using Npgsql;

namespace Gateway.Node.Tests.Ado;

/// <summary>Servers that die, hang and are away, on a server of their own.</summary>
public sealed class PostgresFailureTests : IDisposable
{
    private readonly PostgresNode _node = new();

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public async Task A_statement_that_is_cancelled_ends_with_57014_and_the_session_goes_on()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        await using var gateway = _node.Open();
        await using var command = new NpgsqlCommand("SELECT pg_sleep(60)", gateway);
        var run = command.ExecuteNonQueryAsync();
        await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'", "1");
        command.Cancel();
        await EndsCancelled(run);
        Assert.Equal(["1"], gateway.Ask("SELECT 1"));
        await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'", "0");
    }

    [SkippableFact]
    public async Task A_stopped_server_does_not_hold_a_session_that_is_cancelled()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        await using var gateway = _node.Open();
        await using var command = new NpgsqlCommand("SELECT pg_sleep(60), pg_backend_pid()", gateway);
        var run = command.ExecuteNonQueryAsync();
        await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'", "1");
        var pid = Ask("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'");
        Signal("STOP", pid);
        try
        {
            command.Cancel();
            await EndsCancelled(run);

            // On another connection.
            Assert.Equal(["1"], gateway.Ask("SELECT 1"));
        }
        finally
        {
            Signal("CONT", pid);
        }
    }

    [SkippableFact]
    public async Task A_server_that_is_killed_under_a_transaction_is_told_with_08006_and_the_session_goes_on_when_it_is_back()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using var client = await RawClient.Open(_node.Port);
        Assert.Null(await client.Run("CREATE TABLE survivors (a int)"));
        using (var direct = _node.OpenDirect()) direct.Do("CHECKPOINT");   // its commits do not wait for the disk
        Assert.Null(await client.Run("BEGIN"));
        Assert.Null(await client.Run("INSERT INTO survivors VALUES (1)"));
        Signal("KILL", Ask("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'"));
        Assert.Equal("08006", await client.Run("INSERT INTO survivors VALUES (2)"));
        Assert.Equal("25P02", await client.Run("SELECT 1"));
        Assert.Null(await client.Run("ROLLBACK"));
        for (var i = 0; i < 400 && await client.Run("SELECT 1 / (1 - count(*)) FROM survivors") is not null; i++) await Task.Delay(25);
        Assert.Null(await client.Run("INSERT INTO survivors VALUES (3)"));
        Assert.Equal("3", Ask("SELECT sum(a) FROM survivors"));
    }

    [SkippableFact]
    public void A_connection_whose_server_is_lost_is_broken_and_says_so()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using var connection = _node.Backend.Open();
        var pid = Rows(connection, "SELECT pg_backend_pid()")[0];
        connection.Begin("repeatable read", readOnly: false);
        Rows(connection, "SELECT 1");
        Signal("KILL", pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Thread.Sleep(100);
        Assert.Equal("08007", Assert.Throws<PgException>(connection.Commit).SqlState);
        Assert.True(connection.IsBroken);
        Assert.False(connection.InTransaction);
        Assert.Equal("08006", Assert.Throws<PgException>(() => Rows(connection, "SELECT 1")).SqlState);
    }

    [SkippableTheory]
    [InlineData("sever", true, "08007")]
    [InlineData("cancel", true, "08007")]
    [InlineData("sever", false, "08006")]
    [InlineData("cancel", false, "57014")]
    public async Task A_call_that_a_stopped_server_does_not_answer_can_be_ended(string how, bool isCommit, string state)
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using var connection = _node.Backend.Open();
        connection.Begin(null, readOnly: false);
        var pid = Rows(connection, "SELECT pg_backend_pid()")[0].ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(connection.WaitingSince);
        connection.Sever();   // nothing waits, so nothing happens
        Assert.False(connection.IsBroken);
        Signal("STOP", pid);
        try
        {
            var call = Task.Factory.StartNew(
                () => Assert.Throws<PgException>(() =>
                {
                    if (isCommit) connection.Commit();
                    else Rows(connection, "SELECT 1");
                }).SqlState,
                TaskCreationOptions.LongRunning);
            for (var i = 0; i < 400 && connection.WaitingSince is null; i++) await Task.Delay(25);
            Assert.NotNull(connection.WaitingSince);
            if (how == "sever") connection.Sever();
            else connection.Cancel();
            Assert.Equal(state, await call.WaitAsync(RawClient.Patience));
            Assert.True(connection.IsBroken);
        }
        finally
        {
            Signal("CONT", pid);
        }
    }

    [SkippableFact]
    public void A_server_that_is_away_cannot_be_connected_to()
    {
        using var backend = new AdoBackend(
            new AdoBackendOptions { Name = "away", Instances = [new InstanceOptions { Name = "nobody", ConnectionString = "Host=127.0.0.1;Port=1;Username=a;Database=b" }] },
            NpgsqlFactory.Instance);
        Assert.Equal("08001", Assert.Throws<PgException>(() => backend.Open()).SqlState);
        Assert.Equal("08001", Assert.Throws<PgException>(() => backend.Instances[0].Probe()).SqlState);
        Assert.Equal("08001", Assert.Throws<PgException>(() => backend.Schema).SqlState);
    }

    [SkippableFact]
    public void A_server_that_accepts_and_never_answers_is_given_up()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        using var backend = new AdoBackend(
            new AdoBackendOptions
            {
                Name = "mute",
                ProbeTimeout = TimeSpan.FromMilliseconds(300),
                Instances = [new InstanceOptions { Name = "mute", ConnectionString = $"Host=127.0.0.1;Port={port};Username=a;Database=b" }],
            },
            NpgsqlFactory.Instance);
        Assert.Equal("08001", Assert.Throws<PgException>(() => backend.Instances[0].Probe()).SqlState);
    }

    [SkippableFact]
    public void A_probe_tells_that_the_server_takes_writes_or_not()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        Assert.Equal(InstanceState.Writable, _node.Backend.Instances[0].Probe());
        using (var direct = _node.OpenDirect()) direct.Do("ALTER ROLE scratch SET default_transaction_read_only = on");
        using var other = new AdoBackend(_node.Backend.Options, NpgsqlFactory.Instance);
        Assert.Equal(InstanceState.ReadOnly, other.Instances[0].Probe());
    }

    [SkippableFact]
    public void A_huge_result_is_read_as_it_is_asked_for_and_the_rest_is_not()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using var connection = _node.Backend.Open();
        var before = GC.GetTotalMemory(true);
        using (var execution = Start(connection, "SELECT repeat('x', 1000), generate_series(1, 1000000000)"))
        {
            for (var i = 0; i < 1000; i++) Assert.True(execution.Read());
            Assert.True(GC.GetTotalMemory(true) - before < 8 << 20);
        }

        Assert.False(connection.IsBroken);
        Assert.Equal([1L], Rows(connection, "SELECT 1"));
    }

    [SkippableFact]
    public void A_moderate_rest_of_a_result_does_not_end_the_transaction_around_it()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using var connection = _node.Backend.Open();
        connection.Begin(null, readOnly: true);
        using (var execution = Start(connection, "SELECT g FROM generate_series(1, 50000) g")) Assert.True(execution.Read());
        Assert.Equal([2L], Rows(connection, "SELECT 2"));
        connection.Commit();
    }

    [SkippableFact]
    public async Task A_client_that_goes_away_frees_its_server_and_its_locks()
    {
        Skip.If(_node.Missing is not null, _node.Missing);
        using (var client = await RawClient.Open(_node.Port))
        {
            Assert.Null(await client.Run("CREATE TABLE locked (a int)"));
            Assert.Null(await client.Run("BEGIN"));
            Assert.Null(await client.Run("INSERT INTO locked VALUES (1)"));
            await client.Stream.WriteAsync(RawClient.Query("SELECT pg_sleep(60) FROM locked"));
            await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'", "1");
        }

        await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%' AND state = 'active'", "0");
        await AwaitServer("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'", "0");
        Assert.Equal("0", Ask("SELECT count(*) FROM locked"));
    }

    private static async Task EndsCancelled(Task run)
    {
        // Npgsql wraps what it has asked for itself.
        var error = await Assert.ThrowsAnyAsync<Exception>(() => run.WaitAsync(RawClient.Patience));
        Assert.Equal("57014", Assert.IsType<PostgresException>(error as PostgresException ?? error.InnerException).SqlState);
    }

    private IExecution Start(IBackendConnection connection, string sql)
    {
        var bound = new Analyzer(connection.Schema, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        return connection.Execute(_node.Backend.Dialect.Render(bound), new ValueList());
    }

    private List<long> Rows(IBackendConnection connection, string sql)
    {
        using var execution = Start(connection, sql);
        var rows = new List<long>();
        while (execution.Read()) rows.Add(execution.GetInt64(0));
        return rows;
    }

    private string Ask(string sql)
    {
        using var direct = _node.OpenDirect();
        return direct.Ask(sql)[0];
    }

    private async Task AwaitServer(string sql, string answer)
    {
        for (var i = 0; i < 400; i++)
        {
            if (Ask(sql) == answer) return;
            await Task.Delay(25);
        }

        Assert.Fail($"{sql} is still {Ask(sql)}");
    }

    private static void Signal(string name, string pid)
    {
        using var kill = Process.Start("kill", ["-" + name, pid]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
