using System.Text;
using System.Text.RegularExpressions;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Of several matches at one place: the one found first, as they do not differ, the longest or the shortest.</summary>
internal enum Preference
{
    First,
    Longest,
    Shortest,
}

/// <summary>Writes an ARE as a .NET pattern. Classes and case are those of the C locale: ASCII.</summary>
/// <param name="fold">Letters match in either case.</param>
/// <param name="wide">For a text with characters that are two of .NET's.</param>
internal sealed partial class RegularSyntax(string written, RegexOptions options, bool fold, bool wide = false)
{
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string Halves = @"\uD800-\uDFFF";

    private const string Word = "A-Za-z0-9_";
    private const string Space = @" \t-\r";
    private const string WordStart = $"(?<![{Word}])(?=[{Word}])";
    private const string WordEnd = $"(?<=[{Word}])(?![{Word}])";

    // Words to choose from stand with the longest first: that is the one PostgreSQL takes.
    private readonly string _pattern = written.Contains('[') ? written : Words().Replace(written, match =>
        match.Groups[1].Value + string.Join('|', match.Groups[2].Value.Split('|').OrderByDescending(word => word.Length)) + ")");

    private readonly StringBuilder _output = new(written.Length + 8);

    private bool? _lazyFirst;
    private bool _lazy;
    private bool _choices;
    private bool _alternatives;

    /// <summary>Which of the matches at one place counts; known once the _pattern is translated.</summary>
    public Preference Preference => _lazyFirst == true && !_alternatives ? Preference.Shortest : _choices || _lazy ? Preference.Longest : Preference.First;

    /// <param name="allLazy">Every quantifier takes as little as it can.</param>
    public string Translate(bool allLazy = false)
    {
        var depth = 0;
        for (var i = 0; i < _pattern.Length; i++)
        {
            var ch = _pattern[i];
            switch (ch)
            {
                case '\\' when i + 1 < _pattern.Length:
                    i = Escape(i + 1);
                    break;
                case '$':
                    // .NET's own would also match before a last newline.
                    _output.Append((options & RegexOptions.Multiline) != 0 ? @"(?=\n|\z)" : @"\z");
                    break;
                case '[':
                    i = Bracket(i);
                    break;
                case '.':
                    Outside((options & RegexOptions.Singleline) == 0 ? @"\n" : "", ".");
                    break;
                case '{' when i + 1 == _pattern.Length || !char.IsAsciiDigit(_pattern[i + 1]):
                    _output.Append("\\{");
                    break;
                case '(' when i + 1 < _pattern.Length && _pattern[i + 1] == '?':
                    // (?: (?= (?! (?<= (?<!
                    depth++;
                    _output.Append("(?");
                    i++;
                    if (!Groups().IsMatch(_pattern.AsSpan(i))) throw new PgException("2201B", "invalid regular expression: quantifier operand invalid");
                    while (i + 1 < _pattern.Length && _pattern[i + 1] is ':' or '=' or '!' or '<') _output.Append(_pattern[++i]);
                    break;
                case var _ when wide && char.IsHighSurrogate(ch) && i + 1 < _pattern.Length:
                    _output.Append("(?:").Append(_pattern, i++, 2).Append(')');
                    break;
                case '?' or '*' or '+' or '{' when i > 0:
                    i = Quantifier(i, allLazy);
                    break;
                default:
                    depth += ch switch { '(' => 1, ')' => -1, _ => 0 };
                    _choices |= ch == '|';
                    _alternatives |= ch == '|' && depth == 0;
                    if (fold && char.IsAsciiLetter(ch)) _output.Append('[').Append(char.ToLowerInvariant(ch)).Append(char.ToUpperInvariant(ch)).Append(']');
                    else _output.Append(ch);
                    break;
            }
        }

        return _output.ToString();
    }

