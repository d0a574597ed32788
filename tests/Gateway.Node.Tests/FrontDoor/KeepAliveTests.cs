using System.Net;
using System.Net.Sockets;
using Gateway.Node.Configuration;

namespace Gateway.Node.Tests.FrontDoor;

public class KeepAliveTests
{
    [Fact]
    public async Task Accepted_connections_are_probed_as_configured()
    {
        var options = NodeOptions.Read(ConfigurationFiles.Load(null, "gateway.listen.keepalive { idle = 7s, interval = 3s, count = 2 }"));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        KeepAlive.Apply(listener, options.KeepAlive);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
        using var accepted = await listener.AcceptAsync();
        Assert.Equal(1, (int)accepted.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.Equal(7, (int)accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!);
        Assert.Equal(3, (int)accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval)!);
        Assert.Equal(2, (int)accepted.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount)!);
    }

    [Fact]
    public void Without_an_idle_time_nobody_is_probed()
    {
        var options = NodeOptions.Read(ConfigurationFiles.Load(null, "gateway.listen.keepalive.idle = 0s"));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        KeepAlive.Apply(socket, options.KeepAlive);
        Assert.Equal(0, (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
    }

    [Theory]
    [InlineData("gateway.listen.keepalive.count = 0", "gateway.listen.keepalive.count")]
    [InlineData("gateway.listen.keepalive.idle = 10h", "gateway.listen.keepalive.idle")]
    public void A_value_out_of_range_is_named(string text, string key) =>
        Assert.Contains(
            key,
            Assert.ThrowsAny<Exception>(() => NodeOptions.Read(ConfigurationFiles.Load(null, text))).Message,
            StringComparison.Ordinal);
}
