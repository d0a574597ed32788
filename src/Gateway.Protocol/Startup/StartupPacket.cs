using System.Buffers;
using System.Diagnostics;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Startup;

/// <summary>What a connection begins with, before messages have codes.</summary>
/// <remarks>
/// Int32 length | Int32 version or request code | the rest. Request codes have a major version of 1234, which no
/// protocol will ever have. Every error here is the end of the connection.
/// </remarks>
public abstract record StartupPacket
{
    // 10 000 is MAX_STARTUP_PACKET_LENGTH in PostgreSQL's pqcomm.h; the length itself is not part of it.
    public const int MaxBody = 10_000;

    private const int MinBody = sizeof(int);

    /// <summary>The size of what <see cref="WriteBody"/> writes, the version or request code included.</summary>
    public abstract int BodyLength { get; }

    public abstract void WriteBody(ref SpanWriter body);

    /// <summary>Takes one whole packet from the buffer, or leaves the buffer alone.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StartupPacket? packet)
    {
        packet = null;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadBigEndian(out int length)) return false;

        // Decided on the length alone: a hostile one must not make us wait for, or hold, its bytes.
        if (length < sizeof(int) + MinBody || length > sizeof(int) + MaxBody)
            throw PgException.Protocol("invalid length of startup packet");

        if (!reader.TryReadExact(length - sizeof(int), out var body)) return false;
        packet = Read(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        buffer = reader.UnreadSequence;
        return true;
    }

    /// <summary>Reads a packet from its body.</summary>
    public static StartupPacket Read(ReadOnlySpan<byte> body)
    {
        var reader = new SpanReader(body);
        var number = reader.Int32();
        return number switch
        {
            SslRequest.RequestCode when reader.IsAtEnd => new SslRequest(),
            GssEncRequest.RequestCode when reader.IsAtEnd => new GssEncRequest(),
            SslRequest.RequestCode or GssEncRequest.RequestCode => throw PgException.Protocol("invalid length of startup packet"),
            CancelRequest.RequestCode => CancelRequest.Read(ref reader),
            _ => StartupMessage.Read(new ProtocolVersion(number), ref reader),
        };
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        var length = sizeof(int) + BodyLength;
        var writer = new SpanWriter(output.GetSpan(length)[..length]);
        writer.Int32(length);
        WriteBody(ref writer);
        Debug.Assert(writer.IsFull, $"{GetType().Name}: BodyLength and WriteBody disagree");
        output.Advance(length);
    }
}
