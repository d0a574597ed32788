using Gateway.Protocol.Wire;

namespace Gateway.Protocol.Messages;

/// <summary>A value or NULL, which an empty span alone could not tell apart.</summary>
/// <remarks>Int32 length, -1 for NULL | the bytes.</remarks>
public readonly ref struct WireValue : IReadable<WireValue>
{
    private readonly bool _isPresent;

    public WireValue(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        _isPresent = true;
    }

    public static WireValue Null => default;

    public bool IsNull => !_isPresent;

    /// <summary>The value, empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    internal int Size => sizeof(int) + Bytes.Length;

    public static WireValue Read(scoped ref SpanReader body) =>
        body.Int32() is var length && length == -1 ? Null : new WireValue(body.Bytes(length));

    internal void WriteTo(ref SpanWriter body)
    {
        body.Int32(IsNull ? -1 : Bytes.Length);
        body.Bytes(Bytes);
    }
}
