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

/// <summary>Writes an ARE as a .NET pattern. Classes and case are those of LC_CTYPE C.UTF-8.</summary>
/// <param name="fold">Letters match in either case.</param>
/// <param name="astral">Characters of two UTF-16 units count as one.</param>
internal sealed partial class RegularSyntax(string written, RegexOptions options, bool fold, bool astral = false)
{
    private const string Letter = @"\p{L}\p{Nl}";
    private const string Word = Letter + @"\p{Nd}_";
    private const string Space = @" \t-\r";
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
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
                    _output.Append(Any((options & RegexOptions.Singleline) == 0 ? @"[^\n]" : "."));
                    break;
                case '{' when i + 1 >= _pattern.Length || !char.IsAsciiDigit(_pattern[i + 1]):
                    _output.Append("\\{");
                    break;
                case '(' when i + 1 < _pattern.Length && _pattern[i + 1] == '?':
                    // (?: (?= (?! (?<= (?<!
                    depth++;
                    _output.Append("(?");
                    i++;
                    if (i + 1 >= _pattern.Length || _pattern[i + 1] is not (':' or '=' or '!' or '<'))
                        throw new PgException("2201B", "invalid regular expression: quantifier operand invalid");
                    while (i + 1 < _pattern.Length && _pattern[i + 1] is ':' or '=' or '!' or '<') _output.Append(_pattern[++i]);
                    break;
                case '?' or '*' or '+' or '{' when i > 0:
                    i = Quantifier(i, allLazy);
                    break;
                default:
                    depth += ch switch { '(' => 1, ')' => -1, _ => 0 };
                    _choices |= ch == '|';
                    _alternatives |= ch == '|' && depth == 0;
                    if (astral && char.IsHighSurrogate(ch) && i + 1 < _pattern.Length) _output.Append("(?:").Append(ch).Append(_pattern[++i]).Append(')');
                    else if (fold && OtherCase(ch) is var other && other != ch) _output.Append('[').Append(ch).Append(other).Append(']');
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
        var least = comma < 0 ? text : text[..comma];
        var most = comma < 0 ? default : text[(comma + 1)..];
        if (!byte.TryParse(least, System.Globalization.NumberStyles.None, null, out var first)) return false;
        return most.IsEmpty || (byte.TryParse(most, System.Globalization.NumberStyles.None, null, out var second) && first <= second);
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
            case 'W': _output.Append(Any($"[^{Word}]")); break;
            case 'd': _output.Append("[0-9]"); break;
            case 'D': _output.Append(Any("[^0-9]")); break;
            case 's': _output.Append($"[{Space}]"); break;
            case 'S': _output.Append(Any($"[^{Space}]")); break;
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

    private string Any(string one) => astral ? $"(?:{Pair}|{one})" : one;

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
        var from = _output.Length;
        _pairs.Clear();
        _output.Append('[');
        var i = at + 1;
        var negated = i < _pattern.Length && _pattern[i] == '^';
        if (negated)
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
                if (astral && (negated || _pairs.Count > 0)) Pairs(from, negated);
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

    // Characters of two units in the set that is being read; .NET's sets hold single units.
    private readonly List<string> _pairs = [];

    private void Pairs(int from, bool negated)
    {
        var set = _output.ToString(from, _output.Length - from);
        if (set is "[]" or "[^]") set = negated ? @"[\s\S]" : "(?!)";
        _output.Length = from;
        var pairs = string.Join('|', _pairs);
        _output.Append(negated
            ? $"(?:{(pairs.Length > 0 ? $"(?!{pairs})" : "")}{Pair}|(?![\\uD800-\\uDFFF]){set})"
            : $"(?:{pairs}|{set})");
    }

    /// <summary>A character of a set, or a range; the index behind it.</summary>
    private int Member(int i)
    {
        if (astral && char.IsHighSurrogate(_pattern[i]) && i + 1 < _pattern.Length)
        {
            if (i + 2 < _pattern.Length && _pattern[i + 2] == '-') throw PgException.Unsupported("a range of characters beyond U+FFFF in a regular expression");
            _pairs.Add(_pattern.Substring(i, 2));
            return i + 2;
        }

        var low = Single(ref i);
        if (i + 1 >= _pattern.Length || _pattern[i] != '-' || _pattern[i + 1] is ']' or '[')
        {
            _output.Append(low);
            if (fold && low.Length == 1 && OtherCase(low[0]) is var other && other != low[0]) _output.Append(other);
            return i;
        }

        i++;
        var high = Single(ref i);
        _output.Append(low).Append('-').Append(high);
        if (fold && low.Length == 1 && high.Length == 1)
            for (int letter = low[0]; letter <= high[0]; letter++)
                if (OtherCase((char)letter) is var other && (other < low[0] || other > high[0])) _output.Append(other);
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

    private static char OtherCase(char letter) => char.ToUpperInvariant(letter) is var upper && upper != letter ? upper : char.ToLowerInvariant(letter);

    private static string Class(string name) => name switch
    {
        "alpha" => Letter,
        "digit" => "0-9",
        "alnum" => Letter + @"\p{Nd}",
        "upper" => @"\p{Lu}",
        "lower" => @"\p{Ll}",
        "space" => Space,
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~" + @"\p{P}\p{S}",
        "cntrl" => @"\x00-\x1f\x7f",
        "print" => @"\x20-\x7e\u00a0-\ud7ff\ue000-\uffff",
        "graph" => @"\x21-\x7e\u00a1-\u1fff\u2010-\u2027\u202a-\ud7ff\ue000-\uffff",
        "xdigit" => "0-9A-Fa-f",
        "word" => Word,
        _ => throw new PgException("2201B", "invalid regular expression: invalid character class"),
    };
}
