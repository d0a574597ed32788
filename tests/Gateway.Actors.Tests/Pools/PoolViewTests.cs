using Gateway.Actors.Pools;

namespace Gateway.Actors.Tests.Pools;

public class PoolViewTests
{
    [Theory]
    [InlineData(3, 1, 0, 0, PoolMove.Rest)]    // nobody waits
    [InlineData(1, 3, 0, 1, PoolMove.Lend)]    // something is idle
    [InlineData(0, 3, 0, 1, PoolMove.Open)]    // room for one more
    [InlineData(0, 3, 1, 1, PoolMove.Wait)]    // one is being opened for the only waiter
    [InlineData(0, 0, 2, 9, PoolMove.Wait)]    // a burst of clients is not a burst of logins
    [InlineData(0, 4, 0, 1, PoolMove.Wait)]    // full
    [InlineData(0, 3, 1, 5, PoolMove.Wait)]    // full as soon as the one being opened is there
    public void The_next_move_follows_from_the_numbers(int idle, int busy, int opening, int waiting, PoolMove expected) =>
        Assert.Equal(expected, new PoolView(idle, busy, opening, waiting, Max: 4).Next());
}
