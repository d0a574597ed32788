namespace Gateway.Types;

/// <summary>uuid: 16 bytes; reads braces, upper case and a hyphen after any group of four digits.</summary>
public sealed class UuidCodec() : BytesCodec(Oids.Uuid)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        output.Hex(value[..4]);
        for (var i = 4; i < 10; i += 2)
        {
            output.Byte((byte)'-');
            output.Hex(value.Slice(i, 2));
        }

        output.Byte((byte)'-');
        output.Hex(value[10..]);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        var rest = text;
        if (rest.Length > 1 && rest[0] == '{' && rest[^1] == '}') rest = rest[1..^1];
        Span<byte> value = stackalloc byte[16];
        var at = 0;
        for (var i = 0; i < 16; i++)
        {
            if (at + 1 >= rest.Length) throw PgException.InvalidText("uuid", text);
            int high = Ascii.HexValue(rest[at]), low = Ascii.HexValue(rest[at + 1]);
            if (high < 0 || low < 0) throw PgException.InvalidText("uuid", text);
            value[i] = (byte)((high << 4) | low);
            at += 2;
            if (i % 2 == 1 && i < 15 && at < rest.Length && rest[at] == '-') at++;
        }

        if (at != rest.Length) throw PgException.InvalidText("uuid", text);
        carrier.Bytes(value);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => carrier.Bytes(data.Exactly(16));
}
