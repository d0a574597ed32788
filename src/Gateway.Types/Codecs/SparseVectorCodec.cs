using System.Buffers.Binary;
using System.Globalization;

namespace Gateway.Types;

/// <summary>pgvector's sparsevec: <c>{1:1.5,3:2}/5</c>, indices from 1, then the number of dimensions; elements that are 0 are left out.</summary>
/// <remarks>
/// Binary: Int32 dimensions, Int32 number of elements, Int32 0, the indices from 0 as Int32, the elements as float4, all
/// big-endian; the carrier is this form. Format, limits and errors: pgvector 0.8, README and tests of sparsevec.
/// </remarks>
public sealed class SparseVectorCodec() : BytesCodec(Oids.Sparsevec)
{
    public const int MaxDimensions = 1_000_000_000;

    /// <summary>Elements that are not 0.</summary>
    public const int MaxElements = 16000;

    private const int HeaderLength = 12;
    private const string Type = "sparsevec";

    public static int Dimensions(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value);

    public static int Count(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadInt32BigEndian(value[4..]);

    /// <summary>From 0.</summary>
    public static int Index(ReadOnlySpan<byte> value, int i) => BinaryPrimitives.ReadInt32BigEndian(value[(HeaderLength + (i * 4))..]);

    public static float Element(ReadOnlySpan<byte> value, int i) => BinaryPrimitives.ReadSingleBigEndian(value[(HeaderLength + ((Count(value) + i) * 4))..]);

    /// <summary>Appends a carrier.</summary>
    /// <param name="elements">In the order of their indices, from 0; those that are 0 are left out.</param>
    public static void Write(int dimensions, IReadOnlyList<(int Index, float Value)> elements, ByteWriter carrier)
    {
        RequireDimensions(dimensions);
        List<(int Index, float Value)> kept = [.. elements.Where(element => element.Value != 0)];
        if (kept.Count > MaxElements) throw TooManyElements();
        carrier.Int32(dimensions);
        carrier.Int32(kept.Count);
        carrier.Int32(0);
        foreach (var (index, _) in kept) carrier.Int32(index);
        foreach (var (_, value) in kept) carrier.Int32(BitConverter.SingleToInt32Bits(VectorText.RequireFinite(value, Type)));
    }

    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        output.Byte((byte)'{');
        for (var i = 0; i < Count(value); i++)
        {
            if (i > 0) output.Byte((byte)',');
            output.Decimal((ulong)(Index(value, i) + 1));
            output.Byte((byte)':');
            FloatText.WriteFloat4(Element(value, i), 1, output);
        }

        output.Bytes("}/"u8);
        output.Decimal((ulong)Dimensions(value));
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output) => output.Bytes(value);

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        var rest = Ascii.TrimStart(text);
        if (rest is not [(byte)'{', ..]) throw VectorText.Invalid(text, Type, "Vector contents must start with \"{\".");
        rest = Ascii.TrimStart(rest[1..]);
        if (text.Count((byte)',') + 1 > MaxElements) throw TooManyElements();
        var elements = new List<(int Index, float Value)>();
        if (rest is [(byte)'}', ..])
        {
            rest = rest[1..];
        }
        else
        {
            var more = true;
            while (more)
            {
                var index = Clamped(Word(ref rest, ":"u8), text);
                if (rest is not [(byte)':', ..]) throw VectorText.Invalid(text, Type);
                rest = rest[1..];
                var number = Word(ref rest, ",}"u8);
                if (rest.IsEmpty) throw VectorText.Invalid(text, Type);
                elements.Add(((int)Math.Max(index - 1, int.MinValue), Value(number, text)));
                more = rest[0] == ',';
                rest = rest[1..];
            }
        }

