using System.Globalization;

namespace Gateway.Types;

/// <summary>What the text forms of pgvector's vector and halfvec share: <c>[1,2.5,3]</c>, limits and errors.</summary>
internal static class VectorText
{
    public const int MaxDimensions = 16000;

    /// <param name="number">As it is written, without white space.</param>
    public delegate void Append(float value, ReadOnlySpan<byte> number, ByteWriter carrier);

    public static void Read(ReadOnlySpan<byte> text, string type, ByteWriter carrier, Append append)
    {
        var rest = Ascii.TrimStart(text);
        if (rest.IsEmpty || rest[0] != '[') throw Invalid(text, type, "Vector contents must start with \"[\".");
        rest = Ascii.TrimStart(rest[1..]);
        if (!rest.IsEmpty && rest[0] == ']') throw TooFew(type);
        for (var count = 1; ; count++)
        {
            if (count > MaxDimensions) throw TooMany(type);
            rest = Ascii.TrimStart(rest);
            var end = 0;
            while (end < rest.Length && rest[end] is not ((byte)',' or (byte)']') && !Ascii.IsSpace(rest[end])) end++;
            var number = rest[..end];
            rest = Ascii.TrimStart(rest[end..]);
            if (!FloatText.TryParseFloat4(number, out var value)) throw Invalid(text, type);
            append(value, number, carrier);
            if (rest.IsEmpty || rest[0] is not ((byte)',' or (byte)']')) throw Invalid(text, type);
            var last = rest[0] == ']';
            rest = rest[1..];
            if (!last) continue;
            if (!Ascii.Trim(rest).IsEmpty) throw Invalid(text, type, "Junk after closing right brace.");
            return;
        }
    }

    public static void RequireDimensions(int count, string type)
    {
        if (count < 1) throw TooFew(type);
        if (count > MaxDimensions) throw TooMany(type);
    }

    public static float RequireFinite(float element, string type)
    {
        if (float.IsFinite(element)) return element;
        throw new PgException(SqlStates.DataException, float.IsNaN(element) ? $"NaN not allowed in {type}" : $"infinite value not allowed in {type}");
    }

    public static PgException OutOfRange(ReadOnlySpan<byte> number, string type) =>
        new(SqlStates.NumericValueOutOfRange, $"\"{Ascii.String(number)}\" is out of range for type {type}");

    public static PgException Invalid(ReadOnlySpan<byte> text, string type, string? detail = null) =>
        new(SqlStates.InvalidTextRepresentation, $"invalid input syntax for type {type}: \"{Ascii.String(text)}\"") { Detail = detail };

    private static PgException TooFew(string type) => new(SqlStates.DataException, $"{type} must have at least 1 dimension");

    private static PgException TooMany(string type) => new(
        SqlStates.ProgramLimitExceeded,
        string.Create(CultureInfo.InvariantCulture, $"{type} cannot have more than {MaxDimensions} dimensions"));
}
