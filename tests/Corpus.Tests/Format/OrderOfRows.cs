using System.Text.RegularExpressions;

namespace Corpus.Tests.Format;

/// <summary>Whether a statement fixes the order of its rows: an ORDER BY outside all parentheses.</summary>
internal static partial class OrderOfRows
{
    public static bool IsFixed(string sql)
    {
        var depth = 0;
        foreach (Match match in Token().Matches(sql))
        {
            switch (match.Value)
            {
                case "(" or "[": depth++; break;
                case ")" or "]": depth--; break;
                default:
                    if (depth == 0 && match.Groups["order"].Success) return true;
                    break;
            }
        }

        return false;
    }

    // Strings, names in quotes and comments are whole tokens, so that nothing in them is looked at.
    [GeneratedRegex("""
        '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | (?<tag>\$\w*\$).*?\k<tag>
        | (?<order>\border\s+by\b) | \w+ | [()\[\]]
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Token();
}
