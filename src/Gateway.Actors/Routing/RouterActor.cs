using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>Where is this database? Answered with <see cref="Routed"/> or <see cref="NotRouted"/>.</summary>
/// <param name="Login">What the client has proved to know; used where the route passes logins through.</param>
public sealed record Locate(string Database, Login? Login = null);

/// <summary>The sender is a session that uses the route until it ends.</summary>
public sealed record Enter(Route Route);

public sealed record Routed(Route Route);

public sealed record NotRouted(PgException Error);

/// <summary>Nobody may use the database any more: answered with <see cref="Retired"/> or <see cref="NotRouted"/>.</summary>
public sealed record Retire(string Database);

public sealed record Retired;

/// <summary>The login of this route has turned out to be wrong: its pools are closed and forgotten.</summary>
public sealed record Dismiss(Route Route);

/// <summary>The databases' configuration may have changed: every route is looked up again.</summary>
public sealed class Reroute
{
    public static readonly Reroute Instance = new();
}

/// <summary>From database names to routes. Knows which sessions are in which database, as DROP DATABASE must.</summary>
public sealed class RouterActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<IActorRef, Route> _routeOf = [];

    // What was replaced, until the last connection has come back.
    private readonly List<RouteState> _draining = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IDatabases _databases;
    private readonly BackendThreads _threads;
    private readonly Instances _instances;

    public RouterActor(IDatabases databases, BackendThreads threads)
    {
        _databases = databases;
        _threads = threads;
        _instances = new Instances(Context, threads);

        Receive<Locate>(Answer);
        Receive<Enter>(enter => Join(enter.Route, Sender));
        Receive<Retire>(Answer);
        Receive<Dismiss>(dismiss =>
        {
            if (_entries.TryGetValue(dismiss.Route.Database, out var entry) && entry.Routes.Remove(dismiss.Route)) Close(dismiss.Route.State.Members);
        });
        Receive<Reroute>(_ => UpdateAll());
        Receive<Terminated>(ended => Leave(ended.ActorRef));
        Receive<ShowPools>(_ => Sender.Tell(new PoolsShown([.. Pools().Select(pool => pool.Status())])));
        Receive<Sweep>(_ =>
        {
            var isOver = ForgetLogins();
            if (ReleaseDrained() && isOver) Timers.Cancel(nameof(Sweep));
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Time to look for pools that nobody uses.</summary>
    internal sealed class Sweep
    {
        public static readonly Sweep Instance = new();
    }

    private sealed class Entry
    {
        /// <summary>One for each login; one for all where the route has a service account.</summary>
        public List<Route> Routes { get; } = [];

        public int Sessions => Routes.Sum(route => route.Sessions);
    }

    private void Answer(Locate locate)
    {
        ServedDatabase? served;
        try
        {
            served = _databases.Find(locate.Database);
        }
        catch (PgException error)
        {
            Sender.Tell(new NotRouted(error));   // its driver is not there, for one
            return;
        }

        if (served is null)
        {
            Remove(locate.Database);
            Sender.Tell(new NotRouted(new PgException(
                SqlStates.InvalidCatalogName, $"database \"{locate.Database}\" does not exist", Reach.Connection)));
            return;
        }

        var login = served.Options.PassLogin ? locate.Login : null;
        if (!_entries.TryGetValue(locate.Database, out var entry)) _entries.Add(locate.Database, entry = new Entry());
        var route = entry.Routes.Find(route => route.Login == login);
        if (route is null) entry.Routes.Add(route = new Route(locate.Database, login, NewState(locate.Database, served, login)));
        else Update(route, served);
        route.LastSeen = Environment.TickCount64;
        if (login is not null) SweepSoon();
        Sender.Tell(new Routed(route));
    }

    private RouteState NewState(string database, ServedDatabase served, Login? login) =>
        new(served.Backend, served.Options, [.. served.Backend.Instances.Select(instance => NewMember(database, instance, login, served.Options))]);

    private RouteMember NewMember(string database, IInstance instance, Login? login, RouteOptions options)
    {
        var health = _instances.HealthOf(instance);
        var pool = new Pool(database, instance, health.Connections, login, options.Pool, _threads);
        var threads = _threads;
        pool.Actor = Context.ActorOf(Props.Create(() => new PoolActor(pool, threads)));
        return new RouteMember(instance, health, pool);
    }

    /// <summary>Dropped and created again, or configured anew: sessions go on with the new pools, the old ones run dry.</summary>
    private void Update(Route route, ServedDatabase served)
    {
        var old = route.State;
        if (ReferenceEquals(old.Backend, served.Backend) && old.Options == served.Options) return;
        route.State = NewState(route.Database, served, route.Login);
        Drain(old);
    }

    private void Drain(RouteState old)
    {
        Close(old.Members);
        _draining.Add(old);
        SweepSoon();
    }

    private void SweepSoon()
    {
        if (!Timers.IsTimerActive(nameof(Sweep))) Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepInterval, SweepInterval);
    }

    /// <summary>Backends whose last connection has come back are let go of.</summary>
    /// <returns>True when none is left that drains.</returns>
    private bool ReleaseDrained()
    {
        foreach (var old in _draining.Where(state => state.Members.All(member => member.Pool.IsEmpty)).ToArray())
        {
            _draining.Remove(old);
            if (!_draining.Exists(other => ReferenceEquals(other.Backend, old.Backend)) && !Uses(old.Backend)) _databases.Release(old.Backend);
        }

        return _draining.Count == 0;
    }

    private bool Uses(IBackend backend) =>
        _entries.Values.Any(entry => entry.Routes.Exists(route => ReferenceEquals(route.State.Backend, backend)));

    private void UpdateAll()
    {
        foreach (var (name, entry) in _entries.ToArray())
        {
            try
            {
                if (_databases.Find(name) is not { } served) Remove(name);
                else
                    foreach (var route in entry.Routes) Update(route, served);
            }
            catch (PgException error)
            {
                _log.Error(error, "Database {0} goes on as it was", name);
            }
        }

        _instances.KeepOnly([.. Pools().Select(pool => pool.Instance.Name)]);
    }

    private void Join(Route route, IActorRef session)
    {
        if (!_entries.ContainsKey(route.Database) || !_routeOf.TryAdd(session, route)) return;
        Context.Watch(session);
        route.Sessions++;
    }

    private void Answer(Retire retire)
    {
        if (_entries.TryGetValue(retire.Database, out var entry))
        {
            var others = entry.Sessions;
            if (others > 0)
            {
                Sender.Tell(new NotRouted(new PgException(
                    SqlStates.ObjectInUse, $"database \"{retire.Database}\" is being accessed by other users")
                {
                    Detail = others == 1
                        ? "There is 1 other session using the database."
                        : $"There are {others} other sessions using the database.",
                }));
                return;
            }

            Remove(retire.Database);
        }

        Sender.Tell(new Retired());
    }

    private void Remove(string database)
    {
        if (!_entries.Remove(database, out var entry)) return;
        foreach (var route in entry.Routes) Drain(route.State);
    }

    private static void Close(ImmutableArray<RouteMember> members)
    {
        foreach (var member in members)
        {
            member.Pool.Close();
            Context.Stop(member.Pool.Actor);
        }
    }

    private void Leave(IActorRef session)
    {
        if (!_routeOf.Remove(session, out var route)) return;
        route.Sessions--;
        route.LastSeen = Environment.TickCount64;
    }

    private IEnumerable<Pool> Pools() =>
        from entry in _entries.Values
        from route in entry.Routes
        from member in route.State.Members
        select member.Pool;

    /// <summary>Logins come and go: a route of one that nobody is in, and that holds no connections, is not kept.</summary>
    /// <returns>True when there are no logins.</returns>
    private bool ForgetLogins()
    {
        var now = Environment.TickCount64;
        var left = 0;
        foreach (var entry in _entries.Values)
        {
            foreach (var route in entry.Routes.Where(route => IsForgotten(route, now)).ToArray())
            {
                entry.Routes.Remove(route);
                Close(route.State.Members);
            }

            left += entry.Routes.Count(route => route.Login is not null);
        }

        return left == 0;
    }

    private static bool IsForgotten(Route route, long now) => route is { Login: not null, Sessions: 0 }
        && now - route.LastSeen >= (long)route.State.Options.ForgetLoginAfter.TotalMilliseconds
        && route.State.Members.All(member => member.Pool.IsEmpty);
}
