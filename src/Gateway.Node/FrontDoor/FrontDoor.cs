using System.Security.Cryptography;
using Akka.Actor;
using Akka.Event;
using Gateway.Actors;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions;
using Gateway.Backends;
using Gateway.Node.Configuration;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Types;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Node.FrontDoor;

/// <summary>A connection from its first byte to its session: encryption, start-up packet, authentication, routing.</summary>
/// <remarks>https://www.postgresql.org/docs/15/protocol-flow.html, sections Start-up, SSL and Canceling Requests.</remarks>
internal sealed class FrontDoor(NodeOptions options, GatewaySystem gateway, Tls? tls) : ConnectionHandler
{
    private readonly AuthenticationRules _rules = new(options.Authentication);
    private int _sessions;

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var client = new ClientLink(connection.Transport, connection.RemoteEndPoint);
        try
        {
            var start = await Admit(client, connection).ConfigureAwait(false);
            if (start is null) return;
            try
            {
                gateway.StartSession(start);
                await start.Ended.Task.ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _sessions);
            }

            await client.Transport.Output.CompleteAsync().ConfigureAwait(false);
        }
        catch (PgException error)
        {
            await Refuse(client, error).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ConnectionAbortedException
            or System.Security.Authentication.AuthenticationException or InvalidOperationException)
        {
            // Gone, too slow, or not speaking TLS: there is nobody to tell.
        }
        catch (Exception error)
        {
            gateway.System.Log.Error(error, "A connection from {0} failed before its session began", client.Remote);
            await Refuse(client, new PgException(SqlStates.InternalError, "internal error, see the gateway's log", Reach.Connection)).ConfigureAwait(false);
        }
    }

    private async ValueTask<SessionStart?> Admit(ClientLink client, ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(options.Authentication.Timeout);
        // Not until the connection closes: who sends a cancel request may close at once, and it counts all the same.
        if (await ReadStartup(client, patience.Token).ConfigureAwait(false) is not { } startup) return null;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, patience.Token);

        if (startup.Negotiation is { } negotiation) client.Write(negotiation);
        if (startup.Replication is { } replication && replication is not ("false" or "off" or "no" or "0"))
            throw new PgException(SqlStates.FeatureNotSupported, "the replication protocol is not supported", Reach.Connection);
        if (options.Tls.Required && !client.IsTls && !client.IsLoopback)
            throw new PgException(
                SqlStates.InvalidAuthorizationSpecification,
                $"connection from host \"{client.Remote}\" must use TLS",
                Reach.Connection);

        if (Interlocked.Increment(ref _sessions) > options.MaxConnections)
        {
            Interlocked.Decrement(ref _sessions);
            throw new PgException(SqlStates.TooManyConnections, "sorry, too many clients already", Reach.Connection);
        }

        try
        {
            if (gateway.Services.Databases.Find(startup.Database) is { Options.PassLogin: true } && !_rules.Rejects(client))
                return Begin(client, startup, connection, await PassedLogin.Enter(client, startup, gateway.Router, deadline.Token).ConfigureAwait(false));
            await _rules.For(client).Authenticate(client, startup, deadline.Token).ConfigureAwait(false);
            client.Write(new AuthenticationOk());
            return Begin(client, startup, connection, await Locate(startup, deadline.Token).ConfigureAwait(false));
        }
        catch
        {
            Interlocked.Decrement(ref _sessions);
            throw;
        }
    }

    private async ValueTask<Route> Locate(StartupMessage startup, CancellationToken deadline)
    {
        var answer = await gateway.Router.Ask<object>(new Locate(startup.Database), deadline).ConfigureAwait(false);
        return answer is NotRouted refused ? throw refused.Error : ((Routed)answer).Route;
    }

    private SessionStart Begin(ClientLink client, StartupMessage startup, ConnectionContext connection, Route route)
    {
        var processId = gateway.NextProcessId();
        var state = new SessionState(startup.User, startup.Database, processId, TimeProvider.System)
        {
            Client = connection.RemoteEndPoint as System.Net.IPEndPoint,
            Encryption = client.Encryption,
        };
        ApplySettings(state, startup, options.Settings, route.State.Options.Settings);

        return new SessionStart(
            client.Transport,
            connection.ConnectionClosed,
            state,
            RandomNumberGenerator.GetBytes(startup.SpokenVersion.HasLongKeys ? 32 : 4),
            route,
            gateway.Statements,
            gateway.Services,
            options.MaxMessage,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Null when the connection was for something else (a cancel request) or the client went away.</summary>
    private async ValueTask<StartupMessage?> ReadStartup(ClientLink client, CancellationToken deadline)
    {
        var askedForSsl = false;
        var askedForGss = false;
        while (true)
        {
            switch (await client.ReadStartup(deadline).ConfigureAwait(false))
            {
                case SslRequest when !askedForSsl && !client.IsTls:
                    askedForSsl = true;
                    if (tls is null)
                    {
                        await client.Answer('N', deadline).ConfigureAwait(false);
                        break;
                    }

                    client.RequireNothingBuffered();
                    await client.Answer('S', deadline).ConfigureAwait(false);
                    var (secured, encryption) = await tls.Secure(client.Transport, deadline).ConfigureAwait(false);
                    client.UseTls(secured, encryption, tls.EndPointHash);
                    break;

                case GssEncRequest when !askedForGss && !client.IsTls:
                    askedForGss = true;
                    await client.Answer('N', deadline).ConfigureAwait(false);
                    break;

                case SslRequest or GssEncRequest:
                    throw PgException.Protocol("unsupported frontend protocol 1234.5679: server supports 3.0 to 3.2");

                case CancelRequest cancel:
                    // The client takes the end of this connection for a sign that the cancel has happened: it must not hit what it
                    // sends next.
                    await gateway.Services.Cancels.Ask<object>(new CancelByKey(cancel.ProcessId, cancel.SecretKey), deadline).ConfigureAwait(false);
                    return null;

                case StartupMessage startup: return startup;
                default: return null;
            }
        }
    }

    /// <summary>The node's, then the route's, then the client's own.</summary>
    private static void ApplySettings(SessionState state, StartupMessage startup, SettingDefaults ofNode, SettingDefaults ofRoute)
    {
        try
        {
            state.Settings.SetDefault("session_authorization", startup.User);
            foreach (var (name, value) in ofNode.Values) state.Settings.SetDefault(name, value);
            foreach (var (name, value) in ofRoute.Values) state.Settings.SetDefault(name, value);
            if (startup.Options is { } options)
                foreach (var (name, value) in CommandLineOptions.Parse(options)) state.Settings.SetFromClient(name, value);
            foreach (var (name, value) in startup.Settings) state.Settings.SetFromClient(name, value);
        }
        catch (PgException error)
        {
            throw error.AsFatal();
        }
    }

    private static async ValueTask Refuse(ClientLink client, PgException error)
    {
        try
        {
            // Before the session begins every error is the end.
            client.Write(new ErrorResponse(error.AsFatal()));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.Flush(patience.Token).ConfigureAwait(false);
            await client.Transport.Output.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ConnectionAbortedException or InvalidOperationException)
        {
        }
    }
}