        rest = Ascii.TrimStart(rest);
        if (rest.IsEmpty) throw VectorText.Invalid(text, Type, "Unexpected end of input.");
        if (rest[0] != '/') throw VectorText.Invalid(text, Type);
        rest = Ascii.TrimStart(rest[1..]);
        var length = Digits(rest);
        if (length == 0) throw VectorText.Invalid(text, Type);
        var dimensions = (int)Clamped(rest[..length], text);
        if (!Ascii.TrimStart(rest[length..]).IsEmpty) throw VectorText.Invalid(text, Type, "Junk after closing.");
        RequireDimensions(dimensions);
        elements = [.. elements.Where(element => element.Value != 0).OrderBy(element => element.Index)];
        for (var i = 0; i < elements.Count; i++) RequireIndex(elements[i].Index, i == 0 ? -1 : elements[i - 1].Index, dimensions);
        Write(dimensions, elements, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        var rest = data;
        var (dimensions, count, unused) = (BinaryForm.NextInt32(ref rest), BinaryForm.NextInt32(ref rest), BinaryForm.NextInt32(ref rest));
        RequireDimensions(dimensions);
        if (count < 0) throw new PgException(SqlStates.DataException, "sparsevec cannot have negative number of elements");
        if (count > MaxElements) throw TooManyElements();
        if (count > dimensions) throw new PgException(SqlStates.DataException, "sparsevec cannot have more elements than dimensions");
        if (unused != 0) throw new PgException(SqlStates.DataException, $"expected unused to be 0, not {unused}");
        var last = -1;
        for (var i = 0; i < count; i++)
        {
            var index = BinaryForm.NextInt32(ref rest);
            RequireIndex(index, last, dimensions);
            last = index;
        }

        for (var i = 0; i < count; i++)
            if (VectorText.RequireFinite(BitConverter.Int32BitsToSingle(BinaryForm.NextInt32(ref rest)), Type) == 0)
                throw new PgException(SqlStates.DataException, "binary representation of sparsevec cannot contain zero values");
        if (!rest.IsEmpty) throw BinaryForm.Invalid("incorrect binary data format");
        carrier.Bytes(data);
    }

    public static void RequireDimensions(int count)
    {
        if (count < 1) throw new PgException(SqlStates.DataException, "sparsevec must have at least 1 dimension");
        if (count > MaxDimensions)
            throw new PgException(SqlStates.ProgramLimitExceeded, string.Create(CultureInfo.InvariantCulture, $"sparsevec cannot have more than {MaxDimensions} dimensions"));
    }

    private static void RequireIndex(int index, int before, int dimensions)
    {
        if (index < 0) throw new PgException(SqlStates.DataException, "sparsevec index out of bounds (< 1)");
        if (index >= dimensions) throw new PgException(SqlStates.DataException, "sparsevec index out of bounds (> dimensions)");
        if (index == before) throw new PgException(SqlStates.DataException, "sparsevec indices must not contain duplicates");
        if (index < before) throw new PgException(SqlStates.DataException, "sparsevec indices must be in ascending order");
    }

    private static float Value(ReadOnlySpan<byte> number, ReadOnlySpan<byte> text)
    {
        if (!FloatText.TryParseFloat4(number, out var value)) throw VectorText.Invalid(text, Type);
        var isNumber = number.ContainsAnyInRange((byte)'0', (byte)'9');
        if (isNumber && (float.IsInfinity(value) || (value == 0 && Mantissa(number).ContainsAnyInRange((byte)'1', (byte)'9')))) throw VectorText.OutOfRange(number, Type);
        return VectorText.RequireFinite(value, Type);
    }

    private static ReadOnlySpan<byte> Mantissa(ReadOnlySpan<byte> number) => number.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var at ? number[..at] : number;

    /// <summary>Up to one of the ends, without the white space around it.</summary>
    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> ends)
    {
        var end = rest.IndexOfAny(ends);
        var word = Ascii.Trim(end < 0 ? rest : rest[..end]);
        rest = end < 0 ? [] : rest[end..];
        return word;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var sign = text is [(byte)'-' or (byte)'+', ..] ? 1 : 0;
        var end = sign;
        while (end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9') end++;
        return end == sign ? 0 : end;
    }

    /// <summary>A whole number; one that is too large becomes the largest, one that is too small the smallest Int32.</summary>
    private static long Clamped(ReadOnlySpan<byte> number, ReadOnlySpan<byte> text)
    {
        if (number.IsEmpty || Digits(number) != number.Length) throw VectorText.Invalid(text, Type);
        return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Math.Clamp(value, int.MinValue, int.MaxValue)
            : number[0] == '-' ? int.MinValue : int.MaxValue;
    }

    private static PgException TooManyElements() => new(
        SqlStates.ProgramLimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"sparsevec cannot have more than {MaxElements} non-zero elements"));
}
