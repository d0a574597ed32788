using Akka.Actor;
using Akka.TestKit.Xunit2;
using Gateway.Actors.Pools;
using Gateway.Actors.Routing;
using Gateway.Actors.Tests.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Tests.Routing;

public class RouterActorTests : TestKit
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Pools_are_shown_with_what_they_hold_and_what_became_of_the_rest()
    {
        var router = Start(new FakeBackend { Name = "iris-a" }, new RouteOptions { Pool = new PoolOptions { Size = 3, Mode = PoolMode.Session } });
        var pool = (await Locate(router)).State.Members[0].Pool;
        var one = await pool.Request().Granted.WaitAsync(Soon);
        pool.Return(await pool.Request().Granted.WaitAsync(Soon));
        var broken = pool.TryRent()!;
        ((FakeConnection)broken.Connection).IsBroken = true;
        pool.Return(broken);
        pool.Return(await pool.Request().Granted.WaitAsync(Soon));
        var status = Assert.Single((await router.Ask<PoolsShown>(ShowPools.Instance, Soon)).Pools);
        Assert.Equal(("db", "iris-a", null, PoolMode.Session, 3), (status.Database, status.Instance, status.User, status.Mode, status.Max));
        Assert.Equal((1, 1, 0, 0), (status.Idle, status.Busy, status.Opening, status.Waiting));
        Assert.Equal((3, 1), (status.Opened, status.ClosedBy(CloseReason.Broken)));
        pool.Return(one);
    }

    [Fact]
    public async Task Each_login_has_its_pool_and_it_goes_when_nobody_uses_it()
    {
        var options = new RouteOptions
        {
            PassLogin = true,
            ForgetLoginAfter = TimeSpan.Zero,
            Pool = new PoolOptions { MinIdle = 2, IdleTimeout = TimeSpan.FromMilliseconds(50) },
        };
        var router = Start(new FakeBackend(), options);
        var ana = await Locate(router, new Login("ana", "a"));
        var ben = await Locate(router, new Login("ben", "b"));
        Assert.NotSame(ana, ben);
        Assert.Same(ana, await Locate(router, new Login("ana", "a")));
        Assert.Equal("ana ben", await Users(router));

        // Ana has a session, Ben a connection that he gives back.
        var session = CreateTestProbe();
        router.Tell(new Enter(ana), session);
        var pool = ben.State.Members[0].Pool;
        var connection = await pool.Request().Granted.WaitAsync(Soon);
        router.Tell(RouterActor.Sweep.Instance);
        Assert.Equal("ana ben", await Users(router));
        pool.Return(connection);
        await AwaitAssertAsync(
            async () =>
            {
                router.Tell(RouterActor.Sweep.Instance);
                Assert.Equal("ana", await Users(router));
            },
            Soon);

        Sys.Stop(session);
        await AwaitAssertAsync(
            async () =>
            {
                router.Tell(RouterActor.Sweep.Instance);
                Assert.Equal("", await Users(router));
            },
            Soon);
        var again = await Locate(router, new Login("ben", "b"));
        again.State.Members[0].Pool.Return(await again.State.Members[0].Pool.Request().Granted.WaitAsync(Soon));
    }

    [Fact]
    public async Task Databases_of_one_instance_share_its_licences()
    {
        var backend = new FakeBackend { IsRemote = true, MaxConnections = 1 };
        var router = Start(backend, new RouteOptions());
        var one = (await Locate(router)).State.Members[0].Pool;
        var two = (await Locate(router, database: "db2")).State.Members[0].Pool;
        for (var i = 0; i < 5; i++)
        {
            one.Return(await one.Request().Granted.WaitAsync(Soon));
            two.Return(await two.Request().Granted.WaitAsync(Soon));
        }

        Assert.Equal(1, backend.Most);
    }

    [Fact]
    public async Task When_an_instance_falls_ill_its_idle_connections_are_closed()
    {
        var backend = new FakeBackend { IsRemote = true };
        var router = Start(backend, new RouteOptions { Pool = new PoolOptions { MinIdle = 3 } });
        var member = (await Locate(router)).State.Members[0];
        await AwaitAssertAsync(() => Assert.Equal(3, member.Pool.Status().Idle), Soon);
        backend.Probing = () => throw new PgException(SqlStates.ConnectionFailure, "gone");
        await AwaitAssertAsync(() => Assert.Equal((0, 3), (backend.Open, member.Pool.Status().ClosedBy(CloseReason.InstanceOut))), Soon);

        // They are there again when it is.
        backend.Probing = null;
        await AwaitAssertAsync(() => Assert.Equal(3, member.Pool.Status().Idle), Soon);
    }

    [Theory]
    [InlineData("08006", true, true)]
    [InlineData("08006", false, false)]   // its call began just now
    [InlineData("53300", true, false)]    // it is full, but it speaks
    [InlineData("57P03", true, false)]
    public async Task A_call_that_an_instance_owes_for_long_is_ended_when_it_does_not_answer_probes(string state, bool isOld, bool ends)
    {
        var stuck = new FakeConnection();
        var opened = 0;
        var backend = new FakeBackend
        {
            IsRemote = true,
            StuckAfter = TimeSpan.FromMilliseconds(500),
            Opening = () => opened++ == 0 ? stuck : new FakeConnection(),
        };
        var router = Start(backend, RouteOptions.Default);
        var pool = (await Locate(router)).State.Members[0].Pool;
        var lent = await pool.Request().Granted.WaitAsync(Soon);
        var idle = await pool.Request().Granted.WaitAsync(Soon);
        using var late = isOld ? null : new Timer(_ => stuck.WaitingSince = Environment.TickCount64, null, 0, 50);
        if (isOld) stuck.WaitingSince = Environment.TickCount64 - 60_000;
        backend.Probing = () => throw new PgException(state, "out");
        if (ends) await AwaitAssertAsync(() => Assert.Equal(1, stuck.Severed), Soon);
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.Equal((ends ? 1 : 0, 0), (stuck.Severed, ((FakeConnection)idle.Connection).Severed));
        pool.Return(idle);
        pool.Return(lent);
    }

    [Fact]
    public async Task A_name_that_is_configured_anew_is_probed_where_it_leads_now_and_not_at_all_when_no_route_has_it()
    {
        int before = 0, after = 0;
        var databases = new Databases(new FakeBackend { IsRemote = true, Probing = () => Count(ref before) }, new RouteOptions());
        var router = Start(databases);
        await Locate(router);
        await AwaitAssertAsync(() => Assert.NotEqual(0, Volatile.Read(ref before)), Soon);

        databases.Backend = new FakeBackend { IsRemote = true, Probing = () => Count(ref after) };
        router.Tell(Reroute.Instance);
        await AwaitAssertAsync(() => Assert.NotEqual(0, Volatile.Read(ref after)), Soon);
        var last = Volatile.Read(ref before);
        await AwaitAssertAsync(() => Assert.True(Volatile.Read(ref after) > 2), Soon);
        Assert.InRange(Volatile.Read(ref before), last, last + 1);   // one may have been on its way

        databases.Backend = null;
        router.Tell(Reroute.Instance);
        Assert.Empty((await router.Ask<PoolsShown>(ShowPools.Instance, Soon)).Pools);
        last = Volatile.Read(ref after);
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.InRange(Volatile.Read(ref after), last, last + 1);

        static InstanceState Count(ref int probes)
        {
            Interlocked.Increment(ref probes);
            return InstanceState.Writable;
        }
    }

    [Fact]
    public async Task When_a_route_cannot_be_built_its_clients_hear_why_and_who_is_in_it_goes_on()
    {
        var databases = new Databases(new FakeBackend(), new RouteOptions());
        var router = Start(databases);
        var route = await Locate(router);
        databases.Failure = new PgException(SqlStates.UndefinedFile, "no driver");
        router.Tell(Reroute.Instance);
        var refused = await router.Ask<NotRouted>(new Locate("db"), Soon);
        Assert.Equal("no driver", refused.Error.Message);
        var pool = route.State.Members[0].Pool;
        pool.Return(await pool.Request().Granted.WaitAsync(Soon));
        databases.Failure = null;
        Assert.Same(route, await Locate(router));
    }

    [Fact]
    public async Task A_backend_that_was_replaced_is_let_go_of_with_its_last_connection()
    {
        var old = new FakeBackend();
        var databases = new Databases(old, new RouteOptions());
        var router = Start(databases);
        var pool = (await Locate(router)).State.Members[0].Pool;
        var lent = await pool.Request().Granted.WaitAsync(Soon);
        databases.Backend = new FakeBackend();
        router.Tell(Reroute.Instance);
        router.Tell(RouterActor.Sweep.Instance);
        await Locate(router);
        Assert.Empty(databases.Released);

        pool.Return(lent);
        router.Tell(RouterActor.Sweep.Instance);
        await Locate(router);
        Assert.Same(old, Assert.Single(databases.Released));

        databases.Backend = null;
        router.Tell(Reroute.Instance);
        router.Tell(RouterActor.Sweep.Instance);
        await router.Ask<NotRouted>(new Locate("db"), Soon);
        Assert.Equal(2, databases.Released.Count);
    }

    private IActorRef Start(Databases databases) => Sys.ActorOf(Props.Create(typeof(RouterActor), databases, new BackendThreads()));

    private IActorRef Start(FakeBackend backend, RouteOptions options) =>
        Start(new Databases(backend, options));

    private static async Task<Route> Locate(IActorRef router, Login? login = null, string database = "db") =>
        (await router.Ask<Routed>(new Locate(database, login), Soon)).Route;

    private static async Task<string> Users(IActorRef router) =>
        string.Join(' ', (await router.Ask<PoolsShown>(ShowPools.Instance, Soon)).Pools.Select(pool => pool.User).Order());

    private sealed class Databases(IBackend backend, RouteOptions options) : IDatabases
    {
        public IBackend? Backend { get; set; } = backend;

        public PgException? Failure { get; set; }

        public IReadOnlyList<string> Names => ["db", "db2"];

        public ServedDatabase? Find(string name) => Failure is { } failure ? throw failure
            : Names.Contains(name) && Backend is { } found ? new ServedDatabase(found, options)
            : null;

        public List<IBackend> Released { get; } = [];

        public void Release(IBackend backend) => Released.Add(backend);

        public void Create(string name) => throw PgException.Unsupported("CREATE DATABASE");

        public void Drop(string name) => throw PgException.Unsupported("DROP DATABASE");
    }
}
