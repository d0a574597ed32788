using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects.Iris;
using Gateway.Tests.Shared;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class ConnectionStartTests
{
    private static PgException Refused(SimulatedIris iris) => Assert.Throws<PgException>(() => iris.Backend.Open());

    [Fact]
    public void A_connection_knows_its_server_process()
    {
        using var iris = new SimulatedIris();
        using var first = iris.Backend.Open();
        using var second = iris.Backend.Open();
        Assert.NotNull(first.Job);
        Assert.NotEqual(first.Job, second.Job);
    }

    [Fact]
    public void An_instance_older_than_its_route_is_refused_and_its_version_named()
    {
        using var iris = new SimulatedIris(version: "2024.1", configure: options => options with { Server = new IrisOptions(new Version(2025, 1), false) });
        var error = Refused(iris);
        Assert.Equal(("08001", "instance \"iris1\" runs IRIS 2024.1, which is older than the 2025.1 of its route"), (error.SqlState, error.Message));
        Assert.Contains("\"2024.1\"", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_instance_is_used_as_the_route_says()
    {
        using var iris = new SimulatedIris(version: "2025.1", configure: options => options with { Server = new IrisOptions(new Version(2024, 1), false) });
        using var connection = iris.Backend.Open();
        Assert.False(connection.IsBroken);
    }

    [Fact]
    public void An_instance_without_delimited_identifiers_is_refused()
    {
        using var iris = new SimulatedIris();
        iris.Server.TakesQuotesForStrings = true;
        var error = Refused(iris);
        Assert.Equal("08001", error.SqlState);
        Assert.Contains("SUPPORT_DELIMITED_IDENTIFIERS", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void It_reads_committed_data_and_waits_for_locks_as_long_as_it_was_told()
    {
        using var iris = new SimulatedIris(configure: options => options with { DefaultLockTimeout = 3 });
        using var connection = iris.Backend.Open();
        Assert.Equal(["SET TRANSACTION ISOLATION LEVEL READ COMMITTED", "SET OPTION LOCK_TIMEOUT = 3"], iris.Server.Log);
    }

    [Fact]
    public void A_server_that_is_away_cannot_be_reached()
    {
        using var iris = new SimulatedIris();
        iris.Server.IsDown = true;
        var error = Refused(iris);
        Assert.Equal(("08001", "could not connect to IRIS instance \"iris1\""), (error.SqlState, error.Message));
        Assert.Equal("08001", Assert.Throws<PgException>(() => iris.Backend.Instances[0].Probe()).SqlState);
    }

    [Fact]
    public void A_wrong_password_is_one() =>
        Assert.Equal("28P01", Assert.Throws<PgException>(() => new SimulatedIris().Backend.Instances[0].Open(new Login("_SYSTEM", "wrong"))).SqlState);

    [Theory]
    [InlineData("SELECT 'PRIMARY'", InstanceState.Writable)]
    [InlineData("SELECT 'Not Member'", InstanceState.Writable)]
    [InlineData("SELECT 1", InstanceState.Writable)]
    [InlineData("SELECT 'BACKUP'", InstanceState.ReadOnly)]
    [InlineData("SELECT 'Read-Only Reporting'", InstanceState.ReadOnly)]
    [InlineData("SELECT 'MULTIASYNC^1/2'", InstanceState.ReadOnly)]
    [InlineData("SELECT 0", InstanceState.ReadOnly)]
    [InlineData(null, InstanceState.Writable)]
    public void A_probe_tells_the_part_in_the_mirror(string? query, InstanceState state)
    {
        using var iris = Asking(query);
        Assert.Equal(state, iris.Backend.Instances[0].Probe());
    }

    [Theory]
    [InlineData("SELECT 'TRANSITION'", "57P03")]
    [InlineData("SELECT 'nonsense'", "57P03")]
    [InlineData("SELECT NULL", "57P03")]
    [InlineData("SELECT no_such_thing()", "42883")]
    public void A_member_that_is_neither_is_left_alone(string query, string state)
    {
        using var iris = Asking(query);
        Engine.Fails(state, () => iris.Backend.Instances[0].Probe());
    }

    private static SimulatedIris Asking(string? query) =>
        new(configure: options => options with { Instances = [options.Instances[0] with { RoleQuery = query }] });
}
