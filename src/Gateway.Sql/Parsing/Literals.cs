using System.Globalization;
using System.Text;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>The values of quoted tokens.</summary>
internal static class Literals
{
    private const string UnicodeHint = @"Unicode escapes must be \uXXXX or \UXXXXXXXX.";

    /// <summary>Where the quote of the next part stands when a literal goes on after a line break, else -1.</summary>
    public static int Continuation(string sql, int at)
    {
        var newLine = false;
        while (at < sql.Length)
        {
            var c = sql[at];
            if (c is ' ' or '\t' or '\f')
            {
                at++;
            }
            else if (c is '\n' or '\r')
            {
                newLine = true;
                at++;
            }
            else if (c == '-' && at + 1 < sql.Length && sql[at + 1] == '-')
            {
                while (at < sql.Length && sql[at] is not ('\n' or '\r')) at++;
            }
            else
            {
                return c == '\'' && newLine ? at : -1;
            }
        }

        return -1;
    }

    public static string Identifier(string sql, in Token token)
    {
        if (token.Kind == TokenKind.Identifier)
            return token.Word != Keyword.NoWord
                ? Keywords.Text(token.Word)
                : Fold.Name(sql.AsSpan(token.Offset, token.Length));
        var quote = token.Kind == TokenKind.UnicodeIdentifier ? token.Offset + 2 : token.Offset;
        var end = quote + 1;
        while (sql[end] != '"' || (end + 1 < token.End && sql[end + 1] == '"')) end += sql[end] == '"' ? 2 : 1;
        var text = sql[(quote + 1)..end];
        if (text.Contains('"')) text = text.Replace("\"\"", "\"", StringComparison.Ordinal);
        return Fold.Truncate(token.Kind == TokenKind.UnicodeIdentifier ? Unicode(text, token) : text);
    }

    public static string String(string sql, in Token token)
    {
        var prefix = token.Kind switch
        {
            TokenKind.String => 0,
            TokenKind.UnicodeString => 2,
            _ => 1,
        };
        if (token.Kind == TokenKind.DollarString)
        {
            var tag = sql.IndexOf('$', token.Offset + 1) + 1 - token.Offset;
            return sql.Substring(token.Offset + tag, token.Length - (2 * tag));
        }

        var inner = sql.AsSpan(token.Offset + prefix + 1, token.Length - prefix - 2);
        if (token.Kind is TokenKind.String or TokenKind.NationalString or TokenKind.BitString or TokenKind.HexString
            && !inner.Contains('\''))
            return inner.ToString();

        var value = new StringBuilder(inner.Length);
        var bytes = token.Kind == TokenKind.EscapeString ? new List<byte>() : null;
        var at = token.Offset + prefix + 1;
        while (true)
        {
            var c = sql[at];
            if (c == '\\' && bytes is not null)
            {
                at = Escape(sql, at, token, value, bytes);
                continue;
            }

            Flush(bytes, value);
            if (c != '\'')
            {
                value.Append(c);
                at++;
            }
            else if (at + 1 < token.End && sql[at + 1] == '\'')
            {
                value.Append('\'');
                at += 2;
            }
            else if (Continuation(sql, at + 1) is >= 0 and var more && more < token.End)
            {
                at = more + 1;
            }
            else
            {
                break;
            }
        }

        return token.Kind == TokenKind.UnicodeString ? Unicode(value.ToString(), token) : value.ToString();
    }