    /// <summary>A quantifier, with the question mark that makes it lazy; the index of its last character.</summary>
    private int Quantifier(int i, bool allLazy)
    {
        _choices |= _pattern[i - 1] == ')';
        var end = _pattern[i] == '{' ? _pattern.IndexOf('}', i) : i;
        if (end < 0) throw new PgException("2201B", "invalid regular expression: braces {} not balanced");
        var text = _pattern.AsSpan(i, end + 1 - i);
        if (text[0] == '{' && !IsBound(text[1..^1])) throw new PgException("2201B", "invalid regular expression: invalid repetition count(s)");
        _output.Append(text);
        var isLazy = end + 1 < _pattern.Length && _pattern[end + 1] == '?';
        if (text[0] != '{' || text.Contains(','))
        {
            _lazyFirst ??= isLazy;
            _lazy |= isLazy;
        }

        if (isLazy || allLazy) _output.Append('?');
        return isLazy ? end + 1 : end;
    }

    // DUPMAX is 255 in PostgreSQL's regcustom.h.
    private static bool IsBound(ReadOnlySpan<char> text)
    {
        var comma = text.IndexOf(',');
        var first = comma < 0 ? text : text[..comma];
        var second = comma < 0 ? default : text[(comma + 1)..];
        if (!byte.TryParse(first, System.Globalization.NumberStyles.None, null, out var least)) return false;
        return second.IsEmpty || (byte.TryParse(second, System.Globalization.NumberStyles.None, null, out var most) && least <= most);
    }

    /// <summary>Any character but these.</summary>
    private void Outside(string set, string whenEmpty)
    {
        if (wide) _output.Append($"(?:[^{set}{Halves}]|{Pair})");
        else if (set.Length == 0) _output.Append(whenEmpty);
        else _output.Append($"[^{set}]");
    }

    /// <summary>An escape whose letter is at <paramref name="i"/>; the index of its last character.</summary>
    private int Escape(int i)
    {
        var ch = _pattern[i];
        switch (ch)
        {
            case 'm': _output.Append(WordStart); break;
            case 'M': _output.Append(WordEnd); break;
            case 'y': _output.Append($"(?:{WordStart}|{WordEnd})"); break;
            case 'Y': _output.Append($"(?!{WordStart}|{WordEnd})"); break;
            case 'A': _output.Append(@"\A"); break;
            case 'Z': _output.Append(@"\z"); break;
            case 'B': _output.Append(@"\\"); break;
            case 'b': _output.Append(@"\x08"); break;
            case 'w': _output.Append($"[{Word}]"); break;
            case 'W': Outside(Word, ""); break;
            case 'd': _output.Append("[0-9]"); break;
            case 'D': Outside("0-9", ""); break;
            case 's': _output.Append($"[{Space}]"); break;
            case 'S': Outside(Space, ""); break;
            case 'u' or 'U' or 'x' when Hexadecimal(i, out var code, out var end):
                _output.Append(Regex.Escape(char.ConvertFromUtf32(code)));
                return end;
            case >= 'A' and <= 'Z' or >= 'a' and <= 'z' when ch is not ('a' or 'c' or 'e' or 'f' or 'n' or 'r' or 't' or 'v'):
                throw new PgException("2201B", "invalid regular expression: invalid escape \\ sequence");
            default:
                _output.Append('\\').Append(ch);
                break;
        }

        return i;
    }

