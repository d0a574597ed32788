using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Shared;

/// <summary>What a <see cref="LoopbackProxy"/> does with the bytes that pass.</summary>
/// <param name="Delay">Before each piece.</param>
/// <param name="Piece">Bytes at most that are passed on at once.</param>
/// <param name="HoldsRequests">Nothing reaches the server.</param>
/// <param name="HoldsAnswers">Nothing that the server says comes through.</param>
public sealed record Traffic(TimeSpan Delay, int Piece, bool HoldsRequests, bool HoldsAnswers)
{
    public static Traffic Free { get; } = new(TimeSpan.Zero, 64 * 1024, false, false);
}

/// <summary>A way through this machine to a server on it that can be made slow, made to stop in one direction, or cut.</summary>
public sealed class LoopbackProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly CancellationTokenSource _over = new();
    private readonly int _server;
    private volatile Traffic _traffic = Traffic.Free;

    public LoopbackProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>For the connections there are, and those that come.</summary>
    public Traffic Traffic
    {
        get => _traffic;
        set => _traffic = value;
    }

    /// <summary>Every connection ends with a reset, on both sides.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _pairs.ToArray())
        {
            Reset(client);
            Reset(server);
        }
    }

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        Cut();
        _over.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptSocketAsync(_over.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // No more.
        }
    }

    private async Task Serve(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _over.Token);
            _pairs[client] = server;
            await Task.WhenAny(Pass(client, server, traffic => traffic.HoldsRequests), Pass(server, client, traffic => traffic.HoldsAnswers));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody there.
        }
        finally
        {
            _pairs.TryRemove(client, out _);
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task Pass(Socket from, Socket to, Func<Traffic, bool> holds)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var count = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, _traffic.Piece)), _over.Token);
                if (count == 0) return;
                while (holds(_traffic)) await Task.Delay(10, _over.Token);
                if (_traffic.Delay is { Ticks: > 0 } delay) await Task.Delay(delay, _over.Token);
                for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _over.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone, and the other goes with it.
        }
    }
}
