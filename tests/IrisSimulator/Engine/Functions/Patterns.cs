using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace IrisSimulator.Engine.Functions;

/// <summary>LIKE, %MATCHES and %PATTERN as regular expressions over the whole value.</summary>
internal static class Patterns
{
    private static readonly ConcurrentDictionary<(char, string, string), Regex> Cache = new();

    private static Regex Cached(char kind, string pattern, string escape, Func<string> make) =>
        Cache.GetOrAdd((kind, pattern, escape), _ => new Regex($@"\A(?:{make()})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant));

    public static Regex Like(string pattern, string escape) => Cached('L', pattern, escape, () =>
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
            if (escape.Length == 1 && pattern[i] == escape[0])
                result.Append(Regex.Escape(i + 1 < pattern.Length ? pattern[++i].ToString() : throw Fail.With(-63, "Escape character at the end of the pattern")));
            else
                result.Append(pattern[i] switch { '%' => ".*", '_' => ".", var c => Regex.Escape(c.ToString()) });
        return result.ToString();
    });

    public static Regex Matches(string pattern, string escape) => Cached('M', pattern, escape, () =>
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
            if (escape.Length == 1 && pattern[i] == escape[0] && i + 1 < pattern.Length) result.Append(Regex.Escape(pattern[++i].ToString()));
            else if (pattern[i] == '[' && pattern.IndexOf(']', i) is > 0 and var end)
            {
                result.Append(pattern[i..(end + 1)].Replace(@"\", @"\\"));
                i = end;
            }
            else result.Append(pattern[i] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
        return result.ToString();
    });

    /// <summary>ObjectScript: a count (3, 1., .4, 1.4 or .) and a code (A C E L N P U) or a quoted text, repeated.</summary>
    public static Regex ObjectScript(string pattern) => Cached('P', pattern, "", () =>
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var from = i;
            while (i < pattern.Length && (char.IsAsciiDigit(pattern[i]) || pattern[i] == '.')) i++;
            var count = pattern[from..i];
            if (count.Length == 0 || i >= pattern.Length) throw Fail.With(-400, "<SYNTAX> in a pattern");
            string code;
            if (pattern[i] == '"')
            {
                var end = pattern.IndexOf('"', i + 1);
                if (end < 0) throw Fail.With(-400, "<SYNTAX> in a pattern");
                code = "(?:" + Regex.Escape(pattern[(i + 1)..end]) + ")";
                i = end + 1;
            }
            else
            {
                var codes = new StringBuilder();
                while (i < pattern.Length && char.IsLetter(pattern[i])) codes.Append(Code(char.ToUpperInvariant(pattern[i++])));
                code = codes.Length == 0 ? throw Fail.With(-400, "<SYNTAX> in a pattern") : $"[{codes}]";
            }
            result.Append(code).Append(Count(count));
        }
        return result.ToString();
    });

    private static string Code(char code) => code switch
    {
        'A' => @"\p{L}", 'C' => @"\p{Cc}", 'E' => @"\s\S", 'L' => @"\p{Ll}", 'N' => "0-9", 'P' => @"\p{P}\p{S} ", 'U' => @"\p{Lu}",
        _ => throw Fail.With(-400, $"<SYNTAX> pattern code '{code}'"),
    };

    private static string Count(string count)
    {
        var dot = count.IndexOf('.');
        if (dot < 0) return $"{{{count}}}";
        var (low, high) = (count[..dot], count[(dot + 1)..]);
        return $"{{{(low.Length == 0 ? "0" : low)},{high}}}";
    }
}
