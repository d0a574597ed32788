using System.Security.Cryptography;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Gateway.Actors.Buffers;
using Gateway.Actors.Pools;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions;
using Gateway.Actors.Statements;
using Gateway.Backends;

namespace Gateway.Actors;

/// <summary>The actor system of one node with its standing actors.</summary>
public sealed class GatewaySystem
{
    private readonly IActorRef _sessions;
    private int _lastProcessId = RandomNumberGenerator.GetInt32(1000, 30_000);

    public GatewaySystem(Config config, IDatabases databases, long statementCache, BufferLimits? buffers = null)
    {
        System = ActorSystem.Create("gateway", config);
        var threads = new BackendThreads();
        Router = System.ActorOf(Props.Create(typeof(RouterActor), databases, threads), "router");
        var cancels = System.ActorOf(Props.Create(typeof(CancelActor)), "cancels");
        Services = new SessionServices(Router, cancels, databases, threads, System.Materializer(), buffers ?? BufferLimits.Default);
        Statements = new StatementCache(statementCache);
        _sessions = System.ActorOf(Props.Create(typeof(SessionsActor)), "sessions");
    }

    public ActorSystem System { get; }

    public IActorRef Router { get; }

    public SessionServices Services { get; }

    public StatementCache Statements { get; }

    /// <summary>The number a session goes by as its "backend process".</summary>
    public int NextProcessId() => Interlocked.Increment(ref _lastProcessId) & 0x7FFFFFFF;

    public void StartSession(SessionStart start) => _sessions.Tell(start, ActorRefs.NoSender);

    /// <summary>Every session is told that the node goes down; complete when all are gone, or the time is up.</summary>
    public async Task EndSessions(TimeSpan patience)
    {
        try
        {
            await _sessions.Ask<object>(EndAllSessions.Instance, patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            // A client that does not take its last message must not keep the node alive.
        }
    }
}
