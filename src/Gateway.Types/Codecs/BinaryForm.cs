using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>Checks on values that arrive in binary form.</summary>
internal static class BinaryForm
{
    /// <exception cref="PgException">08P01 when the value is shorter than <paramref name="length"/> bytes, 22P03 when it is longer.</exception>
    public static ReadOnlySpan<byte> Exactly(this ReadOnlySpan<byte> data, int length) =>
        data.Length == length ? data : throw (data.Length < length ? Short() : Invalid("incorrect binary data format"));

    /// <summary>Cuts the next <paramref name="length"/> bytes off the front.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> data, int length)
    {
        if (length < 0 || data.Length < length) throw Short();
        var head = data[..length];
        data = data[length..];
        return head;
    }

    public static int NextInt32(ref ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt32BigEndian(Next(ref data, 4));

    public static short NextInt16(ref ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt16BigEndian(Next(ref data, 2));

    // PostgreSQL reads values with the reader of messages, whose complaint is this; the connection goes on.
    private static PgException Short() => new(SqlStates.ProtocolViolation, "insufficient data left in message");

    public static PgException Invalid(string message) => new(SqlStates.InvalidBinaryRepresentation, message);
}