    /// <summary>One backslash escape of E'…'; returns where the text goes on.</summary>
    private static int Escape(string sql, int at, in Token token, StringBuilder value, List<byte> bytes)
    {
        var c = sql[at + 1];
        if (c is >= '0' and <= '7')
        {
            int end = at + 1, code = 0;
            while (end < at + 4 && sql[end] is >= '0' and <= '7') code = (code * 8) + sql[end++] - '0';
            bytes.Add((byte)code);
            return end;
        }

        if (c == 'x' && char.IsAsciiHexDigit(sql[at + 2]))
        {
            var end = at + 3;
            if (char.IsAsciiHexDigit(sql[end])) end++;
            bytes.Add(byte.Parse(sql.AsSpan(at + 2, end - at - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            return end;
        }

        Flush(bytes, value);
        if (c is 'u' or 'U')
        {
            var length = c == 'u' ? 4 : 8;
            var code = Hex(sql, at + 2, length, token.End);
            if (code < 0)
                throw new PgException("22025", "invalid Unicode escape") { Hint = UnicodeHint, Position = at + 1 };
            if (AppendRune(value, code, at, out var high)) return at + 2 + length;

            // The second half of a surrogate pair has to follow at once.
            var next = at + 2 + length;
            var low = sql[next] == '\\' && sql[next + 1] is 'u' or 'U'
                ? Hex(sql, next + 2, sql[next + 1] == 'u' ? 4 : 8, token.End)
                : -1;
            if (low is < 0xDC00 or > 0xDFFF) throw PgException.Syntax("invalid Unicode surrogate pair", next + 1);
            value.Append((char)high).Append((char)low);
            return next + 2 + (sql[next + 1] == 'u' ? 4 : 8);
        }

        value.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c });
        return at + 2;
    }

    private static void Flush(List<byte>? bytes, StringBuilder value)
    {
        if (bytes is null || bytes.Count == 0) return;
        try
        {
            if (bytes.Contains(0)) throw new ArgumentException("zero");
            value.Append(Strict.GetString([.. bytes]));
        }
        catch (ArgumentException)
        {
            var shown = bytes.Contains(0) ? "0x00" : string.Join(' ', bytes.Select(b => "0x" + b.ToString("x2", CultureInfo.InvariantCulture)));
            throw new PgException("22021", $"invalid byte sequence for encoding \"UTF8\": {shown}");
        }

        bytes.Clear();
    }

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static int Hex(string text, int from, int length, int end)
    {
        if (from + length > end) return -1;
        var code = 0;
        for (var i = from; i < from + length; i++)
        {
            if (!char.IsAsciiHexDigit(text[i])) return -1;
            code = unchecked((code << 4) | Convert.ToInt32(text[i].ToString(), 16));
        }

        return code < 0 ? 0x110000 : code;
    }

    /// <summary>False when the code is the first half of a pair.</summary>
    private static bool AppendRune(StringBuilder value, int code, int at, out int high)
    {
        high = code;
        if (code is >= 0xD800 and <= 0xDBFF) return false;
        if (code is >= 0xDC00 and <= 0xDFFF) throw PgException.Syntax("invalid Unicode surrogate pair", at + 1);
        if (code is 0 or > 0x10FFFF) throw PgException.Syntax("invalid Unicode escape value", at + 1);
        value.Append(new Rune(code).ToString());
        return true;
    }

    /// <summary>The escapes of U&amp;: \XXXX and \+XXXXXX, with the escape character of the token.</summary>
    private static string Unicode(string text, in Token token)
    {
        var escape = token.Escape;
        if (!text.Contains(escape)) return text;
        var value = new StringBuilder(text.Length);
        var pending = 0;
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] != escape)
            {
                if (pending != 0) throw PgException.Syntax("invalid Unicode surrogate pair", token.Offset + 4 + i);
                value.Append(text[i++]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == escape)
            {
                value.Append(escape);
                i += 2;
                continue;
            }

            var wide = i + 1 < text.Length && text[i + 1] == '+';
            var code = wide ? Hex(text, i + 2, 6, text.Length) : Hex(text, i + 1, 4, text.Length);
            if (code < 0)
                throw new PgException(SqlStates.SyntaxError, "invalid Unicode escape")
                {
                    Position = token.Offset + 4 + i,
                    Hint = @"Unicode escapes must be \XXXX or \+XXXXXX.",
                };
            i += wide ? 8 : 5;
            if (pending != 0)
            {
                if (code is < 0xDC00 or > 0xDFFF) throw PgException.Syntax("invalid Unicode surrogate pair", token.Offset + 4 + i);
                value.Append((char)pending).Append((char)code);
                pending = 0;
            }
            else if (!AppendRune(value, code, token.Offset + 3 + i, out var high))
            {
                pending = high;
            }
        }

        return pending == 0 ? value.ToString() : throw PgException.Syntax("invalid Unicode surrogate pair", token.Offset + 4 + i);
    }
}
