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
}
