using System.Buffers;
using System.Diagnostics;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Protocol.Wire;

/// <summary>From bytes to messages and back. A message is Byte1 code | Int32 length | body.</summary>
public static class Frames
{
    /// <summary>Takes one whole message from the buffer, or leaves the buffer alone.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, int maxBody, out Frame frame)
    {
        frame = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var code) || !reader.TryReadBigEndian(out int length)) return false;

        // Refuse before waiting for the body: a hostile length must not make us hold its bytes.
        if (length < sizeof(int) || length - sizeof(int) > maxBody)
            throw PgException.Protocol($"invalid message length {length}");

        if (!reader.TryReadExact(length - sizeof(int), out var body)) return false;
        frame = new Frame(code, body);
        buffer = reader.UnreadSequence;
        return true;
    }

    /// <summary>Reads a message from its body, all of it: bytes left over are 08P01.</summary>
    public static T Read<T>(ReadOnlySpan<byte> body) where T : IReadable<T>, allows ref struct
    {
        var reader = new SpanReader(body);
        var message = T.Read(ref reader);
        reader.End();
        return message;
    }

    /// <summary>Writes a message with its header. Nothing is allocated: a struct behind a constraint is never boxed.</summary>
    public static void Write<T>(this IBufferWriter<byte> output, T message) where T : struct, IMessage, allows ref struct
    {
        var length = sizeof(int) + message.BodyLength;   // the length counts itself, not the code
        var writer = new SpanWriter(output.GetSpan(1 + length)[..(1 + length)]);
        writer.Byte(T.Code);
        writer.Int32(length);
        message.WriteBody(ref writer);
        Debug.Assert(writer.IsFull, $"{typeof(T).Name}: BodyLength and WriteBody disagree");
        output.Advance(1 + length);
    }
}
