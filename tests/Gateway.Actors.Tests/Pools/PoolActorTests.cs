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
        var broken = await pool.Request().Granted.WaitAsync(Soon);
        Fake(broken).IsBroken = true;
        pool.Return(broken);
        var fresh = await pool.Request().Granted.WaitAsync(Soon);
        Assert.NotSame(broken, fresh);
        Assert.True(Fake(broken).IsDisposed);
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
        var held = await pool.Request().Granted.WaitAsync(Soon);
        var waiting = pool.Request();
        Sys.Stop(pool.Actor);
        await Assert.ThrowsAsync<PgException>(() => waiting.Granted.WaitAsync(Soon));
        pool.Return(held);
        Assert.True(Fake(held).IsDisposed);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_which_limit_was_in_the_way()
    {
        var pool = Start(new PoolOptions { Size = 2, QueueTimeout = TimeSpan.FromMilliseconds(200) });
        var held = await pool.Request().Granted.WaitAsync(Soon);
        await pool.Request().Granted.WaitAsync(Soon);
        var error = await Assert.ThrowsAsync<PgException>(() => pool.Request().Granted.WaitAsync(Soon));
        Assert.Equal(SqlStates.TooManyConnections, error.SqlState);
        Assert.Equal(
            "no connection of pool \"db@fake\" became free within 0.2 s (pool.queue-timeout): all of its 2 connections are in use (pool.size = 2)",
            error.Message);
        pool.Return(held);
        Assert.Same(held, await pool.Request().Granted.WaitAsync(Soon));
    }

    [Fact]
    public async Task An_open_that_takes_too_long_fails_and_what_comes_of_it_is_closed()
    {
        using var gate = new ManualResetEventSlim();
        var backend = new FakeBackend
        {
            Opening = () =>
            {
                gate.Wait(Soon);
                return new FakeConnection();
            },
        };
        var pool = Start(new PoolOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) }, backend);
        var error = await Assert.ThrowsAsync<PgException>(() => pool.Request().Granted.WaitAsync(Soon));
        Assert.Equal(SqlStates.UnableToConnect, error.SqlState);
        gate.Set();
        await AwaitAssertAsync(() => Assert.Equal((1, 0), (backend.Opened, backend.Open)));
        await AwaitAssertAsync(() => Assert.Equal(0, pool.Connections.Now.Open));
        Assert.NotNull(await pool.Request().Granted.WaitAsync(Soon));
    }

    [Fact]
    public async Task Connections_nobody_needs_are_closed_down_to_the_least()
    {
        var pool = Start(new PoolOptions { Size = 5, MinIdle = 2, IdleTimeout = TimeSpan.FromMilliseconds(100) });
        var held = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => pool.Request().Granted.WaitAsync(Soon)));
        foreach (var connection in held) pool.Return(connection);
        await AwaitAssertAsync(() => Assert.Equal((2, 3), (_backend.Open, pool.Status().ClosedBy(CloseReason.Idle))), Soon);
        await Task.Delay(300);
        Assert.Equal(2, pool.Status().Idle);
    }

    [Fact]
    public async Task The_least_is_open_before_anybody_asks_and_again_when_one_is_lost()
    {
        var pool = Start(new PoolOptions { MinIdle = 3 });
        await AwaitAssertAsync(() => Assert.Equal(3, pool.Status().Idle), Soon);
        var lost = pool.TryRent()!;
        Fake(lost).IsBroken = true;
        pool.Return(lost);
        await AwaitAssertAsync(() => Assert.Equal((3, 4), (pool.Status().Idle, _backend.Opened)), Soon);
    }

    [Fact]
    public async Task A_connection_is_replaced_when_it_is_old()
    {
        var pool = Start(new PoolOptions { Size = 1, Lifetime = TimeSpan.FromMilliseconds(200) });
        var first = await pool.Request().Granted.WaitAsync(Soon);
        await Task.Delay(250);
        pool.Return(first);
        Assert.True(Fake(first).IsDisposed);
        var second = await pool.Request().Granted.WaitAsync(Soon);
        Assert.NotSame(first, second);
        pool.Return(second);

        // Also while nobody uses it.
        await AwaitAssertAsync(() => Assert.Equal(2, pool.Status().ClosedBy(CloseReason.Lifetime)), Soon);
    }

    [Fact]
    public async Task What_was_idle_for_long_is_asked_before_it_is_lent_and_not_on_the_callers_thread()
    {
        var backend = new FakeBackend { IsRemote = true };
        var pool = Start(new PoolOptions { Size = 1, CheckAfter = TimeSpan.FromMilliseconds(50) }, backend);
        var first = await pool.Request().Granted.WaitAsync(Soon);
        var onBackendThread = false;
        Fake(first).Checking = () => onBackendThread = BackendThreads.IsCurrent;
        pool.Return(first);
        await AwaitAssertAsync(() => Assert.Equal(1, pool.Status().Idle), Soon);
        await Task.Delay(80);
        Assert.Null(pool.TryRent());
        Assert.Same(first, await pool.Request().Granted.WaitAsync(Soon));
        Assert.True(onBackendThread);

        Fake(first).Checking = () => false;
        pool.Return(first);
        await AwaitAssertAsync(() => Assert.Equal(1, pool.Status().Idle), Soon);
        await Task.Delay(80);
        Assert.NotSame(first, await pool.Request().Granted.WaitAsync(Soon));
        Assert.Equal(1, pool.Status().ClosedBy(CloseReason.Dead));
    }

    [Fact]
    public async Task A_remote_connection_is_made_as_new_on_a_thread_that_may_block()
    {
        var backend = new FakeBackend { IsRemote = true };
        var pool = Start(new PoolOptions { Size = 1 }, backend);
        var held = await pool.Request().Granted.WaitAsync(Soon);
        using var gate = new ManualResetEventSlim();
        var onBackendThread = false;
        Fake(held).Resetting = () =>
        {
            onBackendThread = BackendThreads.IsCurrent;
            gate.Wait(Soon);
        };
        pool.Return(held);   // comes back at once
        var next = pool.Request();
        Assert.False(next.Granted.IsCompleted);
        gate.Set();
        Assert.Same(held, await next.Granted.WaitAsync(Soon));
        Assert.True(onBackendThread);
    }

    [Fact]
    public async Task When_the_instance_is_out_what_is_idle_goes_at_once_and_what_comes_back_is_checked()
    {
        var backend = new FakeBackend { IsRemote = true };
        var connections = new InstanceConnections();
        var pool = Start(new PoolOptions { Size = 2 }, backend, connections);
        var one = await pool.Request().Granted.WaitAsync(Soon);
        var two = await pool.Request().Granted.WaitAsync(Soon);
        pool.Return(one);
        await AwaitAssertAsync(() => Assert.Equal(1, pool.Status().Idle), Soon);
        connections.IsOut = true;
        await AwaitAssertAsync(() => Assert.True(Fake(one).IsDisposed), Soon);
        pool.Return(two);
        await AwaitAssertAsync(() => Assert.Equal(1, pool.Status().Idle), Soon);
        connections.IsOut = false;
        Assert.Same(two, await pool.Request().Granted.WaitAsync(Soon));
        Assert.Equal(1, Fake(two).Checks);
    }

    [Fact]
    public async Task When_an_instance_cannot_be_reached_all_who_wait_hear_of_it()
    {
        using var gate = new ManualResetEventSlim();
        _backend.Opening = () =>
        {
            gate.Wait(Soon);
            throw new PgException(SqlStates.UnableToConnect, "refused");
        };
        var pool = Start(max: 4);
        var requests = Enumerable.Range(0, 50).Select(_ => pool.Request()).ToList();
        gate.Set();
        foreach (var request in requests)
            Assert.Equal(SqlStates.UnableToConnect, (await Assert.ThrowsAsync<PgException>(() => request.Granted.WaitAsync(Soon))).SqlState);
    }

    [Fact]
    public async Task Two_logins_at_a_time_for_all_pools_of_an_instance()
    {
        var backend = new FakeBackend
        {
            IsRemote = true,
            Opening = () =>
            {
                Thread.Sleep(5);
                return new FakeConnection();
            },
        };
        var connections = new InstanceConnections();
        var pools = Enumerable.Range(0, 8).Select(_ => Start(new PoolOptions { Size = 4 }, backend, connections)).ToList();
        await Task.WhenAll(pools.SelectMany(pool => Enumerable.Range(0, 4).Select(_ => pool.Request().Granted.WaitAsync(Soon))));
        Assert.Equal((32, 32), (backend.Opened, connections.Now.Open));
        Assert.InRange(backend.MostOpening, 1, 2);
    }

    [Fact]
    public async Task A_full_instance_makes_room_for_a_pool_that_has_nothing()
    {
        var backend = new FakeBackend { IsRemote = true };
        var connections = new InstanceConnections(max: 2);
        var rich = Start(new PoolOptions { Size = 4 }, backend, connections);
        var poor = Start(new PoolOptions { Size = 4, QueueTimeout = TimeSpan.FromMilliseconds(300) }, backend, connections);
        var one = await rich.Request().Granted.WaitAsync(Soon);
        var two = await rich.Request().Granted.WaitAsync(Soon);

        // All in use: the wait ends with the name of the limit.
        var error = await Assert.ThrowsAsync<PgException>(() => poor.Request().Granted.WaitAsync(Soon));
        Assert.EndsWith("its instance has all of its 2 connections (max-connections = 2)", error.Message, StringComparison.Ordinal);

        // One comes back while somebody waits: it is closed for him.
        var request = poor.Request();
        rich.Return(one);
        var got = await request.Granted.WaitAsync(Soon);
        Assert.True(Fake(one).IsDisposed);

        // One is idle already.
        rich.Return(two);
        await AwaitAssertAsync(() => Assert.Equal(1, rich.Status().Idle), Soon);
        await poor.Request().Granted.WaitAsync(Soon);
        Assert.True(Fake(two).IsDisposed);
        Assert.Equal(2, rich.Status().ClosedBy(CloseReason.Room));
        Assert.InRange(backend.Most, 1, 2);
        poor.Return(got);
    }

    [Fact]
    public async Task A_full_instance_is_no_reason_to_close_what_the_own_waiters_need()
    {
        var connections = new InstanceConnections(max: 2);
        var pool = Start(new PoolOptions { Size = 8 }, connections: connections);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            for (var i = 0; i < 100; i++)
            {
                var connection = pool.TryRent() ?? await pool.Request().Granted.WaitAsync(Soon);
                if (i % 5 == 0) await Task.Yield();
                pool.Return(connection);
            }
        }));
        Assert.Equal((2, 2), (_backend.Opened, pool.Status().Idle));
    }

    private static FakeConnection Fake(PooledConnection connection) => (FakeConnection)connection.Connection;

    private Pool Start(int max) => Start(new PoolOptions { Size = max });

    private Pool Start(PoolOptions options, FakeBackend? backend = null, InstanceConnections? connections = null)
    {
        var threads = new BackendThreads();
        var pool = new Pool("db", backend ?? _backend, connections ?? new InstanceConnections(), null, options, threads);
        pool.Actor = Sys.ActorOf(Props.Create(typeof(PoolActor), pool, threads));
        return pool;
    }
}
