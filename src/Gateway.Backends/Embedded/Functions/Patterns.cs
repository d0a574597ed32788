using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>LIKE, ILIKE, SIMILAR TO and PostgreSQL's regular expressions (AREs, written as .NET's).</summary>
/// <remarks>
/// .NET takes the first alternative that matches where PostgreSQL takes the longest, and decides greediness per
/// quantifier; everything else in the manual's section 9.7.3 is translated.
/// </remarks>
internal static class Patterns
{
    // A pattern is usually a constant; the bound keeps hostile ones from filling memory.
    private const int CacheLimit = 500;
    private static readonly ConcurrentDictionary<(string Pattern, string Flags), Regex> Cache = new();
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["text", "name", "bpchar"])
        {
            f.Add($"{type}like", 2, c => c.Return(Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
            f.Add($"{type}nlike", 2, c => c.Return(!Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
            f.Add($"{type}iclike", 2, c => c.Return(LikeIgnoringCase(c, (byte)'\\')));
            f.Add($"{type}icnlike", 2, c => c.Return(!LikeIgnoringCase(c, (byte)'\\')));
            f.Add($"{type}regexeq", 2, c => c.Return(Get(c.Text(1), "").IsMatch(c.Text(0))));
            f.Add($"{type}regexne", 2, c => c.Return(!Get(c.Text(1), "").IsMatch(c.Text(0))));
            f.Add($"{type}icregexeq", 2, c => c.Return(Get(c.Text(1), "i").IsMatch(c.Text(0))));
            f.Add($"{type}icregexne", 2, c => c.Return(!Get(c.Text(1), "i").IsMatch(c.Text(0))));
        }

        f.Add("textlike", 3, c => c.Return(Like(c.Bytes(0), c.Bytes(1), Escape(c, 2))));
        f.Add("texticlike", 3, c => c.Return(LikeIgnoringCase(c, Escape(c, 2))));
        f.Add("bytealike", 2, c => c.Return(Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
        f.Add("byteanlike", 2, c => c.Return(!Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
        f.Add("similar", 2, c => c.Return(Similar(c.Text(1), '\\').IsMatch(c.Text(0))));
        f.Add("similar", 3, c => c.Return(Similar(c.Text(1), c.Text(2) is { Length: 1 } e ? e[0] : '\0').IsMatch(c.Text(0))));

        f.Add("textregexsubstr", 2, c => c.Return(First(Get(c.Text(1), "").Match(c.Text(0)))));
        f.Add("textregexreplace_noopt", 3, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", 1, null)));
        f.Add("textregexreplace", 4, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), c.Text(3), 1, null)));
        f.Add("textregexreplace_extended", 6, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), c.Text(5), c.Int(3), c.Int(4))));
        f.Add("textregexreplace_extended_no_flags", 5, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", c.Int(3), c.Int(4))));
        f.Add("textregexreplace_extended_no_n", 4, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", c.Int(3), 1)));

        f.Add("regexp_like_no_flags", 2, c => c.Return(Get(c.Text(1), "").IsMatch(c.Text(0))));
        f.Add("regexp_like", 3, c => c.Return(Get(c.Text(1), c.Text(2)).IsMatch(c.Text(0))));
        f.Add("regexp_match_no_flags", 2, c => ReturnGroups(c, Get(c.Text(1), "").Match(c.Text(0))));
        f.Add("regexp_match", 3, c => ReturnGroups(c, Get(c.Text(1), c.Text(2)).Match(c.Text(0))));
        f.Add("regexp_matches_no_flags", 2, c => ReturnMatches(c, ""));
        f.Add("regexp_matches", 3, c => ReturnMatches(c, c.Text(2)));
        f.Add("regexp_split_to_array_no_flags", 2, c => PgArray.OfTexts(Split(c.Text(0), Get(c.Text(1), ""))).Return(c));
        f.Add("regexp_split_to_array", 3, c => PgArray.OfTexts(Split(c.Text(0), Get(c.Text(1), c.Text(2)))).Return(c));
        f.Add("regexp_split_to_table_no_flags", 2, c => SetResult.Texts(c, Split(c.Text(0), Get(c.Text(1), ""))));
        f.Add("regexp_split_to_table", 3, c => SetResult.Texts(c, Split(c.Text(0), Get(c.Text(1), c.Text(2)))));

        f.Add("regexp_count_no_start", 2, c => c.Return((long)Get(c.Text(1), "").Count(c.Text(0))));
        f.Add("regexp_count_no_flags", 3, c => c.Return((long)Get(c.Text(1), "").Matches(c.Text(0), Start(c.Text(0), c.Int(2))).Count));
        f.Add("regexp_count", 4, c => c.Return((long)Get(c.Text(1), c.Text(3)).Matches(c.Text(0), Start(c.Text(0), c.Int(2))).Count));
        f.Add("regexp_substr_no_start", 2, c => c.Return(Nth(c, "", 1, 1, 0)));
        f.Add("regexp_substr_no_n", 3, c => c.Return(Nth(c, "", c.Int(2), 1, 0)));
        f.Add("regexp_substr_no_flags", 4, c => c.Return(Nth(c, "", c.Int(2), c.Int(3), 0)));
        f.Add("regexp_substr_no_subexpr", 5, c => c.Return(Nth(c, c.Text(4), c.Int(2), c.Int(3), 0)));
        f.Add("regexp_substr", 6, c => c.Return(Nth(c, c.Text(4), c.Int(2), c.Int(3), (int)c.Int(5))));
        f.Add("regexp_instr_no_start", 2, c => c.Return((long)Position(c.Text(0), Get(c.Text(1), "").Match(c.Text(0)))));
        f.Add("regexp_instr_no_n", 3, c => c.Return((long)Position(c.Text(0), Get(c.Text(1), "").Match(c.Text(0), Start(c.Text(0), c.Int(2))))));
    }

    /// <summary>LIKE over UTF-8: <c>_</c> is one character, <c>%</c> any number.</summary>
    public static bool Like(ReadOnlySpan<byte> text, ReadOnlySpan<byte> pattern, byte escape)
    {
        var (t, p) = (0, 0);
        var (retryText, retryPattern) = (-1, -1);
        while (true)
        {
            if (p < pattern.Length && pattern[p] == '%' && escape != '%')
            {
                retryPattern = ++p;
                retryText = t;
                continue;
            }

            if (p == pattern.Length)
            {
                if (t == text.Length) return true;
            }
            else if (pattern[p] == escape && escape != 0)
            {
                if (p + 1 == pattern.Length)
                {
                    if (t < text.Length || retryPattern < 0) throw new PgException("22025", "LIKE pattern must not end with escape character");
                }
                else if (t < text.Length && text[t] == pattern[p + 1])
                {
                    t++;
                    p += 2;
                    continue;
                }
            }
            else if (t < text.Length)
            {
                if (pattern[p] == '_')
                {
                    t += CharacterLength(text, t);
                    p++;
                    continue;
                }

                if (text[t] == pattern[p])
                {
                    t++;
                    p++;
                    continue;
                }
            }

            if (retryPattern < 0 || retryText >= text.Length) return false;
            retryText += CharacterLength(text, retryText);
            t = retryText;
            p = retryPattern;
        }
    }

    private static int CharacterLength(ReadOnlySpan<byte> text, int at)
    {
        var length = 1;
        while (at + length < text.Length && (text[at + length] & 0xC0) == 0x80) length++;
        return length;
    }

    private static bool LikeIgnoringCase(Call c, byte escape) =>
        Like(Encoding.UTF8.GetBytes(c.Text(0).ToLowerInvariant()), Encoding.UTF8.GetBytes(c.Text(1).ToLowerInvariant()), escape);

    private static byte Escape(Call c, int i)
    {
        var escape = c.Bytes(i);
        if (escape.Length > 1) throw new PgException("22025", "invalid escape string") { Hint = "Escape string must be empty or one character." };
        return escape.IsEmpty ? (byte)0 : escape[0];
    }

    public static Regex Get(string pattern, string flags)
    {
        if (Cache.TryGetValue((pattern, flags), out var known)) return known;
        if (Cache.Count >= CacheLimit) Cache.Clear();
        return Cache[(pattern, flags)] = Compile(pattern, flags);
    }

    private static Regex Compile(string pattern, string flags)
    {
        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        var literal = false;
        if (pattern.StartsWith("***=", StringComparison.Ordinal)) (pattern, literal) = (pattern[4..], true);
        else if (pattern.StartsWith("***:", StringComparison.Ordinal)) pattern = pattern[4..];
        if (!literal && pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.IndexOf(')') is > 2 and var end
            && pattern.AsSpan(2, end - 2).IndexOfAnyExceptInRange('a', 'z') < 0)
        {
            flags += pattern[2..end];
            pattern = pattern[(end + 1)..];
        }

        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 'i': options |= RegexOptions.IgnoreCase; break;
                case 'c': options &= ~RegexOptions.IgnoreCase; break;
                case 'n' or 'm': options = (options & ~RegexOptions.Singleline) | RegexOptions.Multiline; break;
                case 'p': options &= ~RegexOptions.Singleline; break;
                case 'w': options |= RegexOptions.Multiline; break;
                case 's': options = (options | RegexOptions.Singleline) & ~RegexOptions.Multiline; break;
                case 'x': options |= RegexOptions.IgnorePatternWhitespace; break;
                case 't' or 'g' or 'e' or 'b': break;
                case 'q': literal = true; break;
                default: throw new PgException(SqlStates.InvalidParameterValue, $"invalid regular expression option: \"{flag}\"");
            }
        }

        try
        {
            return new Regex(literal ? Regex.Escape(pattern) : Translate(pattern, options), options, Timeout);
        }
        catch (ArgumentException error)
        {
            throw new PgException("2201B", $"invalid regular expression: {Reason(error)}", error);
        }
    }

    private static string Reason(ArgumentException error) => error is RegexParseException parse
        ? parse.Error switch
        {
            RegexParseError.InsufficientClosingParentheses or RegexParseError.InsufficientOpeningParentheses => "parentheses () not balanced",
            RegexParseError.UnterminatedBracket => "brackets [] not balanced",
            RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "quantifier operand invalid",
            RegexParseError.ReversedQuantifierRange => "invalid repetition count(s)",
            RegexParseError.ReversedCharacterRange => "invalid character range",
            RegexParseError.UndefinedNumberedReference => "invalid backreference number",
            RegexParseError.UnescapedEndingBackslash => "invalid escape \\ sequence",
            _ => "invalid escape \\ sequence",
        }
        : error.Message;

    private static string Translate(string pattern, RegexOptions options)
    {
        var output = new StringBuilder(pattern.Length + 8);
        for (var i = 0; i < pattern.Length; i++)
        {
            var ch = pattern[i];
            switch (ch)
            {
                case '\\' when i + 1 < pattern.Length:
                    ch = pattern[++i];
                    output.Append(ch switch
                    {
                        'm' => @"\b(?=\w)",
                        'M' => @"\b(?<=\w)",
                        'y' => @"\b",
                        'Y' => @"\B",
                        'Z' => @"\z",
                        'B' => @"\\",
                        _ => "\\" + ch,
                    });
                    break;
                case '$':
                    // .NET's own would also match before a last newline.
                    output.Append((options & RegexOptions.Multiline) != 0 ? @"(?=\n|\z)" : @"\z");
                    break;
                case '[':
                    i = Bracket(pattern, i, output, options);
                    break;
                case '.' when (options & RegexOptions.Singleline) == 0:
                    output.Append(@"[^\n]");
                    break;
                case '{' when i + 1 < pattern.Length && !char.IsAsciiDigit(pattern[i + 1]):
                    output.Append("\\{");
                    break;
                default:
                    output.Append(ch);
                    break;
            }
        }

        return output.ToString();
    }

    private static int Bracket(string pattern, int at, StringBuilder output, RegexOptions options)
    {
        // [[:<:]] and [[:>:]] are word boundaries, not sets.
        if (string.CompareOrdinal(pattern, at, "[[:<:]]", 0, 7) == 0) return Take(@"\b(?=\w)");
        if (string.CompareOrdinal(pattern, at, "[[:>:]]", 0, 7) == 0) return Take(@"\b(?<=\w)");
        output.Append('[');
        var i = at + 1;
        var negated = i < pattern.Length && pattern[i] == '^';
        if (negated)
        {
            output.Append('^');
            if ((options & RegexOptions.Singleline) == 0) output.Append(@"\n");
            i++;
        }

        for (var first = true; i < pattern.Length; first = false)
        {
            if (pattern[i] == ']' && !first)
            {
                output.Append(']');
                return i;
            }

            if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] is ':' or '.' or '=')
            {
                var kind = pattern[i + 1];
                var end = pattern.IndexOf($"{kind}]", i + 2, StringComparison.Ordinal);
                if (end < 0) throw new PgException("2201B", "invalid regular expression: brackets [] not balanced");
                var name = pattern[(i + 2)..end];
                output.Append(kind == ':' ? Class(name) : Regex.Escape(name).Replace("]", "\\]"));
                i = end + 2;
                continue;
            }

            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                output.Append('\\').Append(pattern[i + 1]);
                i += 2;
                continue;
            }

            if (pattern[i] is '[' or ']') output.Append('\\');
            output.Append(pattern[i++]);
        }

        throw new PgException("2201B", "invalid regular expression: brackets [] not balanced");

        int Take(string text)
        {
            output.Append(text);
            return at + 6;
        }
    }

    private static string Class(string name) => name switch
    {
        "alpha" => @"\p{L}",
        "digit" => "0-9",
        "alnum" => @"\p{L}\p{Nd}",
        "upper" => @"\p{Lu}",
        "lower" => @"\p{Ll}",
        "space" => @"\s",
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "cntrl" => @"\x00-\x1f\x7f",
        "print" => @"\x20-\x7e\p{L}\p{N}",
        "graph" => @"\x21-\x7e\p{L}\p{N}",
        "xdigit" => "0-9A-Fa-f",
        "word" => @"\w",
        _ => throw new PgException("2201B", "invalid regular expression: invalid character class"),
    };

    private static Regex Similar(string pattern, char escape)
    {
        if (Cache.TryGetValue((pattern, "similar" + escape), out var known)) return known;
        var output = new StringBuilder(@"\A(?:");
        var inBrackets = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var ch = pattern[i];
            if (ch == escape && escape != '\0' && i + 1 < pattern.Length) output.Append(Regex.Escape(pattern[++i].ToString()));
            else if (inBrackets)
            {
                output.Append(ch == '\\' ? "\\\\" : ch.ToString());
                if (ch == ']') inBrackets = false;
            }
            else
            {
                output.Append(ch switch
                {
                    '%' => ".*",
                    '_' => ".",
                    '(' => "(?:",
                    '.' or '^' or '$' or '\\' => "\\" + ch,
                    _ => ch.ToString(),
                });
                if (ch == '[') inBrackets = true;
            }
        }

        var text = output.Append(@")\z").ToString().Replace("[[:alpha:]]", @"\p{L}").Replace("[[:digit:]]", "[0-9]").Replace("[[:alnum:]]", @"[\p{L}0-9]");
        try
        {
            return Cache[(pattern, "similar" + escape)] = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.Singleline, Timeout);
        }
        catch (ArgumentException error)
        {
            throw new PgException("2201B", $"invalid regular expression: {Reason(error)}", error);
        }
    }

    private static string? First(Match match) => !match.Success ? null
        : match.Groups.Count > 1 ? match.Groups[1].Success ? match.Groups[1].Value : null
        : match.Value;

    private static string?[] Groups(Match match) => match.Groups.Count == 1
        ? [match.Value]
        : [.. match.Groups.Values.Skip(1).Select(group => group.Success ? group.Value : null)];

    private static void ReturnGroups(Call c, Match match)
    {
        if (match.Success) PgArray.OfTexts(Groups(match)).Return(c);
    }

    private static void ReturnMatches(Call c, string flags)
    {
        var matches = Get(c.Text(1), flags).Matches(c.Text(0)).AsEnumerable();
        if (!flags.Contains('g')) matches = matches.Take(1);
        SetResult.Arrays(c, matches.Select(match => PgArray.OfTexts(Groups(match))));
    }

    private static IEnumerable<string> Split(string text, Regex regex)
    {
        var from = 0;
        foreach (var match in regex.Matches(text).AsEnumerable())
        {
            // An empty match at either end, or right behind the last one, splits nothing.
            if (match.Length == 0 && (match.Index == from && match.Index == 0 || match.Index >= text.Length)) continue;
            yield return text[from..match.Index];
            from = match.Index + match.Length;
        }

        yield return text[from..];
    }

    private static int Start(string text, long position)
    {
        if (position <= 0) throw new PgException(SqlStates.InvalidParameterValue, $"invalid value for parameter \"start\": {position}");
        return Math.Min(Characters.Offset(text, (int)Math.Min(position - 1, int.MaxValue)), text.Length);
    }

    private static string? Nth(Call c, string flags, long start, long n, int group)
    {
        var text = c.Text(0);
        var matches = Get(c.Text(1), flags).Matches(text, Start(text, start));
        if (matches.Count < n) return null;
        var match = matches[(int)n - 1];
        return group < match.Groups.Count && match.Groups[group].Success ? match.Groups[group].Value : null;
    }

    private static int Position(string text, Match match) => match.Success ? Characters.Count(text.AsSpan(0, match.Index)) + 1 : 0;

    /// <param name="n">The occurrence to replace, 0 for all; null lets the flag g decide.</param>
    private static string Replace(string text, string pattern, string replacement, string flags, long start, long? n)
    {
        if (n is null && flags.Length > 0 && char.IsAsciiDigit(flags[0]))
            throw new PgException(SqlStates.InvalidParameterValue, $"invalid regular expression option: \"{flags[0]}\"")
            {
                Hint = "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.",
            };
        var regex = Get(pattern, flags);
        var all = n == 0 || (n is null && flags.Contains('g'));
        var output = new StringBuilder();
        var from = 0;
        var seen = 0L;
        foreach (var match in regex.Matches(text, Start(text, start)).AsEnumerable())
        {
            seen++;
            if (!all && seen != (n ?? 1)) continue;
            output.Append(text, from, match.Index - from);
            Substitute(output, replacement, match);
            from = match.Index + match.Length;
            if (!all) break;
        }

        return output.Append(text, from, text.Length - from).ToString();
    }

    // \1 to \9 are groups, \& the whole match, \\ a backslash.
    private static void Substitute(StringBuilder output, string replacement, Match match)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '\\' || i + 1 == replacement.Length)
            {
                output.Append(replacement[i]);
                continue;
            }

            var next = replacement[++i];
            if (next == '&') output.Append(match.Value);
            else if (next is >= '1' and <= '9') output.Append(match.Groups[next - '0'].Value);
            else if (next == '\\') output.Append('\\');
            else output.Append('\\').Append(next);
        }
    }
}
