using System.Net.Sockets;
using Gateway.Node.Configuration;

namespace Gateway.Node;

/// <summary>Has the system notice clients whose machine or network is gone without a word.</summary>
/// <remarks>
/// Set on the listening socket, from which accepted ones inherit. What comes of it is a reset, as if the client had sent one: its
/// query is stopped and its transaction rolled back. Probes are only sent while nothing else is on its way, so that data which
/// nobody acknowledges has a limit of its own.
/// </remarks>
internal static class KeepAlive
{
    // linux/tcp.h; no other system has it.
    private const int IpProtocolTcp = 6;
    private const int TcpUserTimeout = 18;

    public static void Apply(Socket socket, KeepAliveOptions options)
    {
        if (options.Idle > TimeSpan.Zero)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Seconds(options.Idle));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Seconds(options.Interval));
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, options.Count);
        }

        if (options.Unacknowledged > TimeSpan.Zero && OperatingSystem.IsLinux())
            socket.SetRawSocketOption(IpProtocolTcp, TcpUserTimeout, BitConverter.GetBytes((int)options.Unacknowledged.TotalMilliseconds));
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
