using Akka.Actor;
using Akka.Streams;
using Gateway.Actors.Buffers;
using Gateway.Actors.Pools;
using Gateway.Backends;

namespace Gateway.Actors.Sessions;

/// <summary>What a session needs of its node.</summary>
public sealed record SessionServices(
    IActorRef Router, IActorRef Cancels, IDatabases Databases, BackendThreads Threads, IMaterializer Streams, BufferLimits Buffers)
{
    public SessionDirectory Directory { get; } = new(Databases);

    public NotificationHub Notifications { get; } = new();
}
