using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Conversations.Tests.Format;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;

namespace Conversations.Tests.Sockets;

/// <summary>A server behind a socket: PostgreSQL or a gateway node.</summary>
internal sealed class SocketPeer : IPeer
{
    public const string User = "scratch";
    public const string Database = "scratch";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly bool _isByteByByte;
    private ReadOnlySequence<byte> _input;

    private SocketPeer(int port, bool isByteByByte)
    {
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _socket.Connect(IPAddress.Loopback, port);
        _isByteByByte = isByteByByte;
    }

    /// <summary>Connects, and starts a session unless the conversation does that itself.</summary>
    public static SocketPeer For(Conversation conversation, int port, bool isByteByByte = false)
    {
        if (conversation.Setup.Count > 0)
        {
            using var other = new SocketPeer(port, isByteByByte: false);
            other.StartSession();
            foreach (var sql in conversation.Setup) other.Run(sql);
        }

        var peer = new SocketPeer(port, isByteByByte);
        if (!conversation.IsFromStart) peer.StartSession();
        return peer;
    }

    public void Send(Say say, bool syncFollows) => Send(say.Bytes);

    public Received Receive(bool singleByte)
    {
        while (true)
        {
            if (singleByte && !_input.IsEmpty)
            {
                var value = _input.FirstSpan[0];
                _input = _input.Slice(1);
                return Received.SingleByte(value);
            }

            if (Frames.TryRead(ref _input, int.MaxValue, out var frame)) return Received.Of(frame.Code, frame.Body.ToArray());
            int count;
            try
            {
                count = _socket.Receive(_buffer);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                return Received.Nothing;
            }
            catch (SocketException)
            {
                return Received.Closed;   // reset: the server had not read all we sent
            }

            if (count == 0) return Received.Closed;
            _input = new ReadOnlySequence<byte>([.. _input.ToArray(), .. _buffer.AsSpan(0, count)]);
        }
    }

    public IEnumerable<Received> Rest()
    {
        Send(Said.Read("Terminate"));
        while (Receive(singleByte: false) is { IsMessage: true } received) yield return received;
    }

    public void Dispose() => _socket.Dispose();

    private void Send(byte[] bytes)
    {
        try
        {
            if (!_isByteByByte) _socket.Send(bytes);
            else
                for (var i = 0; i < bytes.Length; i++) _socket.Send(bytes, i, 1, SocketFlags.None);
        }
        catch (SocketException)
        {
            // Closed by the server: Receive says so.
        }
    }

    private void StartSession()
    {
        Send(Said.Read($"Startup user={User} database={Database}"));
        WaitUntilReady();
    }

    private void Run(string sql)
    {
        Send(Said.Read($"Query {Words.Quote(sql)}"));
        WaitUntilReady();
    }

    private void WaitUntilReady()
    {
        while (true)
        {
            var received = Receive(singleByte: false);
            if (received.Code == BackendCode.ReadyForQuery) return;
            if (received.Code == BackendCode.ErrorResponse || !received.IsMessage)
                throw new InvalidOperationException($"before the conversation: {received.Show()}");
        }
    }
}
