using Gateway.Node.Configuration;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Sasl;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Node.FrontDoor;

internal sealed class Trust : IAuthenticator
{
    public ValueTask Authenticate(ClientLink client, StartupMessage startup, CancellationToken deadline) => default;
}

internal sealed class Reject : IAuthenticator
{
    public ValueTask Authenticate(ClientLink client, StartupMessage startup, CancellationToken deadline) =>
        throw new PgException(
            SqlStates.InvalidAuthorizationSpecification,
            $"connections from host \"{client.Remote}\" are rejected by the configuration",
            Reach.Connection);
}

/// <summary>SCRAM-SHA-256, and SCRAM-SHA-256-PLUS over TLS. An unknown user costs as much as a wrong password.</summary>
internal sealed class Scram(Func<string, ScramVerifier?> users) : IAuthenticator
{
    // RFC 5802 messages are short; PostgreSQL allows 65535 bytes for them.
    private const int MaxMessage = 65535;

    public async ValueTask Authenticate(ClientLink client, StartupMessage startup, CancellationToken deadline)
    {
        var exchange = new ScramExchange(startup.User, users(startup.User), client.ChannelBinding);
        client.Write(new AuthenticationSasl(exchange.Mechanisms));
        await client.Flush(deadline).ConfigureAwait(false);

        var first = true;
        while (true)
        {
            var body = await client.ReadMessage(FrontendCode.Password, MaxMessage, deadline).ConfigureAwait(false);
            var reply = first
                ? exchange.Receive(Frames.Read<SaslInitialResponse>(body))
                : exchange.Receive(Frames.Read<SaslResponse>(body).Data);
            first = false;
            if (reply.IsFinal)
            {
                client.Write(new AuthenticationSaslFinal(reply.Data));
                return;
            }

            client.Write(new AuthenticationSaslContinue(reply.Data));
            await client.Flush(deadline).ConfigureAwait(false);
        }
    }
}

/// <summary>Which way is asked of which client.</summary>
internal sealed class AuthenticationRules(AuthenticationOptions options)
{
    private readonly UsersFile? _users = options.UsersFile.Length > 0 ? new UsersFile(options.UsersFile) : null;

    public bool Rejects(ClientLink client) => (client.IsLoopback ? options.Loopback : options.Remote) == AuthenticationMethod.Reject;

    public IAuthenticator For(ClientLink client) => (client.IsLoopback ? options.Loopback : options.Remote) switch
    {
        AuthenticationMethod.Trust => new Trust(),
        AuthenticationMethod.Reject => new Reject(),
        _ => new Scram(user => _users?.Find(user)),
    };
}
