using System.Text;

namespace Gateway.Types;

/// <summary>bit and varbit: carried as their digits; binary is the number of bits and the bits, left-aligned.</summary>
public sealed class BitCodec(uint oid) : TextCodec(oid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        output.Int32(value.Length);
        for (var i = 0; i < value.Length; i += 8)
        {
            var bits = 0;
            for (var j = i; j < i + 8; j++) bits = (bits << 1) | (j < value.Length ? value[j] - '0' : 0);
            output.Byte((byte)bits);
        }
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        var isHex = text.Length > 0 && text[0] is (byte)'x' or (byte)'X';
        var digits = isHex || (text.Length > 0 && text[0] is (byte)'b' or (byte)'B') ? text[1..] : text;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = isHex ? Ascii.HexValue(digits[i]) : digits[i] is (byte)'0' or (byte)'1' ? digits[i] - '0' : -1;
            if (value < 0)
            {
                Rune.DecodeFromUtf8(digits[i..], out var rune, out _);
                throw new PgException(SqlStates.InvalidTextRepresentation, $"\"{rune}\" is not a valid {(isHex ? "hexadecimal" : "binary")} digit");
            }

            for (var bit = isHex ? 3 : 0; bit >= 0; bit--) carrier.Byte((byte)('0' + ((value >> bit) & 1)));
        }
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var length = BinaryForm.NextInt32(ref data);
        if (length < 0) throw BinaryForm.Invalid("invalid length in external bit string");
        data.Exactly((int)((length + 7L) / 8));
        for (var i = 0; i < length; i++) carrier.Byte((byte)('0' + ((data[i / 8] >> (7 - (i % 8))) & 1)));
    }
}
