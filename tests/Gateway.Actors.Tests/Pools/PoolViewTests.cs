using Gateway.Actors.Pools;
using Gateway.Backends;

namespace Gateway.Actors.Tests.Pools;

public class PoolViewTests
{
    [Theory]
    [InlineData(3, 1, 0, 0, 0, PoolMove.Rest)]    // nobody waits
    [InlineData(1, 3, 0, 0, 1, PoolMove.Lend)]    // something is idle
    [InlineData(0, 3, 0, 0, 1, PoolMove.Open)]    // room for one more
    [InlineData(0, 2, 1, 1, 1, PoolMove.Wait)]    // one is being opened for the only waiter
    [InlineData(0, 3, 0, 1, 1, PoolMove.Wait)]    // or asked whether it lives
    [InlineData(0, 4, 0, 0, 1, PoolMove.Wait)]    // full
    [InlineData(0, 3, 1, 1, 5, PoolMove.Wait)]    // full as soon as the one being opened is there
    public void The_next_move_follows_from_the_numbers(int idle, int busy, int opening, int coming, int waiting, PoolMove expected) =>
        Assert.Equal(expected, new PoolView(idle, busy, opening, coming, waiting, Max: 4).Next());

    [Theory]
    [InlineData(2, 0, 1, PoolMove.Check)]    // never lent unchecked
    [InlineData(2, 1, 1, PoolMove.Wait)]     // one check for each who waits
    [InlineData(2, 1, 2, PoolMove.Check)]
    [InlineData(2, 0, 0, PoolMove.Rest)]     // nor checked for nobody
    public void What_was_idle_for_long_is_checked_first(int idle, int coming, int waiting, PoolMove expected) =>
        Assert.Equal(expected, new PoolView(idle, 0, 0, coming, waiting, Max: 4) { IdleAreStale = true }.Next());

    [Theory]
    [InlineData(1, 0, 0, 3, PoolMove.Open)]
    [InlineData(1, 1, 1, 3, PoolMove.Rest)]
    [InlineData(4, 0, 0, 9, PoolMove.Rest)]    // the limit counts more than the wish
    public void A_pool_has_its_least_before_anybody_asks(int idle, int busy, int opening, int least, PoolMove expected) =>
        Assert.Equal(expected, new PoolView(idle, busy, opening, opening, 0, Max: 4) { Least = least }.Next());

    [Theory]
    [InlineData(0, 0, 0, InstanceMove.Open)]
    [InlineData(9, 1, 0, InstanceMove.Open)]
    [InlineData(9, 2, 0, InstanceMove.WaitForLogins)]    // a burst of clients is not a burst of logins
    [InlineData(9, 1, 10, InstanceMove.Open)]
    [InlineData(10, 1, 10, InstanceMove.MakeRoom)]
    [InlineData(12, 0, 10, InstanceMove.MakeRoom)]       // the limit was lowered
    public void The_instance_has_limits_of_its_own(int open, int opening, int max, InstanceMove expected) =>
        Assert.Equal(expected, new InstanceView(open, opening, max).Next());

    [Theory]
    [InlineData(59, 100, 5, null)]
    [InlineData(60, 100, 5, CloseReason.Idle)]
    [InlineData(60, 100, 2, null)]                      // the least stays
    [InlineData(1, 0, 2, CloseReason.Lifetime)]         // but not for ever
    [InlineData(60, -1, 5, CloseReason.Lifetime)]
    public void An_idle_connection_goes_when_it_is_not_needed_or_old(int idleFor, int left, int open, CloseReason? expected)
    {
        var options = new PoolOptions { IdleTimeout = TimeSpan.FromSeconds(60), MinIdle = 2 };
        Assert.Equal(expected, new IdleConnection(TimeSpan.FromSeconds(idleFor), TimeSpan.FromSeconds(left)).Verdict(options, open));
        if (expected == CloseReason.Idle)
            Assert.Null(new IdleConnection(TimeSpan.FromSeconds(idleFor), TimeSpan.FromSeconds(left)).Verdict(options with { IdleTimeout = TimeSpan.Zero }, open));
    }

    [Theory]
    [InlineData(0, 90)]
    [InlineData(0.5, 100)]
    [InlineData(1, 110)]
    public void Lives_differ_by_a_tenth(double dice, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), IdleConnection.Lifetime(new PoolOptions { Lifetime = TimeSpan.FromSeconds(100) }, dice));

    [Fact]
    public void Without_a_lifetime_a_connection_lives_as_long_as_it_works() =>
        Assert.Equal(TimeSpan.MaxValue, IdleConnection.Lifetime(new PoolOptions(), 0.5));
}
