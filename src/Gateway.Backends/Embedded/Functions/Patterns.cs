using System.Text;
using System.Text.RegularExpressions;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>LIKE, ILIKE, SIMILAR TO and the functions over regular expressions. Case is that of LC_CTYPE C.UTF-8.</summary>
internal static class Patterns
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["text", "name", "bpchar"])
        {
            f.Add($"{type}like", 2, c => c.Return(Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
            f.Add($"{type}nlike", 2, c => c.Return(!Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
            f.Add($"{type}iclike", 2, c => c.Return(LikeIgnoringCase(c, (byte)'\\')));
            f.Add($"{type}icnlike", 2, c => c.Return(!LikeIgnoringCase(c, (byte)'\\')));
            f.Add($"{type}regexeq", 2, c => c.Return(RegularExpression.Get(c.Text(1), "").IsMatch(c.Text(0))));
            f.Add($"{type}regexne", 2, c => c.Return(!RegularExpression.Get(c.Text(1), "").IsMatch(c.Text(0))));
            f.Add($"{type}icregexeq", 2, c => c.Return(RegularExpression.Get(c.Text(1), "i").IsMatch(c.Text(0))));
            f.Add($"{type}icregexne", 2, c => c.Return(!RegularExpression.Get(c.Text(1), "i").IsMatch(c.Text(0))));
        }

        f.Add("textlike", 3, c => c.Return(Like(c.Bytes(0), c.Bytes(1), Escape(c, 2))));
        f.Add("texticlike", 3, c => c.Return(LikeIgnoringCase(c, Escape(c, 2))));
        f.Add("bytealike", 2, c => c.Return(Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
        f.Add("byteanlike", 2, c => c.Return(!Like(c.Bytes(0), c.Bytes(1), (byte)'\\')));
        f.Add("similar", 2, c => c.Return(RegularExpression.Similar(c.Text(1), '\\').IsMatch(c.Text(0))));
        f.Add("similar", 3, c => c.Return(RegularExpression.Similar(c.Text(1), c.Text(2) is { Length: 1 } e ? e[0] : '\0').IsMatch(c.Text(0))));

        f.Add("textregexsubstr", 2, c => c.Return(First(RegularExpression.Get(c.Text(1), "").Match(c.Text(0)))));
        f.Add("textregexreplace_noopt", 3, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", 1, null)));
        f.Add("textregexreplace", 4, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), c.Text(3), 1, null)));
        f.Add("textregexreplace_extended", 6, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), c.Text(5), c.Int(3), c.Int(4))));
        f.Add("textregexreplace_extended_no_flags", 5, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", c.Int(3), c.Int(4))));
        f.Add("textregexreplace_extended_no_n", 4, c => c.Return(Replace(c.Text(0), c.Text(1), c.Text(2), "", c.Int(3), 1)));

        f.Add("regexp_like_no_flags", 2, c => c.Return(RegularExpression.Get(c.Text(1), "").IsMatch(c.Text(0))));
        f.Add("regexp_like", 3, c => c.Return(RegularExpression.Get(c.Text(1), c.Text(2)).IsMatch(c.Text(0))));
        f.Add("regexp_match_no_flags", 2, c => ReturnGroups(c, RegularExpression.Get(c.Text(1), "").Match(c.Text(0))));
        f.Add("regexp_match", 3, c => ReturnGroups(c, RegularExpression.Get(c.Text(1), c.Text(2)).Match(c.Text(0))));
        f.Add("regexp_matches_no_flags", 2, c => ReturnMatches(c, ""));
        f.Add("regexp_matches", 3, c => ReturnMatches(c, c.Text(2)));
        f.Add("regexp_split_to_array_no_flags", 2, c => PgArray.OfTexts(Split(c.Text(0), RegularExpression.Get(c.Text(1), ""))).Return(c));
        f.Add("regexp_split_to_array", 3, c => PgArray.OfTexts(Split(c.Text(0), RegularExpression.Get(c.Text(1), c.Text(2)))).Return(c));
        f.Add("regexp_split_to_table_no_flags", 2, c => SetResult.Texts(c, Split(c.Text(0), RegularExpression.Get(c.Text(1), ""))));
        f.Add("regexp_split_to_table", 3, c => SetResult.Texts(c, Split(c.Text(0), RegularExpression.Get(c.Text(1), c.Text(2)))));

        f.Add("regexp_count_no_start", 2, c => c.Return((long)RegularExpression.Get(c.Text(1), "").Matches(c.Text(0)).Count()));
        f.Add("regexp_count_no_flags", 3, c => c.Return((long)RegularExpression.Get(c.Text(1), "").Matches(c.Text(0), Start(c.Text(0), c.Int(2))).Count()));
        f.Add("regexp_count", 4, c => c.Return((long)RegularExpression.Get(c.Text(1), c.Text(3)).Matches(c.Text(0), Start(c.Text(0), c.Int(2))).Count()));
        f.Add("regexp_substr_no_start", 2, c => c.Return(Nth(c, "", 1, 1, 0)));
        f.Add("regexp_substr_no_n", 3, c => c.Return(Nth(c, "", c.Int(2), 1, 0)));
        f.Add("regexp_substr_no_flags", 4, c => c.Return(Nth(c, "", c.Int(2), c.Int(3), 0)));
        f.Add("regexp_substr_no_subexpr", 5, c => c.Return(Nth(c, c.Text(4), c.Int(2), c.Int(3), 0)));
        f.Add("regexp_substr", 6, c => c.Return(Nth(c, c.Text(4), c.Int(2), c.Int(3), (int)c.Int(5))));
        f.Add("regexp_instr_no_start", 2, c => c.Return(Instr(c, "", 1, 1, 0, 0)));
        f.Add("regexp_instr_no_n", 3, c => c.Return(Instr(c, "", c.Int(2), 1, 0, 0)));
        f.Add("regexp_instr_no_endoption", 4, c => c.Return(Instr(c, "", c.Int(2), c.Int(3), 0, 0)));
        f.Add("regexp_instr_no_flags", 5, c => c.Return(Instr(c, "", c.Int(2), c.Int(3), c.Int(4), 0)));
        f.Add("regexp_instr_no_subexpr", 6, c => c.Return(Instr(c, c.Text(5), c.Int(2), c.Int(3), c.Int(4), 0)));
        f.Add("regexp_instr", 7, c => c.Return(Instr(c, c.Text(5), c.Int(2), c.Int(3), c.Int(4), c.Int(6))));

        // substring(x SIMILAR y ESCAPE z), which pg_proc writes in SQL under its own name.
        f.Add("substring", 3, c => c.Return(First(RegularExpression.SimilarSubstring(c.Text(1), c.Text(2)).Match(c.Text(0)))));
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
                    if (t < text.Length) throw new PgException("22025", "LIKE pattern must not end with escape character");
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
        Like(Characters.Lower(c.Bytes(0)), Characters.Lower(c.Bytes(1)), escape);

    private static byte Escape(Call c, int i)
    {
        var escape = c.Bytes(i);
        if (escape.Length > 1) throw new PgException("22025", "invalid escape string") { Hint = "Escape string must be empty or one character." };
        return escape.IsEmpty ? (byte)0 : escape[0];
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
        var matches = RegularExpression.Get(c.Text(1), flags).Matches(c.Text(0));
        if (!flags.Contains('g')) matches = matches.Take(1);
        SetResult.Arrays(c, matches.Select(match => PgArray.OfTexts(Groups(match))));
    }

    private static IEnumerable<string> Split(string text, RegularExpression regex)
    {
        var from = 0;
        foreach (var match in regex.Matches(text))
        {
            // An empty match at either end, or right behind the last one, splits nothing.
            if (match.Length == 0 && (match.Index == from || match.Index >= text.Length)) continue;
            yield return text[from..match.Index];
            from = match.Index + match.Length;
        }

        yield return text[from..];
    }

    private static int Start(string text, long position)
    {
        AtLeast(position, 1, "start");
        return Math.Min(Characters.Offset(text, (int)Math.Min(position - 1, int.MaxValue)), text.Length);
    }

    private static string? Nth(Call c, string flags, long start, long n, int group)
    {
        AtLeast(n, 1, "n");
        AtLeast(group, 0, "subexpr");
        var text = c.Text(0);
        var match = RegularExpression.Get(c.Text(1), flags).Matches(text, Start(text, start)).ElementAtOrDefault((int)Math.Min(n - 1, int.MaxValue));
        return match is not null && group < match.Groups.Count && match.Groups[group].Success ? match.Groups[group].Value : null;
    }

    /// <summary>Where a match begins, or with <paramref name="end"/> 1 what follows it begins; from 1 in characters, 0 for none.</summary>
    private static long Instr(Call c, string flags, long start, long n, long end, long group)
    {
        AtLeast(n, 1, "n");
        if (end is not (0 or 1)) throw Invalid("endoption", end);
        AtLeast(group, 0, "subexpr");
        var text = c.Text(0);
        var match = RegularExpression.Get(c.Text(1), flags).Matches(text, Start(text, start)).ElementAtOrDefault((int)Math.Min(n - 1, int.MaxValue));
        if (match is null || group >= match.Groups.Count || !match.Groups[(int)group].Success) return 0;
        var found = match.Groups[(int)group];
        return Characters.Count(text.AsSpan(0, found.Index + (end == 1 ? found.Length : 0))) + 1;
    }

    private static void AtLeast(long value, long minimum, string name)
    {
        if (value < minimum) throw Invalid(name, value);
    }

    private static PgException Invalid(string name, long value) =>
        new(SqlStates.InvalidParameterValue, $"invalid value for parameter \"{name}\": {value}");

    /// <param name="n">The occurrence to replace, 0 for all; null lets the flag g decide.</param>
    private static string Replace(string text, string pattern, string replacement, string flags, long start, long? n)
    {
        if (n is null && flags.Length > 0 && char.IsAsciiDigit(flags[0]))
            throw new PgException(SqlStates.InvalidParameterValue, $"invalid regular expression option: \"{flags[0]}\"")
            {
                Hint = "If you meant to use regexp_replace() with a start parameter, cast the fourth argument to integer explicitly.",
            };
        var regex = RegularExpression.Get(pattern, flags);
        var all = n == 0 || (n is null && flags.Contains('g'));
        var output = new StringBuilder();
        var from = 0;
        var seen = 0L;
        foreach (var match in regex.Matches(text, Start(text, start)))
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
