using Akka.Actor;
using Akka.TestKit.Xunit2;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Tests.Pools;

/// <summary>Many sessions that do what sessions do, in an order that differs with the seed.</summary>
public class PoolCrowdTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1, 3, 0)]
    [InlineData(2, 4, 5)]
    [InlineData(3, 2, 3)]
    [InlineData(4, 8, 7)]
    public async Task Limits_hold_nobody_waits_for_ever_and_every_connection_is_returned_or_closed(int seed, int size, int licences)
    {
        var backend = new FakeBackend { IsRemote = seed % 2 == 0, Opening = () => Random.Shared.Next(10) == 0 ? throw new PgException(SqlStates.IoError, "unlucky") : new FakeConnection() };
        var threads = new BackendThreads();
        var connections = new InstanceConnections(licences);
        var pools = Enumerable.Range(0, 4).Select(i =>
        {
            var options = new PoolOptions
            {
                Size = size,
                MinIdle = i % 2,
                QueueTimeout = TimeSpan.FromSeconds(30),
                IdleTimeout = TimeSpan.FromMilliseconds(20 * i),
                Lifetime = TimeSpan.FromMilliseconds(50 * i),
                CheckAfter = TimeSpan.FromMilliseconds(5),
            };
            var pool = new Pool("db" + i, backend, connections, null, options, threads);
            pool.Actor = Sys.ActorOf(Props.Create(typeof(PoolActor), pool, threads));
            return pool;
        }).ToArray();
        var busy = new int[pools.Length];

        await Task.WhenAll(Enumerable.Range(0, 40).Select(session => Task.Run(async () =>
        {
            var random = new Random((seed * 1000) + session);
            for (var i = 0; i < 50; i++)
            {
                var at = random.Next(pools.Length);
                var pool = pools[at];
                PooledConnection connection;
                try
                {
                    if (pool.TryRent() is { } idle)
                    {
                        connection = idle;
                    }
                    else
                    {
                        var request = pool.Request();
                        if (random.Next(5) == 0) request.GiveUp(new PgException(SqlStates.QueryCanceled, "canceled"));
                        connection = await request.Granted.WaitAsync(Soon);
                    }
                }
                catch (PgException error)
                {
                    Assert.Contains(error.SqlState, (string[])[SqlStates.QueryCanceled, SqlStates.IoError]);
                    continue;
                }

                Assert.InRange(Interlocked.Increment(ref busy[at]), 1, size);
                Assert.False(((FakeConnection)connection.Connection).IsDisposed);
                if (random.Next(3) == 0) await Task.Delay(random.Next(3));
                ((FakeConnection)connection.Connection).IsBroken = random.Next(20) == 0;
                Interlocked.Decrement(ref busy[at]);
                pool.Return(connection);
            }
        }))).WaitAsync(Soon);

        Assert.InRange(backend.MostOpening, 1, InstanceView.MaxOpening);
        Assert.InRange(backend.Most, 1, licences == 0 ? size * pools.Length : licences);
        await AwaitAssertAsync(() => Assert.All(pools, pool => Assert.Equal((0, 0), (pool.Status().Busy, pool.Status().Waiting))), Soon);
        await AwaitAssertAsync(() => Assert.Equal(backend.Open, connections.Now.Open), Soon);
        foreach (var pool in pools) Sys.Stop(pool.Actor);
        await AwaitAssertAsync(() => Assert.Equal((0, 0), (backend.Open, connections.Now.Open)), Soon);
        foreach (var status in pools.Select(pool => pool.Status())) Assert.Equal(status.Opened, status.Closed.Sum());
    }

    [Fact]
    public async Task In_a_crowd_the_first_that_comes_is_the_first_served()
    {
        var threads = new BackendThreads();
        var pool = new Pool("db", new FakeBackend(), new InstanceConnections(), null, new PoolOptions { Size = 4 }, threads);
        pool.Actor = Sys.ActorOf(Props.Create(typeof(PoolActor), pool, threads));
        var held = new Queue<PooledConnection>(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pool.Request().Granted)).WaitAsync(Soon));
        var random = new Random(7);
        var line = new Queue<LeaseRequest>();
        for (var i = 0; i < 2000; i++)
        {
            if (line.Count == 0 || random.Next(2) == 0)
            {
                line.Enqueue(pool.Request());
                Assert.Null(pool.TryRent());
                continue;
            }

            var first = line.Dequeue();
            if (random.Next(4) == 0)
            {
                first.GiveUp(new PgException(SqlStates.QueryCanceled, "canceled"));
                await Assert.ThrowsAsync<PgException>(() => first.Granted);
                continue;
            }

            pool.Return(held.Dequeue());
            held.Enqueue(await first.Granted.WaitAsync(Soon));
            Assert.DoesNotContain(line, request => request.Granted.IsCompleted);
        }
    }

    [Fact]
    public async Task Lending_and_returning_allocates_nothing()
    {
        var threads = new BackendThreads();
        var pool = new Pool("db", new FakeBackend(), new InstanceConnections(), null, new PoolOptions { Size = 1 }, threads);
        pool.Actor = Sys.ActorOf(Props.Create(typeof(PoolActor), pool, threads));
        pool.Return(await pool.Request().Granted.WaitAsync(Soon));
        for (var i = 0; i < 1000; i++) pool.Return(pool.TryRent()!);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) pool.Return(pool.TryRent()!);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
