namespace Gateway.Types;

/// <summary>One value between text and the form it has inside an array or record, whatever its codec.</summary>
internal static class ElementForm
{
    public static void TextToBinary(Codec codec, ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter output)
    {
        switch (codec)
        {
            case Int64Codec c: c.EncodeElement(c.DecodeText(text, settings), output); break;
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
            case Int64Codec c: c.DecodeElement(data); break;
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
            case Int64Codec c: c.EncodeText(c.DecodeElement(data), settings, output); break;
            case Float64Codec c: c.EncodeText(c.DecodeBinary(data), settings, output); break;
            case SpanCodec c:
                var carrier = Scratch.Rent();
                c.DecodeBinary(data, carrier);
                c.EncodeText(carrier.WrittenSpan, settings, output);
                Scratch.Return(carrier);
                break;
        }
    }

    /// <summary>Whether the form inside a carrier is another than on the wire: enums, and what may hold enums.</summary>
    public static bool Differs(Codec codec) => codec is EnumCodec || (codec is ArrayCodec array && Differs(array.Element)) || codec is RecordCodec { Types.IsEmpty: false };

    public static void ToWire(Codec codec, ReadOnlySpan<byte> element, ByteWriter output)
    {
        switch (codec)
        {
            case EnumCodec c: c.EncodeBinary(c.DecodeElement(element), output); break;
            case ArrayCodec or RecordCodec: ((SpanCodec)codec).EncodeBinary(element, output); break;
            default: output.Bytes(element); break;
        }
    }

    /// <exception cref="PgException">22P03 and the like when the value is malformed.</exception>
    public static void FromWire(Codec codec, ReadOnlySpan<byte> data, ByteWriter output)
    {
        switch (codec)
        {
            case EnumCodec c: c.EncodeElement(c.DecodeBinary(data), output); break;
            case ArrayCodec or RecordCodec: ((SpanCodec)codec).DecodeBinary(data, output); break;
            default:
                Check(codec, data);
                output.Bytes(data);
                break;
        }
    }
}
