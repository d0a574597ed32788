using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class CancelLadderTests
{
    private const string Marker = "7171";

    private static readonly Plan Hanging = new([new QueryStep(new RemoteQuery($"SELECT {Marker}", [], [new(Oids.Int4)]))]);

    private static void Run(IrisConnection connection)
    {
        using var none = new ValueList();
        using var execution = connection.Execute(Hanging, none);
        Assert.True(execution.Read());
    }

    /// <summary>Cancels a statement that hangs.</summary>
    private static async Task Cancel(SimulatedIris iris, IrisConnection connection)
    {
        iris.Server.HangsOn = Marker;
        var running = Task.Factory.StartNew(() => Engine.Fails("57014", () => Run(connection)), TaskCreationOptions.LongRunning);
        while (!iris.Server.Log.Contains($"SELECT {Marker}")) await Task.Delay(5);
        connection.Cancel();
        await running;
        iris.Server.HangsOn = null;
    }

    [Fact]
    public async Task The_drivers_own_cancel_comes_first()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Open();
        await Cancel(iris, connection);
        Assert.False(connection.IsBroken);
        Assert.DoesNotContain(iris.Server.Log, sql => sql.StartsWith("CANCEL", StringComparison.Ordinal));
        Run(connection);
    }

    [Fact]
    public async Task A_server_that_does_not_hear_it_gets_CANCEL_QUERY_for_the_process()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Open();
        iris.Server.IgnoresCancel = true;
        await Cancel(iris, connection);
        Assert.Contains($"CANCEL QUERY {connection.Job}", iris.Server.Log);
        Assert.False(connection.IsBroken);
        Run(connection);
    }

    [Theory]
    [InlineData("2025.1")]
    [InlineData("2024.1")]
    public async Task When_nothing_else_helps_the_connection_is_closed(string version)
    {
        using var iris = new SimulatedIris(version: version);
        using var connection = iris.Backend.Open();
        iris.Server.IgnoresCancel = true;
        iris.Server.IgnoresCancelQuery = true;
        await Cancel(iris, connection);
        Assert.True(connection.IsBroken);
        Assert.Equal(version == "2025.1", iris.Server.Log.Contains($"CANCEL QUERY {connection.Job}"));
        Engine.Fails("08006", () => Run(connection));
    }

    [Fact]
    public async Task A_transaction_whose_statement_was_cancelled_can_be_rolled_back()
    {
        using var iris = new SimulatedIris();
        iris.Run("CREATE TABLE t (n INTEGER)");
        using var connection = iris.Backend.Open();
        connection.Begin(null, readOnly: false);
        using (var none = new ValueList()) connection.Execute(new Plan([new CommandStep("INSERT INTO t VALUES (1)", [])]), none).Dispose();
        await Cancel(iris, connection);
        connection.Rollback();
        Assert.Equal(0, iris.Run("DELETE FROM t"));
    }

    [Fact]
    public async Task A_cancel_does_not_wait_for_the_server()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Open();
        iris.Server.IgnoresCancel = iris.Server.IgnoresCancelQuery = true;
        iris.Server.HangsOn = Marker;
        var running = Task.Factory.StartNew(() => Engine.Fails("57014", () => Run(connection)), TaskCreationOptions.LongRunning);
        while (!iris.Server.Log.Contains($"SELECT {Marker}")) await Task.Delay(5);
        connection.Cancel();
        Assert.False(running.IsCompleted);
        await running;
    }

    /// <summary>Cancels a step of a transaction that hangs at the server.</summary>
    private static async Task<PgException> CancelStep(SimulatedIris iris, IrisConnection connection, string hangsOn, Action step)
    {
        iris.Server.IgnoresCancel = iris.Server.IgnoresCancelQuery = true;
        iris.Server.HangsOn = hangsOn;
        var running = Task.Factory.StartNew(() => Assert.Throws<PgException>(step), TaskCreationOptions.LongRunning);
        while (!iris.Server.Log.Any(sql => sql.StartsWith(hangsOn, StringComparison.Ordinal))) await Task.Delay(5);
        connection.Cancel();
        var error = await running;
        iris.Server.HangsOn = null;
        return error;
    }

    [Fact]
    public async Task A_cancel_reaches_a_transaction_that_does_not_begin()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Open();
        var error = await CancelStep(iris, connection, "START TRANSACTION", () => connection.Begin(null, readOnly: false));
        Assert.Equal(("57014", true, false), (error.SqlState, connection.IsBroken, connection.InTransaction));
    }

    [Fact]
    public async Task A_commit_that_a_cancel_leaves_alone_is_not_said_to_be_undone()
    {
        using var iris = new SimulatedIris();
        iris.Run("CREATE TABLE t (n INTEGER)");
        using var connection = iris.Backend.Open();
        connection.Begin(null, readOnly: false);
        Insert(connection);
        var error = await CancelStep(iris, connection, "COMMIT", connection.Commit);
        Assert.Equal(("08007", true, false), (error.SqlState, connection.IsBroken, connection.InTransaction));
    }

    [Fact]
    public async Task A_cancel_reaches_a_savepoint_that_is_sent_with_a_write()
    {
        using var iris = new SimulatedIris();
        iris.Run("CREATE TABLE t (n INTEGER)");
        using var connection = iris.Backend.Open();
        connection.Begin(null, readOnly: false);
        connection.Savepoint("a");
        var error = await CancelStep(iris, connection, "SAVEPOINT", () => Insert(connection));
        Assert.Equal(("57014", true), (error.SqlState, connection.IsBroken));
        connection.Rollback();
        Assert.Equal(0, iris.Run("DELETE FROM t"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_rollback_that_hangs_is_ended_by_closing_when_it_is_cancelled_before_or_while_it_runs(bool before)
    {
        using var iris = new SimulatedIris();
        iris.Run("CREATE TABLE t (n INTEGER)");
        using var connection = iris.Backend.Open();
        connection.Begin(null, readOnly: false);
        Insert(connection);
        iris.Server.HangsOn = "ROLLBACK";
        if (before) connection.Cancel();
        var running = Task.Factory.StartNew(connection.Rollback, TaskCreationOptions.LongRunning);
        while (!iris.Server.Log.Contains("ROLLBACK")) await Task.Delay(5);
        if (!before) connection.Cancel();
        await running;
        Assert.Equal((true, false), (connection.IsBroken, connection.InTransaction));
        iris.Server.HangsOn = null;
        Assert.Equal(0, iris.Run("DELETE FROM t"));
    }

    private static void Insert(IrisConnection connection)
    {
        using var none = new ValueList();
        connection.Execute(new Plan([new CommandStep("INSERT INTO t VALUES (1)", [])]), none).Dispose();
    }
}
