using Gateway.Protocol.Startup;

namespace Gateway.Node.FrontDoor;

/// <summary>One way to prove who a client is. Speaks with the client itself, up to but not AuthenticationOk.</summary>
public interface IAuthenticator
{
    /// <exception cref="Gateway.Types.PgException">28P01 or 28000: the connection ends.</exception>
    ValueTask Authenticate(ClientLink client, StartupMessage startup, CancellationToken deadline);
}
