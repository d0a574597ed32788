namespace Gateway.Types;

/// <summary>Reads and prints the text form of ranges (manual, 8.17.5).</summary>
public static class RangeText
{
    /// <exception cref="PgException">22P02, or what the element's type says of a bound.</exception>
    public static RangeValue Read(ReadOnlySpan<byte> text, RangeElement element, FormatSettings settings)
    {
        var rest = Ascii.TrimStart(text);
        if (Ascii.StartsWith(rest, "empty"u8))
            return Ascii.TrimStart(rest[5..]).IsEmpty ? RangeValue.Empty : throw Malformed(text, "Junk after \"empty\" key word.");
        if (rest is not [(byte)'[' or (byte)'(', ..]) throw Malformed(text, "Missing left parenthesis or bracket.");
        var lowerInclusive = rest[0] == '[';
        rest = rest[1..];
        var lower = Bound(ref rest, text);
        if (rest[0] != ',') throw Malformed(text, "Missing comma after lower bound.");
        rest = rest[1..];
        var upper = Bound(ref rest, text);
        if (rest[0] == ',') throw Malformed(text, "Too many commas.");
        var upperInclusive = rest[0] == ']';
        if (!Ascii.TrimStart(rest[1..]).IsEmpty) throw Malformed(text, "Junk after right parenthesis or bracket.");
        return RangeValue.Of(
            element,
            new RangeBound(Canonical(lower, element, settings), lowerInclusive),
            new RangeBound(Canonical(upper, element, settings), upperInclusive));
    }

    /// <exception cref="PgException">22P02.</exception>
    public static List<RangeValue> ReadMany(ReadOnlySpan<byte> text, RangeElement element, FormatSettings settings)
    {
        var rest = Ascii.TrimStart(text);
        if (rest is not [(byte)'{', ..]) throw MalformedMany(text, "Missing left brace.");
        rest = Ascii.TrimStart(rest[1..]);
        var ranges = new List<RangeValue>();
        var first = true;
        while (rest is not [(byte)'}', ..])
        {
            if (!first)
            {
                if (rest.IsEmpty) throw MalformedMany(text, "Unexpected end of input.");
                if (rest[0] != ',') throw MalformedMany(text, "Expected comma or end of multirange.");
                rest = Ascii.TrimStart(rest[1..]);
            }

            first = false;
            if (rest.IsEmpty) throw MalformedMany(text, "Unexpected end of input.");
            var length = Length(rest);
            if (length == 0) throw MalformedMany(text, rest[0] is (byte)'[' or (byte)'(' ? "Unexpected end of input." : "Expected range start.");
            ranges.Add(Read(rest[..length], element, settings));
            rest = Ascii.TrimStart(rest[length..]);
        }

        return Ascii.TrimStart(rest[1..]).IsEmpty
            ? RangeValue.Merge(element, ranges)
            : throw MalformedMany(text, "Junk after closing right brace.");
    }

    public static void Print(RangeValue range, RangeElement element, FormatSettings settings, ByteWriter output)
    {
        if (range.IsEmpty)
        {
            output.Bytes("empty"u8);
            return;
        }

        output.Byte(range.Lower.IsInclusive ? (byte)'[' : (byte)'(');
        PrintBound(range.Lower.Value, element, settings, output);
        output.Byte((byte)',');
        PrintBound(range.Upper.Value, element, settings, output);
        output.Byte(range.Upper.IsInclusive ? (byte)']' : (byte)')');
    }

    public static void PrintMany(List<RangeValue> ranges, RangeElement element, FormatSettings settings, ByteWriter output)
    {
        output.Byte((byte)'{');
        for (var i = 0; i < ranges.Count; i++)
        {
            if (i > 0) output.Byte((byte)',');
            Print(ranges[i], element, settings, output);
        }

        output.Byte((byte)'}');
    }

    /// <summary>The element's text in the default settings.</summary>
    private static byte[]? Canonical(byte[]? bound, RangeElement element, FormatSettings settings)
    {
        if (bound is null) return null;
        using var binary = new ByteWriter();
        using var text = new ByteWriter();
        ElementForm.TextToBinary(element.Codec, bound, settings, binary);
        ElementForm.BinaryToText(element.Codec, binary.WrittenSpan, FormatSettings.Default, text);
        return text.WrittenSpan.ToArray();
    }

    private static byte[]? Bound(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        if (rest is [(byte)',' or (byte)')' or (byte)']', ..]) return null;
        using var bound = new ByteWriter();
        var quoted = false;
        while (true)
        {
            if (rest.IsEmpty) throw Malformed(text, "Unexpected end of input.");
            var b = rest[0];
            if (!quoted && b is (byte)',' or (byte)')' or (byte)']' && !quoted) return bound.WrittenSpan.ToArray();
            rest = rest[1..];
            if (b == '\\')
            {
                if (rest.IsEmpty) throw Malformed(text, "Unexpected end of input.");
                bound.Byte(rest[0]);
                rest = rest[1..];
            }
            else if (b == '"' && quoted && rest is [(byte)'"', ..])
            {
                bound.Byte(b);
                rest = rest[1..];
            }
            else if (b == '"')
            {
                quoted = !quoted;
            }
            else
            {
                bound.Byte(b);
            }
        }
    }

    /// <summary>How far the range at the front goes; 0 when it has no end.</summary>
    private static int Length(ReadOnlySpan<byte> text)
    {
        if (Ascii.StartsWith(text, "empty"u8)) return 5;
        if (text[0] is not ((byte)'[' or (byte)'(')) return 0;
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && text[i] is (byte)']' or (byte)')' && !quoted) return i + 1;
        }

        return 0;
    }

    private static void PrintBound(byte[]? bound, RangeElement element, FormatSettings settings, ByteWriter output)
    {
        if (bound is null) return;
        ReadOnlySpan<byte> text = bound;
        using var other = new ByteWriter();
        if (!element.IsPlain && !ReferenceEquals(settings, FormatSettings.Default))
        {
            using var binary = new ByteWriter();
            ElementForm.TextToBinary(element.Codec, bound, FormatSettings.Default, binary);
            ElementForm.BinaryToText(element.Codec, binary.WrittenSpan, settings, other);
            text = other.WrittenSpan;
        }

        var quote = text.IsEmpty || text.IndexOfAny("\"\\()[], \t\n\r\v\f"u8) >= 0;
        if (quote) output.Byte((byte)'"');
        foreach (var b in text)
        {
            if (b is (byte)'"' or (byte)'\\') output.Byte(b);
            output.Byte(b);
        }

        if (quote) output.Byte((byte)'"');
    }

    private static PgException Malformed(ReadOnlySpan<byte> text, string detail) =>
        new(SqlStates.InvalidTextRepresentation, $"malformed range literal: \"{Ascii.String(text)}\"") { Detail = detail };

    private static PgException MalformedMany(ReadOnlySpan<byte> text, string detail) =>
        new(SqlStates.InvalidTextRepresentation, $"malformed multirange literal: \"{Ascii.String(text)}\"") { Detail = detail };
}
