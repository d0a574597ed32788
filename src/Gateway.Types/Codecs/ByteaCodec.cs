using System.Text;

namespace Gateway.Types;

/// <summary>bytea: hex and escape form in, the session's bytea_output out.</summary>
public sealed class ByteaCodec() : BytesCodec(Oids.Bytea)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        if (settings.ByteaHex)
        {
            output.Bytes("\\x"u8);
            output.Hex(value);
            return;
        }

        foreach (var b in value)
        {
            if (b == '\\')
            {
                output.Bytes("\\\\"u8);
            }
            else if (b is >= 0x20 and <= 0x7e)
            {
                output.Byte(b);
            }
            else
            {
                output.Byte((byte)'\\');
                output.Byte((byte)('0' + (b >> 6)));
                output.Byte((byte)('0' + ((b >> 3) & 7)));
                output.Byte((byte)('0' + (b & 7)));
            }
        }
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        if (text.StartsWith("\\x"u8)) DecodeHex(text[2..], carrier);
        else DecodeEscaped(text, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => carrier.Bytes(data);

    private static void DecodeHex(ReadOnlySpan<byte> text, ByteWriter carrier)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r') continue;
            var high = Digit(text, i++);
            if (i == text.Length)
                throw new PgException(SqlStates.InvalidParameterValue, "invalid hexadecimal data: odd number of digits");
            carrier.Byte((byte)((high << 4) | Digit(text, i)));
        }
    }

    private static int Digit(ReadOnlySpan<byte> text, int at)
    {
        var value = Ascii.HexValue(text[at]);
        if (value >= 0) return value;
        Rune.DecodeFromUtf8(text[at..], out var rune, out _);
        throw new PgException(SqlStates.InvalidParameterValue, $"invalid hexadecimal digit: \"{rune}\"");
    }

    private static void DecodeEscaped(ReadOnlySpan<byte> text, ByteWriter carrier)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                carrier.Byte(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                carrier.Byte((byte)'\\');
                i++;
            }
            else if (i + 3 < text.Length && text[i + 1] is >= (byte)'0' and <= (byte)'3' && IsOctal(text[i + 2]) && IsOctal(text[i + 3]))
            {
                carrier.Byte((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                throw new PgException(SqlStates.InvalidTextRepresentation, "invalid input syntax for type bytea");
            }
        }
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';
}
