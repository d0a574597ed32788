using System.Text;
using Akka.Actor;
using Gateway.Actors.Routing;
using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Node.FrontDoor;

/// <summary>The client's own login is tried at the instance: it alone knows whether the password is right.</summary>
/// <remarks>
/// The password has to be had in clear for that, as with PostgreSQL's ldap and pam methods; so it is asked for over TLS only, or from
/// this machine.
/// </remarks>
internal static class PassedLogin
{
    // PostgreSQL's own limit for a password message.
    private const int MaxMessage = 65535;

    public static async ValueTask<Route> Enter(ClientLink client, StartupMessage startup, IActorRef router, CancellationToken deadline)
    {
        if (!client.IsTls && !client.IsLoopback)
            throw new PgException(
                SqlStates.InvalidAuthorizationSpecification,
                $"connection from host \"{client.Remote}\" must use TLS: database \"{startup.Database}\" needs the password in clear",
                Reach.Connection);
        client.Write(new AuthenticationCleartextPassword());
        await client.Flush(deadline).ConfigureAwait(false);
        var body = await client.ReadMessage(FrontendCode.Password, MaxMessage, deadline).ConfigureAwait(false);
        var password = Encoding.UTF8.GetString(Frames.Read<PasswordMessage>(body).Password);
        if (password.Length == 0)
            throw new PgException("28P01", $"password authentication failed for user \"{startup.User}\"", Reach.Connection);

        var answer = await router.Ask<object>(new Locate(startup.Database, new Login(startup.User, password)), deadline).ConfigureAwait(false);
        if (answer is NotRouted refused) throw refused.Error;
        var route = ((Routed)answer).Route;
        try
        {
            await route.Verify(deadline).ConfigureAwait(false);
        }
        catch (PgException error) when (error.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            router.Tell(new Dismiss(route), ActorRefs.NoSender);
            throw new PgException("28P01", $"password authentication failed for user \"{startup.User}\"", Reach.Connection);
        }

        client.Write(new AuthenticationOk());
        return route;
    }
}
