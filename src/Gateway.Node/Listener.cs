using System.Net;
using Gateway.Node.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Node;

/// <summary>Accepts TCP connections on Kestrel's socket transport and hands each to the front door.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private readonly ConnectionHandler _door;
    private Task _accepting = Task.CompletedTask;

    private Listener(IConnectionListener listener, ConnectionHandler door)
    {
        _listener = listener;
        _door = door;
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.EndPoint;

    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<Listener> Bind(NodeOptions options, ConnectionHandler door)
    {
        var transport = new SocketTransportOptions
        {
            Backlog = options.Backlog,
            NoDelay = true,

            // An idle session must not hold a read buffer.
            WaitForDataBeforeAllocatingBuffer = true,

            // The continuations only post a message or write to a socket: nothing that could hold up other connections.
            UnsafePreferInlineScheduling = true,
        };
        var factory = new SocketTransportFactory(Options.Create(transport), NullLoggerFactory.Instance);
        var listener = new Listener(await factory.BindAsync(options.Listen).ConfigureAwait(false), door);
        listener._accepting = listener.Accept();
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.UnbindAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Accept()
    {
        while (await _listener.AcceptAsync().ConfigureAwait(false) is { } connection) _ = Serve(connection);
    }

    private async Task Serve(ConnectionContext connection)
    {
        // The accept loop goes on while this client is slow to speak.
        await Task.Yield();
        try
        {
            await _door.OnConnectedAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
