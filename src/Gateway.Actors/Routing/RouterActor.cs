using Akka.Actor;
using Gateway.Actors.Pools;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Routing;

/// <summary>Where is this database? Answered with <see cref="Routed"/> or <see cref="NotRouted"/>.</summary>
public sealed record Locate(string Database);

/// <summary>The sender is a session that uses the database until it ends.</summary>
public sealed record Enter(string Database);

public sealed record Routed(Pool Pool);

public sealed record NotRouted(PgException Error);

/// <summary>Nobody may use the database any more: answered with <see cref="Retired"/> or <see cref="NotRouted"/>.</summary>
public sealed record Retire(string Database);

public sealed record Retired;

/// <summary>From database names to pools. Knows which sessions are in which database, as DROP DATABASE must.</summary>
public sealed class RouterActor : ReceiveActor
{
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly Dictionary<IActorRef, string> _databaseOf = [];
    private readonly IDatabases _databases;
    private readonly int _poolSize;

    public RouterActor(IDatabases databases, int poolSize)
    {
        _databases = databases;
        _poolSize = poolSize;

        Receive<Locate>(Answer);
        Receive<Enter>(enter => Join(enter.Database, Sender));
        Receive<Retire>(Answer);
        Receive<Terminated>(ended => Leave(ended.ActorRef));
    }

    private sealed record Entry(Pool Pool, IActorRef Actor)
    {
        public int Sessions { get; set; }
    }

    private void Answer(Locate locate)
    {
        var backend = _databases.Find(locate.Database);

        // Dropped, perhaps created again, while somebody was on the way in.
        if (_entries.TryGetValue(locate.Database, out var entry) && entry.Pool.Backend != backend)
        {
            Remove(locate.Database, entry);
            entry = null;
        }

        if (entry is null)
        {
            if (backend is null)
            {
                Sender.Tell(new NotRouted(new PgException(
                    SqlStates.InvalidCatalogName, $"database \"{locate.Database}\" does not exist", Reach.Connection)));
                return;
            }

            var pool = new Pool(backend, _poolSize);
            entry = new Entry(pool, Context.ActorOf(Props.Create(() => new PoolActor(pool))));
            pool.Actor = entry.Actor;
            _entries[locate.Database] = entry;
        }

        Sender.Tell(new Routed(entry.Pool));
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

            Remove(retire.Database, entry);
        }

        Sender.Tell(new Retired());
    }

    private void Remove(string database, Entry entry)
    {
        entry.Pool.Close();
        Context.Stop(entry.Actor);
        _entries.Remove(database);
    }

    private void Leave(IActorRef session)
    {
        if (_databaseOf.Remove(session, out var database) && _entries.TryGetValue(database, out var entry)) entry.Sessions--;
    }
}
