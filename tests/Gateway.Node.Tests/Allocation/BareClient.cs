using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Node.Tests.Allocation;

/// <summary>A client of blocking calls that allocates nothing once it is connected.</summary>
internal sealed class BareClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer;

    public BareClient(int port, int bufferSize = 4096)
    {
        _buffer = new byte[bufferSize];
        _socket.Connect("127.0.0.1", port);
        var body = "\0\u0003\0\0user\0ana\0database\0scratch\0\0"u8.ToArray();
        _socket.Send([.. Length(body.Length + 4), .. body]);
        AwaitReady();
    }

    public static byte[] Message(char code, params byte[][] parts)
    {
        var body = parts.SelectMany(part => part).ToArray();
        return [(byte)code, .. Length(body.Length + 4), .. body];
    }

    public static byte[] Text(string value) => [.. Encoding.UTF8.GetBytes(value), 0];

    /// <summary>Sends the batch, which must end in one ReadyForQuery, and reads the answer up to it.</summary>
    public void Send(ReadOnlySpan<byte> batch)
    {
        _socket.Send(batch);
        AwaitReady();
    }

    public void Dispose() => _socket.Dispose();

    // Nothing is pipelined here, so that the answer ends where the last six bytes are a ReadyForQuery.
    private void AwaitReady()
    {
        var length = 0;
        do
        {
            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0) throw new IOException("the node closed the connection");
            length += read;
            if (_buffer[0] == 'E') throw new IOException(Encoding.UTF8.GetString(_buffer.AsSpan(0, length)));
        }
        while (length < 6 || !_buffer.AsSpan(length - 6, 5).SequenceEqual("Z\0\0\0\u0005"u8));
    }

    private static byte[] Length(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