    private bool Hexadecimal(int i, out int code, out int end)
    {
        var width = _pattern[i] switch { 'u' => 4, 'U' => 8, _ => 255 };
        end = i;
        code = 0;
        while (end + 1 < _pattern.Length && end - i < width && char.IsAsciiHexDigit(_pattern[end + 1]))
            code = (code << 4) | Convert.ToInt32(_pattern[++end].ToString(), 16);
        return end > i && code is >= 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF);
    }

    private int Bracket(int at)
    {
        // [[:<:]] and [[:>:]] are word boundaries, not sets.
        if (string.CompareOrdinal(_pattern, at, "[[:<:]]", 0, 7) == 0) return Take(WordStart);
        if (string.CompareOrdinal(_pattern, at, "[[:>:]]", 0, 7) == 0) return Take(WordEnd);
        var start = _output.Length;
        _output.Append('[');
        var i = at + 1;
        var isNegated = i < _pattern.Length && _pattern[i] == '^';
        if (isNegated)
        {
            _output.Append('^');
            if ((options & RegexOptions.Singleline) == 0) _output.Append(@"\n");
            i++;
        }

        for (var first = true; i < _pattern.Length; first = false)
        {
            if (_pattern[i] == ']' && !first)
            {
                _output.Append(']');
                if (wide) Widen(start, isNegated);
                return i;
            }

            if (_pattern[i] == '[' && i + 1 < _pattern.Length && _pattern[i + 1] is ':' or '.' or '=')
            {
                var kind = _pattern[i + 1];
                var end = _pattern.IndexOf($"{kind}]", i + 2, StringComparison.Ordinal);
                if (end < 0) throw new PgException("2201B", "invalid regular expression: brackets [] not balanced");
                var name = _pattern[(i + 2)..end];
                _output.Append(kind == ':' ? Class(fold && name is "upper" or "lower" ? "alpha" : name) : Regex.Escape(name).Replace("]", "\\]"));
                i = end + 2;
                continue;
            }

            if (_pattern[i] == '\\' && i + 1 < _pattern.Length && _pattern[i + 1] is 'w' or 'd' or 's')
            {
                _output.Append(_pattern[i + 1] switch { 'w' => Word, 'd' => "0-9", _ => Space });
                i += 2;
                continue;
            }

            i = Member(i);
        }

        throw new PgException("2201B", "invalid regular expression: brackets [] not balanced");

        int Take(string text)
        {
            _output.Append(text);
            return at + 6;
        }
    }

    /// <summary>A set that was just written, for characters that are pairs: they stand beside the set.</summary>
    private void Widen(int start, bool isNegated)
    {
        var set = _output.ToString(start, _output.Length - start);
        var inner = set[(isNegated ? 2 : 1)..^1];
        var pairs = Pairs().Matches(inner).Select(match => match.Value).ToList();
        foreach (var pair in pairs)
            if (inner.Contains(pair + "-") || inner.Contains("-" + pair)) throw PgException.Unsupported("a range of characters beyond U+FFFF is not supported by the embedded engine");
        var rest = Pairs().Replace(inner, "");
        _output.Length = start;
        if (isNegated) _output.Append($"(?:[^{rest}{Halves}]|{(pairs.Count == 0 ? "" : $"(?!{string.Join('|', pairs)})")}{Pair})");
        else _output.Append(pairs.Count == 0 ? set : $"(?:{(rest.Length == 0 ? "" : $"[{rest}]|")}{string.Join('|', pairs)})");
    }

    [GeneratedRegex(Pair)]
    private static partial Regex Pairs();

    [GeneratedRegex(@"^\?(?:[:=!]|<[=!])")]
    private static partial Regex Groups();

    /// <summary>A character of a set, or a range; the index behind it.</summary>
    private int Member(int i)
    {
        var low = Single(ref i);
        if (i + 1 >= _pattern.Length || _pattern[i] != '-' || _pattern[i + 1] is ']' or '[')
        {
            _output.Append(low);
            if (fold && low.Length == 1 && char.IsAsciiLetter(low[0])) _output.Append((char)(low[0] ^ 0x20));
            return i;
        }

        i++;
        var high = Single(ref i);
        _output.Append(low).Append('-').Append(high);
        if (fold && low.Length == 1 && high.Length == 1)
            for (var letter = low[0]; letter <= high[0] && letter < 128; letter++)
                if (char.IsAsciiLetter(letter)) _output.Append((char)(letter ^ 0x20));
        return i;
    }

    private string Single(ref int i)
    {
        if (_pattern[i] == '\\' && i + 1 < _pattern.Length)
        {
            i += 2;
            return "\\" + _pattern[i - 1];
        }

        var ch = _pattern[i++];
        return ch is '[' or ']' or '^' or '-' ? "\\" + ch : ch.ToString();
    }

    [GeneratedRegex(@"(\((?:\?:)?)([A-Za-z0-9 ]+(?:\|[A-Za-z0-9 ]+)+)\)")]
    private static partial Regex Words();

    private static string Class(string name) => name switch
    {
        "alpha" => "A-Za-z",
        "digit" => "0-9",
        "alnum" => "A-Za-z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => Space,
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "cntrl" => @"\x00-\x1f\x7f",
        "print" => @"\x20-\x7e",
        "graph" => @"\x21-\x7e",
        "xdigit" => "0-9A-Fa-f",
        "word" => Word,
        _ => throw new PgException("2201B", "invalid regular expression: invalid character class"),
    };
}
