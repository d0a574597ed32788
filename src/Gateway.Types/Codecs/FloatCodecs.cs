using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>double precision.</summary>
public sealed class Float8Codec() : Float64Codec(Oids.Float8)
{
    public override void EncodeText(double value, FormatSettings settings, ByteWriter output) =>
        FloatText.WriteFloat8(value, settings.ExtraFloatDigits, output);

    public override void EncodeBinary(double value, ByteWriter output) =>

        // .NET's own NaN has the sign bit set, PostgreSQL's has not.
        output.Int64(double.IsNaN(value) ? 0x7FF8_0000_0000_0000 : BitConverter.DoubleToInt64Bits(value));

    public override double DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) => FloatText.ParseFloat8(text);

    public override double DecodeBinary(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadDoubleBigEndian(data.Exactly(8));
}

/// <summary>real: carried widened.</summary>
public sealed class Float4Codec() : Float64Codec(Oids.Float4)
{
    public override void EncodeText(double value, FormatSettings settings, ByteWriter output) =>
        FloatText.WriteFloat4((float)value, settings.ExtraFloatDigits, output);

    public override void EncodeBinary(double value, ByteWriter output) =>
        output.Int32(double.IsNaN(value) ? 0x7FC0_0000 : BitConverter.SingleToInt32Bits((float)value));

    public override double DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) => FloatText.ParseFloat4(text);

    public override double DecodeBinary(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadSingleBigEndian(data.Exactly(4));
}
