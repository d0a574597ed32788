using System.Text;

namespace Gateway.Types;

/// <summary>JSON in the one form jsonb has: keys by length, then bytes; the last of equal keys; numbers as numeric.</summary>
public static class JsonbText
{
    /// <summary>Appends the canonical form of a JSON text.</summary>
    /// <exception cref="PgException">22P02 with PostgreSQL's detail, 22P05 for \u0000.</exception>
    public static void Canonicalize(ReadOnlySpan<byte> text, ByteWriter output)
    {
        var syntax = new JsonSyntax(text, true);
        syntax.Next();
        Value(ref syntax, output, 0);
        syntax.RequireEnd();
    }

    /// <summary>Appends a text as a JSON string, escaped as PostgreSQL escapes.</summary>
    public static void WriteString(ReadOnlySpan<byte> text, ByteWriter output)
    {
        output.Byte((byte)'"');
        foreach (var b in text)
        {
            switch (b)
            {
                case (byte)'"': output.Bytes("\\\""u8); break;
                case (byte)'\\': output.Bytes("\\\\"u8); break;
                case (byte)'\b': output.Bytes("\\b"u8); break;
                case (byte)'\f': output.Bytes("\\f"u8); break;
                case (byte)'\n': output.Bytes("\\n"u8); break;
                case (byte)'\r': output.Bytes("\\r"u8); break;
                case (byte)'\t': output.Bytes("\\t"u8); break;
                case < 0x20:
                    output.Bytes("\\u00"u8);
                    output.Byte((byte)('0' + (b >> 4)));
                    output.Byte((byte)"0123456789abcdef"[b & 15]);
                    break;
                default: output.Byte(b); break;
            }
        }

        output.Byte((byte)'"');
    }

    /// <summary>Appends the text of a JSON string token (with its quotes), escapes resolved.</summary>
    public static void Unescape(ReadOnlySpan<byte> token, ByteWriter output)
    {
        var body = token[1..^1];
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                output.Byte(body[i]);
                continue;
            }

            switch ((char)body[++i])
            {
                case 'b': output.Byte((byte)'\b'); break;
                case 'f': output.Byte((byte)'\f'); break;
                case 'n': output.Byte((byte)'\n'); break;
                case 'r': output.Byte((byte)'\r'); break;
                case 't': output.Byte((byte)'\t'); break;
                case 'u':
                    var code = Hex(body.Slice(i + 1, 4));
                    i += 4;
                    if (code is >= 0xD800 and < 0xDC00)
                    {
                        code = 0x10000 + ((code - 0xD800) << 10) + (Hex(body.Slice(i + 3, 4)) - 0xDC00);
                        i += 6;
                    }

                    output.Advance(new Rune(code).EncodeToUtf8(output.GetSpan(4)));
                    break;
                default: output.Byte(body[i]); break;
            }
        }
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        var code = 0;
        foreach (var d in digits) code = (code << 4) | Ascii.HexValue(d);
        return code;
    }

    private static void Value(ref JsonSyntax syntax, ByteWriter output, int depth)
    {
        JsonSyntax.RequireDepth(depth);
        switch (syntax.Kind)
        {
            case '{': Object(ref syntax, output, depth); break;
            case '[': Array(ref syntax, output, depth); break;
            case '"':
                var text = Scratch.Rent();
                Unescape(syntax.Token, text);
                WriteString(text.WrittenSpan, output);
                Scratch.Return(text);
                break;
            case '0': NumericText.Canonicalize(syntax.Token, output); break;
            default:
                syntax.Scalar();
                output.Bytes(syntax.Token);
                break;
        }

        syntax.Next();
    }

    private static void Array(ref JsonSyntax syntax, ByteWriter output, int depth)
    {
        output.Byte((byte)'[');
        syntax.Next();
        for (var first = true; syntax.Kind != ']' || !first; first = false)
        {
            if (!first) output.Bytes(", "u8);
            Value(ref syntax, output, depth + 1);
            if (!syntax.More(']')) break;
        }

        output.Byte((byte)']');
    }

    private static void Object(ref JsonSyntax syntax, ByteWriter output, int depth)
    {
        var bytes = Scratch.Rent();
        var members = new List<(int Key, int Value, int End)>();
        syntax.Next();
        for (var first = true; syntax.Kind != '}' || !first; first = false)
        {
            var key = bytes.Length;
            if (syntax.Kind == '"') Unescape(syntax.Token, bytes);
            var value = bytes.Length;
            syntax.Key(first);
            Value(ref syntax, bytes, depth + 1);
            members.Add((key, value, bytes.Length));
            if (!syntax.More('}')) break;
        }

        // Equal keys stay in their order, so that the last is the one followed by another key or none.
        members.Sort((a, b) => Compare(bytes.WrittenSpan[a.Key..a.Value], bytes.WrittenSpan[b.Key..b.Value]) is var c and not 0 ? c : a.Key.CompareTo(b.Key));
        output.Byte((byte)'{');
        var written = 0;
        for (var i = 0; i < members.Count; i++)
        {
            var (key, value, end) = members[i];
            var name = bytes.WrittenSpan[key..value];
            if (i + 1 < members.Count && name.SequenceEqual(bytes.WrittenSpan[members[i + 1].Key..members[i + 1].Value])) continue;
            if (written++ > 0) output.Bytes(", "u8);
            WriteString(name, output);
            output.Bytes(": "u8);
            output.Bytes(bytes.WrittenSpan[value..end]);
        }

        output.Byte((byte)'}');
        Scratch.Return(bytes);
    }

    private static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
}
