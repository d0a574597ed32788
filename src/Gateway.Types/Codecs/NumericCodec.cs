namespace Gateway.Types;

/// <summary>numeric: carried as the canonical text.</summary>
public sealed class NumericCodec() : TextCodec(Oids.Numeric)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) => output.Bytes(value);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => NumericText.ToBinary(value, output);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        NumericText.Canonicalize(text, carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => NumericText.FromBinary(data, carrier);
}
