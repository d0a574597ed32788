using System.Buffers;
using Gateway.Types;

namespace Gateway.Protocol.Wire;

/// <summary>One whole message: its code and its body, still in the buffer it arrived in.</summary>
public readonly struct Frame(byte code, ReadOnlySequence<byte> body)
{
    public byte Code => code;

    public ReadOnlySequence<byte> Body => body;

    /// <summary>The body in one piece; copied into <paramref name="scratch"/> only when it lies in several segments.</summary>
    /// <remarks>Valid until the buffer is advanced or <paramref name="scratch"/> is written again.</remarks>
    public ReadOnlySpan<byte> Span(ByteWriter scratch)
    {
        if (body.IsSingleSegment) return body.FirstSpan;

        scratch.Clear();
        body.CopyTo(scratch.Take(checked((int)body.Length)));
        return scratch.WrittenSpan;
    }

    /// <summary>The same without a scratch buffer: a body in several segments becomes a new array.</summary>
    public ReadOnlySpan<byte> Span() => body.IsSingleSegment ? body.FirstSpan : body.ToArray();
}
