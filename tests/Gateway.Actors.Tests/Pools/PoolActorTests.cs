using Akka.Actor;
using Akka.TestKit.Xunit2;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Tests.Pools;

public class PoolActorTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly FakeBackend _backend = new();

    [Fact]
    public async Task A_connection_is_opened_for_the_first_request_and_lent_again_to_the_next()
    {
        var pool = Start(max: 4);
        var first = await pool.Request().Granted.WaitAsync(Soon);
        pool.Return(first);
        Assert.Same(first, pool.TryRent());
        Assert.Equal(1, _backend.Opened);
    }

    [Fact]
    public async Task Waiters_are_served_in_the_order_they_came()
    {
        var pool = Start(max: 1);
        var held = await pool.Request().Granted.WaitAsync(Soon);
        var requests = Enumerable.Range(0, 5).Select(_ => pool.Request()).ToList();
        Assert.Null(pool.TryRent());
        foreach (var request in requests)
        {
            Assert.False(request.Granted.IsCompleted);
            pool.Return(held);
            held = await request.Granted.WaitAsync(Soon);
        }

        Assert.Equal(1, _backend.Opened);
    }

    [Fact]
    public async Task Who_gives_up_does_not_keep_the_others_waiting()
    {
        var pool = Start(max: 1);
        var held = await pool.Request().Granted.WaitAsync(Soon);
        var impatient = pool.Request();
        var patient = pool.Request();
        impatient.GiveUp(new PgException(SqlStates.QueryCanceled, "canceled"));
        await Assert.ThrowsAsync<PgException>(() => impatient.Granted);
        pool.Return(held);
        Assert.Same(held, await patient.Granted.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_broken_connection_is_closed_and_replaced()
    {
        var pool = Start(max: 1);
        var broken = (FakeConnection)await pool.Request().Granted.WaitAsync(Soon);
        broken.IsBroken = true;
        pool.Return(broken);
        var fresh = await pool.Request().Granted.WaitAsync(Soon);
        Assert.NotSame(broken, fresh);
        Assert.True(broken.IsDisposed);
    }

    [Fact]
    public async Task A_failed_open_fails_one_waiter_with_a_clear_error()
    {
        _backend.Opening = () => throw new IOException("no route to host");
        var pool = Start(max: 2);
        var error = await Assert.ThrowsAsync<PgException>(() => pool.Request().Granted.WaitAsync(Soon));
        Assert.Equal(SqlStates.ConnectionFailure, error.SqlState);
        _backend.Opening = null;
        Assert.NotNull(await pool.Request().Granted.WaitAsync(Soon));
    }

    [Fact]
    public async Task Never_more_than_the_limit_is_open_whatever_many_sessions_do()
    {
        var pool = Start(max: 3);
        var most = 0;
        var busy = 0;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (var i = 0; i < 200; i++)
            {
                var connection = pool.TryRent() ?? await pool.Request().Granted.WaitAsync(Soon);
                var now = Interlocked.Increment(ref busy);
                if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
                if (i % 7 == 0) await Task.Yield();
                Interlocked.Decrement(ref busy);
                pool.Return(connection);
            }
        }));
        Assert.InRange(most, 1, 3);
        Assert.InRange(_backend.Opened, 1, 3);
    }

    [Fact]
    public async Task When_the_pool_stops_its_waiters_hear_of_it_and_its_connections_are_closed()
    {
        var pool = Start(max: 1);
        var held = (FakeConnection)await pool.Request().Granted.WaitAsync(Soon);
        var waiting = pool.Request();
        Sys.Stop(pool.Actor);
        await Assert.ThrowsAsync<PgException>(() => waiting.Granted.WaitAsync(Soon));
        pool.Return(held);
        Assert.True(held.IsDisposed);
    }

    private Pool Start(int max)
    {
        var pool = new Pool(_backend, null, new PoolOptions { Size = max });
        pool.Actor = Sys.ActorOf(Props.Create(typeof(PoolActor), pool));
        return pool;
    }
}
