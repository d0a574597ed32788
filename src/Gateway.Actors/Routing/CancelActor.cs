using System.Security.Cryptography;
using Akka.Actor;
using Gateway.Actors.Sessions;

namespace Gateway.Actors.Routing;

/// <summary>A session can be cancelled under this key from now on.</summary>
public sealed record RegisterKey(int ProcessId, ReadOnlyMemory<byte> SecretKey, IActorRef Session);

public sealed record ForgetKey(int ProcessId);

/// <summary>A CancelRequest from the wire. Answered with <see cref="Akka.Done"/> when nothing of it is left to happen, whether the key fits or not.</summary>
public sealed record CancelByKey(int ProcessId, ReadOnlyMemory<byte> SecretKey);

/// <summary>Finds the session that a cancel request means.</summary>
public sealed class CancelActor : ReceiveActor
{
    private readonly Dictionary<int, RegisterKey> _sessions = [];

    public CancelActor()
    {
        Receive<RegisterKey>(key => _sessions[key.ProcessId] = key);
        Receive<ForgetKey>(key => _sessions.Remove(key.ProcessId));
        Receive<CancelByKey>(request =>
        {
            if (_sessions.TryGetValue(request.ProcessId, out var key)
                && CryptographicOperations.FixedTimeEquals(key.SecretKey.Span, request.SecretKey.Span))
                key.Session.Forward(CancelQuery.Instance);
            else
                Sender.Tell(Akka.Done.Instance);
        });
    }
}
