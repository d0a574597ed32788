using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Text and bytea.</summary>
internal static class Strings
{
    private const int MaxLength = 256 << 20;

    public static void AddTo(FunctionTable f)
    {
        f.Add("bpcharlen", 1, c => c.Return((long)Characters.Count(c.Text(0).TrimEnd(' '))));
        f.Add("bpcharoctetlen", 1, c => c.Return((long)c.Bytes(0).Length));
        f.Add("textoctetlen", 1, c => c.Return((long)c.Bytes(0).Length));
        f.Add("byteaoctetlen", 1, c => c.Return((long)c.Bytes(0).Length));
        f.Add("bit_length", 1, c => c.Return(c.Bytes(0).Length * 8L));
        f.Add("upper", 1, c => c.ReturnText(Characters.Upper(c.Bytes(0))));
        f.Add("lower", 1, c => c.ReturnText(Characters.Lower(c.Bytes(0))));

        // How IRIS compares strings without case; its LIKE keeps the blanks at the end.
        f.Add("iris_key", 1, c => c.Return(c.Text(0).TrimEnd().ToUpperInvariant()));
        f.Add("iris_upper", 1, c => c.Return(c.Text(0).ToUpperInvariant()));
        f.Add("initcap", 1, c => c.Return(Characters.InitCap(c.Text(0))));

        f.Add("text_substr", 3, c => c.Return(Substring(c.Text(0), c.Int(1), c.Int(2))));
        f.Add("text_substr_no_len", 2, c => c.Return(Characters.Substring(c.Text(0), c.Int(1), int.MaxValue)));
        f.Add("bytea_substr", 3, c => c.ReturnBlob(Slice(c.Bytes(0), c.Int(1), c.Int(2))));
        f.Add("bytea_substr_no_len", 2, c => c.ReturnBlob(Slice(c.Bytes(0), c.Int(1), int.MaxValue)));
        f.Add("textpos", 2, c => c.Return(Position(c.Text(0), c.Text(1))));
        f.Add("byteapos", 2, c => c.Return(c.Bytes(0).IndexOf(c.Bytes(1)) + 1L));
        f.Add("text_left", 2, c => c.Return(Left(c.Text(0), c.Int(1))));
        f.Add("text_right", 2, c => c.Return(Right(c.Text(0), c.Int(1))));
        f.Add("lpad", 2, c => c.Return(Pad(c.Text(0), c.Int(1), " ", left: true)));
        f.Add("lpad", 3, c => c.Return(Pad(c.Text(0), c.Int(1), c.Text(2), left: true)));
        f.Add("rpad", 2, c => c.Return(Pad(c.Text(0), c.Int(1), " ", left: false)));
        f.Add("rpad", 3, c => c.Return(Pad(c.Text(0), c.Int(1), c.Text(2), left: false)));
        f.Add("btrim1", 1, c => c.ReturnText(c.Bytes(0).Trim((byte)' ')));
        f.Add("ltrim1", 1, c => c.ReturnText(c.Bytes(0).TrimStart((byte)' ')));
        f.Add("rtrim1", 1, c => c.ReturnText(c.Bytes(0).TrimEnd((byte)' ')));
        f.Add("btrim", 2, c => c.Return(Trim(c.Text(0), c.Text(1), true, true)));
        f.Add("ltrim", 2, c => c.Return(Trim(c.Text(0), c.Text(1), true, false)));
        f.Add("rtrim", 2, c => c.Return(Trim(c.Text(0), c.Text(1), false, true)));
        f.Add("byteatrim", 2, c => c.ReturnBlob(c.Bytes(0).Trim(c.Bytes(1))));
        f.Add("bytealtrim", 2, c => c.ReturnBlob(c.Bytes(0).TrimStart(c.Bytes(1))));
        f.Add("byteartrim", 2, c => c.ReturnBlob(c.Bytes(0).TrimEnd(c.Bytes(1))));
        f.Add("byteacat", 2, c => c.ReturnBlob([.. c.Bytes(0), .. c.Bytes(1)]));

        f.Add("replace_text", 3, c => c.Return(c.Text(1).Length == 0 ? c.Text(0) : c.Text(0).Replace(c.Text(1), c.Text(2), StringComparison.Ordinal)));
        f.Add("translate", 3, c => c.Return(Translate(c.Text(0), c.Text(1), c.Text(2))));
        f.Add("repeat", 2, c => c.Return(Repeat(c.Text(0), c.Int(1))));
        f.Add("text_reverse", 1, c => c.Return(string.Concat(Characters.Each(c.Text(0)).Reverse())));
        f.Add("split_part", 3, c => c.Return(SplitPart(c.Text(0), c.Text(1), c.Int(2))));
        f.Add("text_starts_with", 2, c => c.Return(c.Bytes(0).StartsWith(c.Bytes(1))));
        f.Add("starts_with", 2, c => c.Return(c.Bytes(0).StartsWith(c.Bytes(1))));
        f.Add("textoverlay", 4, c => c.Return(Overlay(c.Text(0), c.Text(1), c.Int(2), c.Int(3))));
        f.Add("textoverlay_no_len", 3, c => c.Return(Overlay(c.Text(0), c.Text(1), c.Int(2), Characters.Count(c.Text(1)))));
        f.Add("byteaoverlay", 4, c => c.ReturnBlob(Overlay(c.Bytes(0), c.Bytes(1), c.Int(2), c.Int(3))));
        f.Add("byteaoverlay_no_len", 3, c => c.ReturnBlob(Overlay(c.Bytes(0), c.Bytes(1), c.Int(2), c.Bytes(1).Length)));
        f.Add("ascii", 1, c => c.Return(c.Text(0) is { Length: > 0 } text ? Rune.GetRuneAt(text, 0).Value : 0L));
        f.Add("chr", 1, c => c.Return(Chr(c.Int(0))));
        f.Add("quote_ident", 1, c => c.Return(Gateway.Sql.Parsing.Identifiers.Quote(c.Text(0))));
        f.Add("quote_literal", 1, c => c.Return(QuoteLiteral(c.Text(0))));
        f.Loose("quote_nullable", 1, c => c.Return(c.IsNull(0) ? "NULL" : QuoteLiteral(c.Text(0))));

        f.Add("md5_text", 1, c => c.Return(Convert.ToHexStringLower(MD5.HashData(c.Bytes(0)))));
        f.Add("md5_bytea", 1, c => c.Return(Convert.ToHexStringLower(MD5.HashData(c.Bytes(0)))));
        f.Add("sha256_bytea", 1, c => c.ReturnBlob(SHA256.HashData(c.Bytes(0))));
        f.Add("sha384_bytea", 1, c => c.ReturnBlob(SHA384.HashData(c.Bytes(0))));
        f.Add("sha512_bytea", 1, c => c.ReturnBlob(SHA512.HashData(c.Bytes(0))));
        f.Add("binary_encode", 2, c => c.Return(Encode(c.Bytes(0), c.Text(1))));
        f.Add("binary_decode", 2, c => c.ReturnBlob(Decode(c.Text(0), c.Text(1))));
        f.Add("bytea_bit_count", 1, c =>
        {
            var bits = 0L;
            foreach (var b in c.Bytes(0)) bits += System.Numerics.BitOperations.PopCount(b);
            c.Return(bits);
        });
        f.Add("byteaGetByte", 2, c => c.Return((long)c.Bytes(0)[Index(c.Bytes(0), c.Int(1))]));
        f.Add("byteaSetByte", 3, c =>
        {
            var bytes = c.Bytes(0).ToArray();
            bytes[Index(bytes, c.Int(1))] = (byte)c.Int(2);
            c.ReturnBlob(bytes);
        });
        f.Add("pg_convert_from", 2, c => c.ReturnText(Conversions.Convert(c.Bytes(0), c.Text(1), "UTF8")));
        f.Add("pg_convert_to", 2, c => c.ReturnBlob(Conversions.Convert(c.Bytes(0), "UTF8", c.Text(1))));
        f.Add("pg_convert", 3, c => c.ReturnBlob(Conversions.Convert(c.Bytes(0), c.Text(1), c.Text(2))));
        f.Add("length_in_encoding", 2, c => c.Return((long)Conversions.Length(c.Bytes(0), c.Text(1))));

        // Typed: each value is followed by the OID of its type.
        f.Loose("text_concat", -1, c => c.Return(Concat(c, 0, "")), immutable: false);
        f.Loose("text_concat_ws", -1, c => { if (!c.IsNull(0)) c.Return(Concat(c, 2, c.Text(0))); }, immutable: false);
        f.Loose("text_format", -1, c => { if (!c.IsNull(0)) c.Return(Format(c)); }, immutable: false);
        f.Loose("text_format_nv", -1, c => { if (!c.IsNull(0)) c.Return(Format(c)); }, immutable: false);

        f.Add("text_name", 1, c => c.ReturnText(Cut(c.Bytes(0), 63)));
        f.Add("bpchar_name", 1, c => c.ReturnText(Cut(c.Bytes(0).TrimEnd((byte)' '), 63)));
        f.Add("text_char", 1, c => c.ReturnText(c.Bytes(0).Length == 0 ? default : c.Bytes(0)[..1]));
        f.Add("chartoi4", 1, c => c.Return(c.Bytes(0).Length == 0 ? 0L : (sbyte)c.Bytes(0)[0]));
        f.Add("i4tochar", 1, c => c.ReturnText(c.Int(0) switch
        {
            0 => default,
            > 0 and < 128 => [(byte)c.Int(0)],
            >= sbyte.MinValue and < 0 => throw PgException.Unsupported("a \"char\" outside of ASCII is not supported by the embedded engine"),
            _ => throw new PgException(SqlStates.NumericValueOutOfRange, "\"char\" out of range"),
        }));
        f.Add("char_bpchar", 1, c => c.ReturnText(c.Bytes(0)));
        f.Add("name_bpchar", 1, c => c.ReturnText(c.Bytes(0)));
        foreach (var (name, test) in (ReadOnlySpan<(string, Func<int, bool>)>)
            [("lt", x => x < 0), ("le", x => x <= 0), ("gt", x => x > 0), ("ge", x => x >= 0)])
        {
            f.Add($"text_pattern_{name}", 2, c => c.Return(test(c.Bytes(0).SequenceCompareTo(c.Bytes(1)))));
        }
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit) return text;
        while ((text[limit] & 0xC0) == 0x80) limit--;
        return text[..limit];
    }

    private static string Substring(string text, long start, long length) => length < 0
        ? throw new PgException("22011", "negative substring length not allowed")
        : Characters.Substring(text, start, length);

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, long start, long length)
    {
        if (length < 0) throw new PgException("22011", "negative substring length not allowed");
        var end = Math.Min(start + length - 1, bytes.Length);
        var from = Math.Max(start, 1) - 1;
        return end <= from ? default : bytes[(int)from..(int)end];
    }

    private static long Position(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? 0 : Characters.Count(text.AsSpan(0, at)) + 1;
    }

    private static string Left(string text, long n)
    {
        var count = n >= 0 ? n : Math.Max(Characters.Count(text) + n, 0);
        return text[..Characters.Offset(text, (int)Math.Min(count, int.MaxValue))];
    }

    private static string Right(string text, long n)
    {
        var count = Characters.Count(text);
        var skip = n >= 0 ? Math.Max(count - n, 0) : Math.Min(-n, count);
        return text[Characters.Offset(text, (int)skip)..];
    }

    private static string Pad(string text, long length, string fill, bool left)
    {
        if (length <= 0) return "";
        if (length > MaxLength) throw new PgException(SqlStates.ProgramLimitExceeded, "requested length too large");
        var missing = length - Characters.Count(text);
        if (missing <= 0) return text[..Characters.Offset(text, (int)length)];
        if (fill.Length == 0) return text;
        var padding = new StringBuilder();
        var characters = Characters.Each(fill).ToArray();
        for (var i = 0; i < missing; i++) padding.Append(characters[i % characters.Length]);
        return left ? padding + text : text + padding;
    }

    private static string Trim(string text, string set, bool start, bool end)
    {
        var characters = set.ToCharArray();
        if (characters.Length == 0) return text;
        return start && end ? text.Trim(characters) : start ? text.TrimStart(characters) : text.TrimEnd(characters);
    }

    private static string Translate(string text, string from, string to)
    {
        var sources = Characters.Each(from).ToList();
        var targets = Characters.Each(to).ToList();
        var output = new StringBuilder(text.Length);
        foreach (var character in Characters.Each(text))
        {
            var i = sources.IndexOf(character);
            if (i < 0) output.Append(character);
            else if (i < targets.Count) output.Append(targets[i]);
        }

        return output.ToString();
    }

    private static string Repeat(string text, long count)
    {
        if (count <= 0) return "";
        if (text.Length * count > MaxLength) throw new PgException(SqlStates.ProgramLimitExceeded, "requested length too large");
        return new StringBuilder().Insert(0, text, (int)count).ToString();
    }

    private static string SplitPart(string text, string separator, long field)
    {
        if (field == 0) throw new PgException(SqlStates.InvalidParameterValue, "field position must not be zero");
        string[] parts = separator.Length == 0 ? [text] : text.Split(separator);
        var i = field > 0 ? field - 1 : parts.Length + field;
        return i >= 0 && i < parts.Length ? parts[i] : "";
    }

    private static string Overlay(string text, string replacement, long start, long length)
    {
        if (start <= 0) throw new PgException("22011", "negative substring length not allowed");
        var rest = Characters.Offset(text, (int)Math.Clamp(start - 1 + length, 0, int.MaxValue));
        return string.Concat(text.AsSpan(0, Characters.Offset(text, (int)start - 1)), replacement, text.AsSpan(rest));
    }

    private static byte[] Overlay(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> replacement, long start, long length)
    {
        if (start <= 0) throw new PgException("22011", "negative substring length not allowed");
        var first = (int)Math.Min(start - 1, bytes.Length);
        var rest = (int)Math.Clamp(start - 1 + length, 0, bytes.Length);
        return [.. bytes[..first], .. replacement, .. bytes[rest..]];
    }

    private static string Chr(long code)
    {
        if (code == 0) throw new PgException("54000", "null character not permitted");
        if (code < 0) throw new PgException(SqlStates.InvalidParameterValue, "character number must be positive");
        return Rune.TryCreate((int)Math.Min(code, int.MaxValue), out var rune)
            ? rune.ToString()
            : throw new PgException("54000", $"requested character too large for encoding: {code}");
    }

    public static string QuoteLiteral(string text)
    {
        var quoted = "'" + text.Replace("'", "''").Replace("\\", "\\\\") + "'";
        return text.Contains('\\') ? "E" + quoted : quoted;
    }

    private static int Index(ReadOnlySpan<byte> bytes, long n) => n >= 0 && n < bytes.Length
        ? (int)n
        : throw new PgException("2202E", $"index {n} out of valid range, 0..{bytes.Length - 1}");

    private static string Encode(ReadOnlySpan<byte> bytes, string format)
    {
        switch (format.ToLowerInvariant())
        {
            case "hex":
                return Convert.ToHexStringLower(bytes);
            case "base64":
                var text = Convert.ToBase64String(bytes);
                var lines = Enumerable.Range(0, (text.Length + 75) / 76).Select(i => text.Substring(i * 76, Math.Min(76, text.Length - (i * 76))));
                return string.Join('\n', lines);
            case "escape":
                var output = new StringBuilder();
                foreach (var b in bytes)
                {
                    if (b == '\\') output.Append("\\\\");
                    else if (b == 0 || b >= 0x80) output.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
                    else output.Append((char)b);
                }

                return output.ToString();
            default:
                throw UnknownEncoding(format);
        }
    }

    private static byte[] Decode(string text, string format)
    {
        switch (format.ToLowerInvariant())
        {
            case "hex":
                var digits = string.Concat(text.Where(ch => !char.IsWhiteSpace(ch)));
                foreach (var digit in digits)
                    if (!char.IsAsciiHexDigit(digit)) throw new PgException(SqlStates.InvalidParameterValue, $"invalid hexadecimal digit: \"{digit}\"");
                if (digits.Length % 2 != 0) throw new PgException(SqlStates.InvalidParameterValue, "invalid hexadecimal data: odd number of digits");
                return Convert.FromHexString(digits);
            case "base64":
                try
                {
                    return Convert.FromBase64String(string.Concat(text.Where(ch => !char.IsWhiteSpace(ch))));
                }
                catch (FormatException)
                {
                    throw new PgException(SqlStates.InvalidParameterValue, "invalid base64 end sequence");
                }

            case "escape":
                using (var carrier = new ByteWriter())
                {
                    ((BytesCodec)Codecs.Get(Oids.Bytea)).DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default, carrier);
                    return carrier.WrittenSpan.ToArray();
                }

            default:
                throw UnknownEncoding(format);
        }
    }

    private static PgException UnknownEncoding(string format) =>
        new(SqlStates.InvalidParameterValue, $"unrecognized encoding: \"{format}\"");

    private static string ValueText(Call c, int i)
    {
        var type = c.Oid(i + 1);
        if (type == Oids.Bool) return c.Bool(i) ? "t" : "f";
        return Datum.Argument(c, i, type).ToText(type, c.Format);
    }

    private static string Concat(Call c, int from, string separator)
    {
        var parts = new List<string>();
        for (var i = from; i + 1 < c.Count; i += 2)
            if (!c.IsNull(i)) parts.Add(ValueText(c, i));
        return string.Join(separator, parts);
    }

    /// <summary>format('%[n$][-][width]type', …) with the types s, I and L.</summary>
    private static string Format(Call c)
    {
        var format = c.Text(0);
        var output = new StringBuilder();
        var count = (c.Count / 2) - 1;
        var next = 1;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                output.Append(format[i]);
                continue;
            }

            if (++i >= format.Length) throw Unterminated();
            if (format[i] == '%')
            {
                output.Append('%');
                continue;
            }

            var (position, left, width) = (0, false, 0);
            var number = Digits(ref i);
            if (number is not null && i < format.Length && format[i] == '$')
            {
                if (number == 0) throw new PgException(SqlStates.InvalidParameterValue, "format specifies argument 0, but arguments are numbered from 1");
                position = number.Value;
                i++;
            }
            else
            {
                width = number ?? 0;
            }

            for (; i < format.Length && format[i] == '-'; i++) left = true;
            if (i < format.Length && format[i] == '*')
            {
                i++;
                var star = next;
                if (Digits(ref i) is { } n && i < format.Length && format[i] == '$')
                {
                    star = n;
                    i++;
                }
                else
                {
                    next++;
                }

                width = c.IsNull(At(star)) ? 0 : (int)c.Int(At(star));
                if (width < 0) (left, width) = (true, -width);
            }
            else if (Digits(ref i) is { } digits)
            {
                width = digits;
            }

            if (i >= format.Length) throw Unterminated();
            if (format[i] is not ('s' or 'I' or 'L'))
                throw new PgException(SqlStates.InvalidParameterValue, $"unrecognized format() type specifier \"{format[i]}\"") { Hint = "For a single \"%\" use \"%%\"." };
            if (position > 0) next = position;
            var at = At(next++);
            var isNull = c.IsNull(at);
            var value = format[i] switch
            {
                's' => isNull ? "" : ValueText(c, at),
                'L' => isNull ? "NULL" : QuoteLiteral(ValueText(c, at)),
                _ => isNull
                    ? throw new PgException("22004", "null values cannot be formatted as an SQL identifier")
                    : Gateway.Sql.Parsing.Identifiers.Quote(ValueText(c, at)),
            };
            output.Append(left ? value.PadRight(width) : value.PadLeft(width));
        }

        return output.ToString();

        int At(int n) => n <= count ? n * 2 : throw new PgException(SqlStates.InvalidParameterValue, "too few arguments for format()");

        int? Digits(ref int i)
        {
            var start = i;
            while (i < format.Length && char.IsAsciiDigit(format[i])) i++;
            return i == start ? null : int.Parse(format.AsSpan(start, i - start), CultureInfo.InvariantCulture);
        }

        static PgException Unterminated() => new(SqlStates.InvalidParameterValue, "unterminated format() type specifier") { Hint = "For a single \"%\" use \"%%\"." };
    }
}
