using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Gateway.Catalog;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Startup;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Node.FrontDoor;

/// <summary>A client before its session: reads packets and messages one by one, writes answers.</summary>
public sealed class ClientLink(IDuplexPipe transport, EndPoint? remote)
{
    /// <summary>The pipes as they are now: TLS replaces them.</summary>
    public IDuplexPipe Transport { get; private set; } = transport;

    public string Remote { get; } = remote is IPEndPoint ip ? ip.Address.ToString() : remote?.ToString() ?? "unknown";

    public bool IsLoopback { get; } = remote is IPEndPoint ip && IPAddress.IsLoopback(ip.Address);

    public bool IsTls => Encryption is not null;

    public Encryption? Encryption { get; private set; }

    /// <summary>tls-server-end-point data (RFC 5929, section 4), over TLS.</summary>
    public byte[]? ChannelBinding { get; private set; }

    public void Write<T>(T message) where T : struct, IBackendMessage, allows ref struct => Transport.Output.Write(message);

    public async ValueTask Flush(CancellationToken deadline) => await Transport.Output.FlushAsync(deadline).ConfigureAwait(false);

    /// <summary>One byte without a message around it: the answer to SSLRequest and GSSENCRequest.</summary>
    public async ValueTask Answer(char letter, CancellationToken deadline)
    {
        Transport.Output.Write([(byte)letter]);
        await Flush(deadline).ConfigureAwait(false);
    }

    /// <summary>Null when the client went away without a word.</summary>
    public async ValueTask<StartupPacket?> ReadStartup(CancellationToken deadline)
    {
        while (true)
        {
            var result = await Read(deadline).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (StartupPacket.TryRead(ref buffer, out var packet))
            {
                Transport.Input.AdvanceTo(buffer.Start);
                return packet;
            }

            Transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return null;
        }
    }

    /// <summary>The body of the next message, which must have that code.</summary>
    public async ValueTask<byte[]> ReadMessage(byte code, int maxBody, CancellationToken deadline)
    {
        while (true)
        {
            var result = await Read(deadline).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (Frames.TryRead(ref buffer, maxBody, out var frame))
            {
                var body = frame.Body.ToArray();
                Transport.Input.AdvanceTo(buffer.Start);
                if (frame.Code != code)
                    throw PgException.Protocol($"expected password response, got message type {frame.Code}");
                return body;
            }

            Transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) throw new IOException("the client went away");
        }
    }

    /// <summary>Nothing may be waiting behind an SSLRequest: it could only have been put there by a man in the middle.</summary>
    public void RequireNothingBuffered()
    {
        if (!Transport.Input.TryRead(out var result)) return;
        var pending = !result.Buffer.IsEmpty;
        Transport.Input.AdvanceTo(result.Buffer.Start);
        if (pending)
            throw new PgException(SqlStates.ProtocolViolation, "received unencrypted data after SSL request", Reach.Connection)
            {
                Detail = "This could be either a client-software bug or evidence of an attempted man-in-the-middle attack.",
            };
    }

    public void UseTls(IDuplexPipe secured, Encryption encryption, byte[] channelBinding)
    {
        Transport = secured;
        Encryption = encryption;
        ChannelBinding = channelBinding;
    }

    private async ValueTask<ReadResult> Read(CancellationToken deadline)
    {
        var result = await Transport.Input.ReadAsync(deadline).ConfigureAwait(false);

        // Off the thread that watches the sockets: what follows may take its time.
        await Task.Yield();
        return result;
    }
}
