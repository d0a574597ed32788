using System.Globalization;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Names, sizes and escapes: the less common functions over text.</summary>
internal static class Texts
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    public static void AddTo(FunctionTable f)
    {
        f.Add("parse_ident", 2, c => PgArray.OfTexts(Identifier(c.Text(0), c.Bool(1))).Return(c));
        f.Add("pg_size_bytes", 1, c => c.Return(Bytes(c.Text(0))));
        f.Add("pg_size_pretty_numeric", 1, c => c.Return(Pretty(Numerics.Get(c, 0))));
        f.Add("unistr", 1, c => c.Return(Escaped(c.Text(0))));
    }

    private static List<string> Identifier(string text, bool strict)
    {
        var parts = new List<string>();
        var at = 0;
        var afterDot = false;
        Blank();
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                var part = new StringBuilder();
                for (at++; ; at++)
                {
                    if (at >= text.Length) throw Invalid("String has unclosed double quotes.");
                    if (text[at] != '"') part.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"') part.Append(text[at++]);
                    else break;
                }

                at++;
                if (part.Length == 0) throw Invalid("Quoted identifier must not be empty.");
                parts.Add(part.ToString());
            }
            else
            {
                var start = at;
                if (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == '_' || text[at] > 127))
                    while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$' || text[at] > 127)) at++;
                if (at == start)
                    throw Invalid(at < text.Length && text[at] == '.' ? "No valid identifier before \".\"."
                        : afterDot ? "No valid identifier after \".\"."
                        : null);
                parts.Add(text[start..at].ToLowerInvariant());
            }

            Blank();
            if (at < text.Length && text[at] == '.')
            {
                at++;
                afterDot = true;
                Blank();
                continue;
            }

            if (at < text.Length && strict) throw Invalid(null);
            return parts;
        }

        void Blank()
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r' or '\f') at++;
        }

        PgException Invalid(string? detail) => new(SqlStates.InvalidParameterValue, $"string is not a valid identifier: \"{text}\"") { Detail = detail };
    }

    private static long Bytes(string text)
    {
        var trimmed = text.Trim();
        var end = 0;
        if (end < trimmed.Length && trimmed[end] is '+' or '-') end++;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] == '.')) end++;
        if (end < trimmed.Length && trimmed[end] is 'e' or 'E' && end + 1 < trimmed.Length && (char.IsAsciiDigit(trimmed[end + 1]) || trimmed[end + 1] is '+' or '-'))
        {
            end += 2;
            while (end < trimmed.Length && char.IsAsciiDigit(trimmed[end])) end++;
        }

        if (!trimmed.AsSpan(0, end).ContainsAnyInRange('0', '9')) throw Invalid(null);
        var number = PgNumeric.Parse(trimmed[..end]);
        var unit = trimmed[end..].Trim();
        var index = unit.Length == 0 || unit.Equals("B", StringComparison.OrdinalIgnoreCase) ? 0 : Array.FindIndex(Units, known => known.Equals(unit, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            throw Invalid(unit);
        return (number * (1L << (10 * index))).ToInt64();

        PgException Invalid(string? unit) => new(SqlStates.InvalidParameterValue, $"invalid size: \"{text}\"")
        {
            Detail = unit is null ? null : $"Invalid size unit: \"{unit}\".",
            Hint = unit is null ? null : "Valid units are \"bytes\", \"B\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".",
        };
    }

    private static string Pretty(PgNumeric size)
    {
        for (var i = 0; ; i++)
        {
            var limit = i == 0 ? 10 * 1024 : (20 * 1024) - 1;
            if (size.Abs() < limit || i == Units.Length - 1)
            {
                if (i == 0) return $"{size} {Units[0]}";
                var half = size + (size.Sign < 0 ? -1 : 1);
                return $"{(half / 2).Truncate(0)} {Units[i]}";
            }

            // One bit is kept for rounding.
            size = i == 0 ? (size / 512).Truncate(0) : (size / 1024).Truncate(0);
        }
    }

    private static string Escaped(string text)
    {
        var output = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                output.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                output.Append(text[++i]);
                continue;
            }

            var (skip, width) = i + 1 >= text.Length ? (0, 0) : text[i + 1] switch { '+' => (1, 6), 'u' => (1, 4), 'U' => (1, 8), _ => (0, 4) };
            if (width == 0
                || !int.TryParse(text.AsSpan(i + 1 + skip, Math.Min(width, text.Length - i - 1 - skip)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || text.Length - i - 1 - skip < width)
                throw new PgException(SqlStates.SyntaxError, "invalid Unicode escape") { Hint = "Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX." };
            if (code is 0 or > 0x10FFFF) throw new PgException(SqlStates.SyntaxError, "invalid Unicode code point: " + code.ToString("X4", CultureInfo.InvariantCulture));
            if (code is >= 0xD800 and <= 0xDFFF) output.Append((char)code);
            else output.Append(char.ConvertFromUtf32(code));
            i += skip + width;
        }

        return output.ToString();
    }
}
