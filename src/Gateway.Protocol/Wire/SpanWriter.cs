using System.Buffers.Binary;
using System.Text;

namespace Gateway.Protocol.Wire;

/// <summary>Writes one message into a span that is exactly as long as the message.</summary>
public ref struct SpanWriter(Span<byte> target)
{
    private Span<byte> _rest = target;

    public readonly bool IsFull => _rest.IsEmpty;

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    public void Bytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void CString(scoped ReadOnlySpan<byte> value)
    {
        Bytes(UpToNul(value));
        Byte(0);
    }

    public void CString(string value)
    {
        Text(value);
        Byte(0);
    }

    /// <summary>The text alone, for the first part of a string.</summary>
    public void Text(string value) => _rest = _rest[Encoding.UTF8.GetBytes(UpToNul(value), _rest)..];

    /// <summary>How many elements a list has; 16 bits are all the protocol has for it.</summary>
    public void Count(int count) => UInt16(checked((ushort)count));

    /// <summary>How many bytes <see cref="CString(string)"/> takes, the NUL included.</summary>
    public static int SizeOf(string value) => Encoding.UTF8.GetByteCount(UpToNul(value)) + 1;

    /// <summary>How many bytes <see cref="CString(ReadOnlySpan{byte})"/> takes, the NUL included.</summary>
    public static int SizeOf(ReadOnlySpan<byte> value) => UpToNul(value).Length + 1;

    // A NUL ends a string on the wire: what follows it would be read as the next field.
    private static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> value) =>
        value.IndexOf((byte)0) is >= 0 and var end ? value[..end] : value;

    private static ReadOnlySpan<char> UpToNul(string value) =>
        value.IndexOf('\0') is >= 0 and var end ? value.AsSpan(0, end) : value;

    private Span<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
