namespace Gateway.Types;

/// <summary>One value between text and binary form, whatever its codec: the elements of arrays and records.</summary>
internal static class ElementForm
{
    public static void TextToBinary(Codec codec, ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter output)
    {
        switch (codec)
        {
            case Int64Codec c: c.EncodeBinary(c.DecodeText(text, settings), output); break;
            case Float64Codec c: c.EncodeBinary(c.DecodeText(text, settings), output); break;
            case SpanCodec c:
                var carrier = Scratch.Rent();
                c.DecodeText(text, settings, carrier);
                c.EncodeBinary(carrier.WrittenSpan, output);
                Scratch.Return(carrier);
                break;
        }
    }

    /// <exception cref="PgException">22P03 and the like when the value is malformed.</exception>
    public static void Check(Codec codec, ReadOnlySpan<byte> data)
    {
        switch (codec)
        {
            case Int64Codec c: c.DecodeBinary(data); break;
            case Float64Codec c: c.DecodeBinary(data); break;
            case SpanCodec c:
                var carrier = Scratch.Rent();
                c.DecodeBinary(data, carrier);
                Scratch.Return(carrier);
                break;
        }
    }

    public static void BinaryToText(Codec codec, ReadOnlySpan<byte> data, FormatSettings settings, ByteWriter output)
    {
        switch (codec)
        {
            case Int64Codec c: c.EncodeText(c.DecodeBinary(data), settings, output); break;
            case Float64Codec c: c.EncodeText(c.DecodeBinary(data), settings, output); break;
            case SpanCodec c:
                var carrier = Scratch.Rent();
                c.DecodeBinary(data, carrier);
                c.EncodeText(carrier.WrittenSpan, settings, output);
                Scratch.Return(carrier);
                break;
        }
    }
}
