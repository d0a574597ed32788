using System.Buffers.Binary;
using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Wire;

/// <summary>Reads one message body. Every span it hands out points into that body: copy what must outlive it.</summary>
/// <remarks>
/// A body that does not hold what its message promises is 08P01 with reach <see cref="Reach.Statement"/>: the frame was
/// whole, so the next message can still be found (PostgreSQL says ERROR here, not FATAL).
/// </remarks>
public ref struct SpanReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly int Remaining => _rest.Length;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Whether a NUL is still ahead.</summary>
    public readonly bool HasCString => _rest.Contains((byte)0);

    public byte Byte() => Bytes(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Bytes(sizeof(short)));

    /// <summary>A count: the documentation writes Int16, PostgreSQL and its drivers use all 16 bits.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(sizeof(ushort)));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Bytes(sizeof(int)));

    /// <summary>An object identifier.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(sizeof(uint)));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length) throw Malformed("insufficient data left in message");
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Everything that is left.</summary>
    public ReadOnlySpan<byte> Rest()
    {
        var bytes = _rest;
        _rest = default;
        return bytes;
    }

    /// <summary>The bytes before the next NUL, whatever they are; the NUL is consumed.</summary>
    public ReadOnlySpan<byte> CString()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0) throw Malformed("invalid string in message");
        var bytes = _rest[..end];
        _rest = _rest[(end + 1)..];
        return bytes;
    }

    /// <summary>The bytes before the next NUL, which must be UTF-8 (22021 otherwise).</summary>
    public ReadOnlySpan<byte> Utf8()
    {
        var bytes = CString();
        Encodings.RequireUtf8(bytes);
        return bytes;
    }

    /// <summary>The same as a string: for messages that are not on the hot path.</summary>
    public string String() => Encoding.UTF8.GetString(Utf8());

    /// <summary>The count of a list whose entries take at least <paramref name="entrySize"/> bytes each.</summary>
    /// <remarks>Checked against the body here, so that no list is ever allocated for entries that cannot be there.</remarks>
    public int Count(int entrySize)
    {
        var count = UInt16();
        if (count * entrySize > _rest.Length) throw Malformed("insufficient data left in message");
        return count;
    }

    /// <summary>Refuses a body that is longer than its message.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty) throw Malformed("invalid message format");
    }

    internal static PgException Malformed(string what) => new(SqlStates.ProtocolViolation, what);
}
