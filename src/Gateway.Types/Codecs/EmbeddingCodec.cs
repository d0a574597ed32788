using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>pgvector's vector: <c>[1,2.5,3]</c>, float4 elements. (VectorCodec is that of int2vector and oidvector.)</summary>
/// <remarks>
/// Binary: Int16 dimensions, Int16 0, then the elements as float4, all big-endian. The carrier is this form: it is a third
/// of the text, goes to the wire and into arrays as it is, and a function gets its floats by one vectorised reversal of
/// bytes, where text would be parsed for every row and every distance. Format, limits and errors: pgvector 0.8, vector.c.
/// </remarks>
public sealed class EmbeddingCodec() : BytesCodec(Oids.Vector)
{
    public const int MaxDimensions = VectorText.MaxDimensions;

    private const string Type = "vector";

    /// <summary>Bytes before the first element.</summary>
    public const int HeaderLength = 4;

    public static int Dimensions(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt16BigEndian(value);

    /// <summary>Appends a vector's carrier.</summary>
    /// <exception cref="PgException">22000 without elements, or for one that is no finite number; 54000 above 16000 of them.</exception>
    public static void Write(ReadOnlySpan<float> elements, ByteWriter carrier)
    {
        RequireDimensions(elements.Length);
        carrier.Int16((short)elements.Length);
        carrier.Int16(0);
        foreach (var element in elements) carrier.Int32(BitConverter.SingleToInt32Bits(RequireFinite(element)));
    }

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        output.Byte((byte)'[');
        for (var at = HeaderLength; at < value.Length; at += 4)
        {
            if (at > HeaderLength) output.Byte((byte)',');

            // Always the shortest exact digits: pgvector does not ask extra_float_digits.
            FloatText.WriteFloat4(BinaryPrimitives.ReadSingleBigEndian(value[at..]), 1, output);
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
            if (float.IsInfinity(value) && number.ContainsAnyInRange((byte)'0', (byte)'9')) throw VectorText.OutOfRange(number, Type);
            carrier.Int32(BitConverter.SingleToInt32Bits(RequireFinite(value)));
        });
        carrier.PatchInt32(start, ((carrier.Length - start - HeaderLength) / sizeof(float)) << 16);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var rest = data;
        var dimensions = BinaryForm.NextInt16(ref rest);
        var unused = BinaryForm.NextInt16(ref rest);
        RequireDimensions(dimensions);
        if (unused != 0) throw new PgException(SqlStates.DataException, $"expected unused to be 0, not {unused}");
        if (rest.Length > dimensions * 4) throw BinaryForm.Invalid("incorrect binary data format");
        for (var i = 0; i < dimensions; i++) RequireFinite(BitConverter.Int32BitsToSingle(BinaryForm.NextInt32(ref rest)));
        carrier.Bytes(data);
    }

    public static void RequireDimensions(int count) => VectorText.RequireDimensions(count, Type);

    public static float RequireFinite(float element) => VectorText.RequireFinite(element, Type);

    public static PgException Unexpected(int expected, int dimensions) =>
        new(SqlStates.DataException, $"expected {expected} dimensions, not {dimensions}");
}
