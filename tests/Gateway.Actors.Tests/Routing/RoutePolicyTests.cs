using Gateway.Actors.Routing;
using Gateway.Backends;

namespace Gateway.Actors.Tests.Routing;

public class RoutePolicyTests
{
    private static readonly Candidate Primary = new(InstanceRole.Primary, InstanceState.Writable, 1, 0, IsOut: false);
    private static readonly Candidate Replica = new(InstanceRole.Replica, InstanceState.ReadOnly, 1, 0, IsOut: false);
    private static readonly Candidate Reporting = new(InstanceRole.Reporting, InstanceState.ReadOnly, 1, 0, IsOut: false);

    [Fact]
    public void Writes_go_to_the_primary_and_reads_to_a_replica_where_the_route_splits_them()
    {
        Assert.Equal(0, Choose(Need.Write, Primary, Replica, Reporting));
        Assert.Equal(1, Choose(Need.Read, Primary, Replica, Reporting));
        Assert.Equal(0, RoutePolicy.Choose(Need.Read, splitReads: false, [Primary, Replica]).Index);
    }

    [Fact]
    public void Who_asks_for_a_replica_or_the_reporting_member_gets_it_without_a_split()
    {
        Assert.Equal(1, RoutePolicy.Choose(Need.Replica, splitReads: false, [Primary, Replica]).Index);
        Assert.Equal(2, RoutePolicy.Choose(Need.Report, splitReads: false, [Primary, Replica, Reporting]).Index);
        Assert.Equal(0, RoutePolicy.Choose(Need.Report, splitReads: false, [Primary, Replica]).Index);
    }

    [Fact]
    public void The_least_busy_for_its_weight_is_chosen()
    {
        Assert.Equal(2, Choose(Need.Read, Primary, Replica with { Load = 3 }, Replica with { Load = 2 }));
        Assert.Equal(1, Choose(Need.Read, Primary, Replica with { Load = 3, Weight = 4 }, Replica with { Load = 2 }));
    }

    [Fact]
    public void What_is_out_is_passed_over_and_a_promoted_replica_takes_the_writes()
    {
        Assert.Equal(0, Choose(Need.Read, Primary, Replica with { IsOut = true }));
        Assert.Equal(1, Choose(Need.Write, Primary with { IsOut = true }, Replica with { State = InstanceState.Writable }));
        Assert.Equal(1, Choose(Need.Write, Primary with { State = InstanceState.ReadOnly }, Replica with { State = InstanceState.Writable }));
    }

    [Fact]
    public void Reads_survive_without_a_primary_and_never_use_the_reporting_member_unasked()
    {
        Assert.Equal(1, RoutePolicy.Choose(Need.Read, splitReads: false, [Primary with { IsOut = true }, Replica]).Index);
        Assert.Equal(0, Choose(Need.Read, Primary with { IsOut = true }, Reporting));
    }

    [Fact]
    public void Bans_never_leave_nothing_until_everything_was_tried()
    {
        Candidate[] all = [Primary with { IsOut = true }, Replica with { IsOut = true }];
        Assert.Equal(0, RoutePolicy.Choose(Need.Write, true, all).Index);
        Assert.Equal(1, RoutePolicy.Choose(Need.Write, true, all, tried: 0b01).Index);
        Assert.Equal(-1, RoutePolicy.Choose(Need.Write, true, all, tried: 0b11).Index);
        Assert.Equal(0, RoutePolicy.Choose(Need.Write, true, [Primary with { IsOut = true }]).Index);
        Assert.Equal(-1, RoutePolicy.Choose(Need.Write, true, [Primary], tried: 1).Index);
    }

    [Fact]
    public void A_breaker_opens_at_once_pauses_longer_each_time_and_lets_one_probe_through()
    {
        var breaker = Breaker.Closed;
        Assert.True(breaker.MayProbe(0));
        var pauses = new List<double>();
        var now = 1L;
        for (var i = 0; i < 12; i++)
        {
            breaker = breaker.Failed(now);
            Assert.True(breaker.IsOpen);
            Assert.False(breaker.MayProbe(breaker.Until - 1));
            Assert.True(breaker.MayProbe(breaker.Until));
            pauses.Add(TimeSpan.FromTicks(breaker.Until - now).TotalSeconds);
            now = breaker.Until;
        }

        Assert.Equal(0.5, pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(30, pauses[^1]);
    }

    private static int Choose(Need need, params Candidate[] candidates) => RoutePolicy.Choose(need, splitReads: true, candidates).Index;
}
