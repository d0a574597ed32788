using System.Buffers.Binary;
using System.Globalization;

namespace Gateway.Types;

/// <summary>pgvector's vector: <c>[1,2.5,3]</c>, float4 elements. (VectorCodec is that of int2vector and oidvector.)</summary>
/// <remarks>
/// Binary: Int16 dimensions, Int16 0, then the elements as float4, all big-endian. The carrier is this form: it is a third
/// of the text, goes to the wire and into arrays as it is, and a function gets its floats by one vectorised reversal of
/// bytes, where text would be parsed for every row and every distance. Format, limits and errors: pgvector 0.8, vector.c.
/// </remarks>
public sealed class EmbeddingCodec() : BytesCodec(Oids.Vector)
{
    public const int MaxDimensions = 16000;

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
        var rest = Ascii.TrimStart(text);
        if (rest.IsEmpty || rest[0] != '[') throw Invalid(text, "Vector contents must start with \"[\".");
        rest = Ascii.TrimStart(rest[1..]);
        if (!rest.IsEmpty && rest[0] == ']') throw TooFew();
        var start = carrier.Length;
        carrier.Int32(0);
        for (var count = 1; ; count++)
        {
            if (count > MaxDimensions) throw TooMany();
            carrier.Int32(BitConverter.SingleToInt32Bits(Element(ref rest, text)));
            if (rest.IsEmpty || rest[0] is not ((byte)',' or (byte)']')) throw Invalid(text);
            var last = rest[0] == ']';
            rest = rest[1..];
            if (!last) continue;
            if (!Ascii.Trim(rest).IsEmpty) throw Invalid(text, "Junk after closing right brace.");
            carrier.PatchInt32(start, count << 16);
            return;
        }
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

    public static void RequireDimensions(int count)
    {
        if (count < 1) throw TooFew();
        if (count > MaxDimensions) throw TooMany();
    }

    public static float RequireFinite(float element)
    {
        if (float.IsFinite(element)) return element;
        throw new PgException(SqlStates.DataException, float.IsNaN(element) ? "NaN not allowed in vector" : "infinite value not allowed in vector");
    }

    public static PgException Unexpected(int expected, int dimensions) =>
        new(SqlStates.DataException, $"expected {expected} dimensions, not {dimensions}");

    /// <summary>Reads one element and the white space around it.</summary>
    private static float Element(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        rest = Ascii.TrimStart(rest);
        var end = 0;
        while (end < rest.Length && rest[end] is not ((byte)',' or (byte)']') && !Ascii.IsSpace(rest[end])) end++;
        var number = rest[..end];
        rest = Ascii.TrimStart(rest[end..]);
        if (!FloatText.TryParseFloat4(number, out var value)) throw Invalid(text);
        if (float.IsInfinity(value) && number.ContainsAnyInRange((byte)'0', (byte)'9'))
            throw new PgException(SqlStates.NumericValueOutOfRange, $"\"{Ascii.String(number)}\" is out of range for type vector");
        return RequireFinite(value);
    }

    private static PgException Invalid(ReadOnlySpan<byte> text, string? detail = null) =>
        new(SqlStates.InvalidTextRepresentation, $"invalid input syntax for type vector: \"{Ascii.String(text)}\"") { Detail = detail };

    private static PgException TooFew() => new(SqlStates.DataException, "vector must have at least 1 dimension");

    private static PgException TooMany() => new(
        SqlStates.ProgramLimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"vector cannot have more than {MaxDimensions} dimensions"));
}
