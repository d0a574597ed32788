using System.Collections.Concurrent;
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
    // How long a client may take for what was sent to it before the end.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(10);

    // The same when the node goes down.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly IConnectionListener _listener;
    private readonly ConnectionHandler _door;
    private readonly ConcurrentDictionary<ConnectionContext, bool> _connections = new();
    private Task _accepting = Task.CompletedTask;

    private Listener(IConnectionListener listener, ConnectionHandler door)
    {
        _listener = listener;
        _door = door;
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.EndPoint;

    /// <summary>
    /// Sockets of this process tell on the very thread that watches them that data has come, which saves a hand-over per message. To be
    /// called before the first socket; only where all code of the process keeps to it, so not in somebody else's.
    /// </summary>
    public static void CompleteInline() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<Listener> Bind(NodeOptions options, ConnectionHandler door)
    {
        var transport = new SocketTransportOptions
        {
            Backlog = options.Backlog,
            NoDelay = true,
            CreateBoundListenSocket = endPoint =>
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
                KeepAlive.Apply(socket, options.KeepAlive);
                return socket;
            },

            // What lies in the pipes counts as well.
            MaxReadBufferSize = 4 * options.OutputBuffer,
            MaxWriteBufferSize = options.OutputBuffer,

            // An idle session must not hold a read buffer.
            WaitForDataBeforeAllocatingBuffer = true,

            // The continuations only queue a turn of their session or write to a socket: nothing that could hold up other connections.
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

    /// <summary>Cuts the connections that do not end by themselves: their clients do not take what they are sent.</summary>
    public async Task HangUp()
    {
        for (var waited = TimeSpan.Zero; waited < LastWords && !_connections.IsEmpty; waited += Step) await Task.Delay(Step).ConfigureAwait(false);
        foreach (var connection in _connections.Keys) connection.Abort();
    }

    private async Task Accept()
    {
        while (await _listener.AcceptAsync().ConfigureAwait(false) is { } connection) _ = Serve(connection);
    }

    private async Task Serve(ConnectionContext connection)
    {
        // The accept loop goes on while this client is slow to speak.
        await Task.Yield();
        _connections.TryAdd(connection, true);
        try
        {
            await _door.OnConnectedAsync(connection).ConfigureAwait(false);
        }
        finally
        {
            var closed = connection.DisposeAsync().AsTask();
            if (await Task.WhenAny(closed, Task.Delay(Linger)).ConfigureAwait(false) != closed) connection.Abort();
            await closed.ConfigureAwait(false);
            _connections.TryRemove(connection, out _);
        }
    }
}
