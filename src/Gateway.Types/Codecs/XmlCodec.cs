namespace Gateway.Types;

/// <summary>xml: well-formed content, kept as it was written; in both forms it goes out without its declaration.</summary>
public sealed class XmlCodec() : TextCodec(Oids.Xml)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => XmlText.Print(value, output);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => XmlText.Print(value, output);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        XmlText.Require(text, isDocument: false);
        carrier.Bytes(text);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        XmlText.Require(data, isDocument: false);
        XmlText.RequireUtf8(data);
        carrier.Bytes(data);
    }
}
