namespace Gateway.Types;

/// <summary>json: checked, and kept as given.</summary>
public sealed class JsonCodec() : StringCodec(Oids.Json)
{
    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        RequireUtf8(text);
        JsonSyntax.Validate(text);
        carrier.Bytes(text);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => DecodeText(data, FormatSettings.Default, carrier);
}

/// <summary>jsonb: carried in its canonical text; the binary form is a version byte, 1, in front of that.</summary>
public sealed class JsonbCodec() : TextCodec(Oids.Jsonb)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        output.Byte(1);
        output.Bytes(value);
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        StringCodec.RequireUtf8(text);
        JsonbText.Canonicalize(text, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        if (data.IsEmpty) throw BinaryForm.Invalid("insufficient data left in message");
        if (data[0] != 1) throw new PgException(SqlStates.InternalError, $"unsupported jsonb version number {data[0]}");
        DecodeText(data[1..], FormatSettings.Default, carrier);
    }
}
