namespace Gateway.Types;

/// <summary>interval: the carrier is the binary form.</summary>
public sealed class IntervalCodec() : BytesCodec(Oids.Interval)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output) =>
        IntervalText.Write(PgInterval.Read(value), settings, output);

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier) =>
        IntervalInput.Parse(text, settings).Write(carrier);

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier) => carrier.Bytes(data.Exactly(16));
}
