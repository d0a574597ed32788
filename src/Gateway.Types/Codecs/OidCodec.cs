using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>oid, xid, cid and xid8: unsigned numbers of 4 or 8 bytes.</summary>
/// <remarks>Negative input wraps, as PostgreSQL lets it: <c>-1</c> is 4294967295.</remarks>
public sealed class OidCodec(uint oid, string name, int width = 4) : Int64Codec(oid)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) =>
        output.Decimal(width == 4 ? (uint)value : (ulong)value);

    public override void EncodeBinary(long value, ByteWriter output)
    {
        if (width == 4) output.Int32((int)(uint)value);
        else output.Int64(value);
    }

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) => Parse(text, name, width);

    public override long DecodeBinary(ReadOnlySpan<byte> data) => width == 4
        ? BinaryPrimitives.ReadUInt32BigEndian(data.Exactly(4))
        : BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8));

    internal static long Parse(ReadOnlySpan<byte> text, string name, int width)
    {
        var number = Ascii.Trim(text);
        var negative = false;
        var i = 0;
        if (number.Length > 0 && number[0] is (byte)'-' or (byte)'+') negative = number[i++] == (byte)'-';
        if (i == number.Length) throw PgException.InvalidText(name, text);
        ulong value = 0;
        var overflow = false;
        for (; i < number.Length; i++)
        {
            if (!Ascii.IsDigit(number[i])) throw PgException.InvalidText(name, text);
            var digit = (ulong)(number[i] - '0');
            if (value > (ulong.MaxValue - digit) / 10) overflow = true;
            else value = (value * 10) + digit;
        }

        if (width == 8 && !overflow) return negative ? -(long)value : (long)value;
        if (overflow || value > (negative ? 1UL << 31 : uint.MaxValue)) throw PgException.OutOfRange(name, Ascii.String(text));
        return (uint)(negative ? -(long)value : (long)value);
    }
}
