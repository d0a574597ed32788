using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>pg_lsn: two hexadecimal halves, <c>16/B374D848</c>.</summary>
public sealed class LsnCodec() : Int64Codec(Oids.PgLsn)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output)
    {
        Half((uint)(value >> 32), output);
        output.Byte((byte)'/');
        Half((uint)value, output);
    }

    public override void EncodeBinary(long value, ByteWriter output) => output.Int64(value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings)
    {
        var slash = text.IndexOf((byte)'/');
        return slash > 0 && TryHalf(text[..slash], out var high) && TryHalf(text[(slash + 1)..], out var low)
            ? (long)(((ulong)high << 32) | low)
            : throw PgException.InvalidText("pg_lsn", text);
    }

    public override long DecodeBinary(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8));

    private static void Half(uint value, ByteWriter output)
    {
        value.TryFormat(output.GetSpan(8), out var written, "X");
        output.Advance(written);
    }

    private static bool TryHalf(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        if (text.Length is 0 or > 8) return false;
        foreach (var b in text)
        {
            var digit = Ascii.HexValue(b);
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }

        return true;
    }
}
