using IrisSimulator.Provider;

namespace IrisSimulator.Tests.Back;

/// <summary>Statements that are stopped, and statements that wait.</summary>
public sealed class CancelTests : IDisposable
{
    private readonly string _instance = Guid.NewGuid().ToString("N");

    private SimConnection Open()
    {
        var connection = new SimConnection($"Server=h;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Instance={_instance}");
        connection.Open();
        return connection;
    }

    private static int Run(SimConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static object? Scalar(SimConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => SimServer.Drop(_instance);

    private const string Endless = "SELECT COUNT(*) FROM t a, t b, t c, t d, t e, t f, t g, t h WHERE a.x + b.x + c.x + d.x + e.x + f.x + g.x + h.x = -1";

    private static void Fill(SimConnection connection)
    {
        Run(connection, "CREATE TABLE t (x INT)");
        Run(connection, "INSERT INTO t (x) VALUES (1)");
        for (var i = 0; i < 6; i++) Run(connection, "INSERT INTO t (x) SELECT x FROM t");
    }

    [Fact]
    public async Task Cancel_from_another_thread_is_456()
    {
        using var connection = Open();
        Fill(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Endless;
        command.CommandTimeout = 0;
        var work = Task.Run(command.ExecuteScalar);
        while (!work.IsCompleted)
        {
            command.Cancel();
            await Task.WhenAny(work, Task.Delay(20));
        }
        var error = await Assert.ThrowsAsync<SimException>(() => work);
        Assert.Equal(456, error.NativeError);
        Assert.Equal(1, Scalar(connection, "SELECT 1"));
    }

    [Fact]
    public void A_time_out_is_450()
    {
        using var connection = Open();
        Fill(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Endless;
        command.CommandTimeout = 1;
        Assert.Equal(450, Assert.Throws<SimException>(() => command.ExecuteScalar()).NativeError);
    }

    [Fact]
    public async Task A_waiting_write_goes_on_when_the_lock_is_free()
    {
        using var one = Open();
        using var two = Open();
        Run(one, "CREATE TABLE t (a INT)");
        Run(one, "INSERT INTO t (a) VALUES (1)");
        Run(one, "START TRANSACTION");
        Run(one, "UPDATE t SET a = 2");
        var work = Task.Run(() => Run(two, "UPDATE t SET a = a + 10"));
        await Task.Delay(100);
        Assert.False(work.IsCompleted);
        Run(one, "COMMIT");
        Assert.Equal(1, await work);
        Assert.Equal(12, Scalar(one, "SELECT a FROM t"));
    }

    [Fact]
    public async Task A_waiting_write_can_be_cancelled()
    {
        using var one = Open();
        using var two = Open();
        Run(one, "CREATE TABLE t (a INT)");
        Run(one, "INSERT INTO t (a) VALUES (1)");
        Run(one, "START TRANSACTION");
        Run(one, "UPDATE t SET a = 2");
        using var command = two.CreateCommand();
        command.CommandText = "DELETE FROM t";
        var work = Task.Run(command.ExecuteNonQuery);
        while (!work.IsCompleted)
        {
            command.Cancel();
            await Task.WhenAny(work, Task.Delay(20));
        }
        Assert.Equal(456, (await Assert.ThrowsAsync<SimException>(() => work)).NativeError);
    }

    [Fact]
    public async Task Cancel_query_stops_another_process()
    {
        using var connection = Open();
        using var control = Open();
        Fill(connection);
        using var command = connection.CreateCommand();
        command.CommandText = Endless;
        command.CommandTimeout = 0;
        var work = Task.Run(command.ExecuteScalar);
        while (!work.IsCompleted)
        {
            var job = Scalar(control, $"SELECT ProcessID FROM INFORMATION_SCHEMA.CURRENT_STATEMENTS WHERE ProcessID = {connection.IRISJobNumber}");
            if (job is not null) Run(control, $"CANCEL QUERY {job}");
            await Task.WhenAny(work, Task.Delay(20));
        }
        Assert.Equal(456, (await Assert.ThrowsAsync<SimException>(() => work)).NativeError);
        Assert.Equal(400, Assert.Throws<SimException>(() => Run(control, "CANCEL QUERY 999999")).NativeError);
    }

    [Fact]
    public async Task Dropping_the_instance_ends_what_runs_and_what_waits()
    {
        using var one = Open();
        using var two = Open();
        Run(one, "CREATE TABLE t (a INT)");
        Run(one, "INSERT INTO t (a) VALUES (1)");
        Run(one, "START TRANSACTION");
        Run(one, "UPDATE t SET a = 2");
        var work = Task.Run(() => Run(two, "DELETE FROM t"));
        await Task.Delay(50);
        SimServer.Drop(_instance);
        await Assert.ThrowsAsync<SimException>(() => work);
        Assert.Equal(461, Assert.Throws<SimException>(() => Run(one, "COMMIT")).NativeError);
    }
}
