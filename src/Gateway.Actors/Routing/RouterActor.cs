using System.Collections.Immutable;
using Akka.Actor;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>Where is this database? Answered with <see cref="Routed"/> or <see cref="NotRouted"/>.</summary>
/// <param name="Login">What the client has proved to know; used where the route passes logins through.</param>
public sealed record Locate(string Database, Login? Login = null);

/// <summary>The sender is a session that uses the database until it ends.</summary>
public sealed record Enter(string Database);

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
public sealed class RouterActor : ReceiveActor
{
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<IActorRef, string> _databaseOf = [];
    private readonly IDatabases _databases;
    private readonly Instances _instances;

    public RouterActor(IDatabases databases)
    {
        _databases = databases;
        _instances = new Instances(Context);

        Receive<Locate>(Answer);
        Receive<Enter>(enter => Join(enter.Database, Sender));
        Receive<Retire>(Answer);
        Receive<Dismiss>(dismiss =>
        {
            if (_entries.TryGetValue(dismiss.Route.Database, out var entry) && entry.Routes.Remove(dismiss.Route)) Close(dismiss.Route.State.Members);
        });
        Receive<Reroute>(_ => UpdateAll());
        Receive<Terminated>(ended => Leave(ended.ActorRef));
    }

    private sealed class Entry
    {
        /// <summary>One for each login; one for all where the route has a service account.</summary>
        public List<Route> Routes { get; } = [];

        public int Sessions { get; set; }
    }

    private void Answer(Locate locate)
    {
        if (_databases.Find(locate.Database) is not { } served)
        {
            Remove(locate.Database);
            Sender.Tell(new NotRouted(new PgException(
                SqlStates.InvalidCatalogName, $"database \"{locate.Database}\" does not exist", Reach.Connection)));
            return;
        }

        var login = served.Options.PassLogin ? locate.Login : null;
        if (!_entries.TryGetValue(locate.Database, out var entry)) _entries.Add(locate.Database, entry = new Entry());
        var route = entry.Routes.Find(route => route.Login == login);
        if (route is null) entry.Routes.Add(route = new Route(locate.Database, login, NewState(served, login)));
        else Update(route, served);
        Sender.Tell(new Routed(route));
    }

    private RouteState NewState(ServedDatabase served, Login? login) =>
        new(served.Backend, served.Options, [.. served.Backend.Instances.Select(instance => NewMember(instance, login, served.Options))]);

    private RouteMember NewMember(IInstance instance, Login? login, RouteOptions options)
    {
        var pool = new Pool(instance, login, options.Pool);
        pool.Actor = Context.ActorOf(Props.Create(() => new PoolActor(pool)));
        return new RouteMember(instance, _instances.HealthOf(instance), pool);
    }

    /// <summary>Dropped and created again, or configured anew: sessions go on with the new pools, the old ones run dry.</summary>
    private void Update(Route route, ServedDatabase served)
    {
        var old = route.State;
        if (ReferenceEquals(old.Backend, served.Backend) && old.Options == served.Options) return;
        route.State = NewState(served, route.Login);
        Close(old.Members);
    }

    private void UpdateAll()
    {
        foreach (var (name, entry) in _entries.ToArray())
        {
            if (_databases.Find(name) is not { } served) Remove(name);
            else
                foreach (var route in entry.Routes) Update(route, served);
        }
    }

    private void Join(string database, IActorRef session)
    {
        if (!_entries.TryGetValue(database, out var entry) || !_databaseOf.TryAdd(session, database)) return;
        Context.Watch(session);
        entry.Sessions++;
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
        foreach (var route in entry.Routes) Close(route.State.Members);
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
        if (_databaseOf.Remove(session, out var database) && _entries.TryGetValue(database, out var entry)) entry.Sessions--;
    }
}
