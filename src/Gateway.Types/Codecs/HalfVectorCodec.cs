using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>pgvector's halfvec: <c>[1,2.5,3]</c> with elements of half precision (IEEE 754 binary16).</summary>
/// <remarks>
/// Binary: Int16 dimensions, Int16 0, then the elements, two bytes each, all big-endian; the carrier is this form. An element
/// prints as the float4 it is. Format, limits and errors: pgvector 0.8, README and tests of halfvec.
/// </remarks>
public sealed class HalfVectorCodec() : BytesCodec(Oids.Halfvec)
{
    /// <summary>Bytes before the first element.</summary>
    public const int HeaderLength = 4;

    private const string Type = "halfvec";

    public static int Dimensions(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt16BigEndian(value);

    public static float Element(ReadOnlySpan<byte> value, int i) => (float)BinaryPrimitives.ReadHalfBigEndian(value[(HeaderLength + (i * 2))..]);

    /// <summary>Begins a carrier, to which the elements are to be appended.</summary>
    /// <exception cref="PgException">22000 without elements, 54000 above 16000 of them.</exception>
    public static ByteWriter Start(ByteWriter carrier, int dimensions)
    {
        VectorText.RequireDimensions(dimensions, Type);
        carrier.Int16((short)dimensions);
        carrier.Int16(0);
        return carrier;
    }

    public static void Append(ByteWriter carrier, Half element) => carrier.Int16(BitConverter.HalfToInt16Bits(element));

    /// <summary>Rounds to half precision, half to even.</summary>
    /// <exception cref="PgException">22000 for one that is no finite number, 22003 for one that is too large.</exception>
    public static Half Round(float element)
    {
        var half = (Half)VectorText.RequireFinite(element, Type);
        if (Half.IsFinite(half)) return half;
        using var number = new ByteWriter();
        FloatText.WriteFloat4(element, 1, number);
        throw VectorText.OutOfRange(number.WrittenSpan, Type);
    }

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        output.Byte((byte)'[');
        for (var i = 0; i < Dimensions(value); i++)
        {
            if (i > 0) output.Byte((byte)',');
            FloatText.WriteFloat4(Element(value, i), 1, output);
        }

        output.Byte((byte)']');
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        var start = carrier.Length;
        carrier.Int32(0);
        VectorText.Read(text, Type, carrier, static (value, number, carrier) =>
        {
            var isNumber = number.ContainsAnyInRange((byte)'0', (byte)'9');
            if (isNumber && !Half.IsFinite((Half)value)) throw VectorText.OutOfRange(number, Type);
            Append(carrier, (Half)VectorText.RequireFinite(value, Type));
        });
        carrier.PatchInt32(start, ((carrier.Length - start - HeaderLength) / 2) << 16);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var rest = data;
        var dimensions = BinaryForm.NextInt16(ref rest);
        var unused = BinaryForm.NextInt16(ref rest);
        VectorText.RequireDimensions(dimensions, Type);
        if (unused != 0) throw new PgException(SqlStates.DataException, $"expected unused to be 0, not {unused}");
        if (rest.Length > dimensions * 2) throw BinaryForm.Invalid("incorrect binary data format");
        for (var i = 0; i < dimensions; i++) VectorText.RequireFinite((float)BitConverter.Int16BitsToHalf(BinaryForm.NextInt16(ref rest)), Type);
        carrier.Bytes(data);
    }
}
