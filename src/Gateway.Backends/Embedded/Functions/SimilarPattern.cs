using System.Text;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>A pattern of SIMILAR TO as a regular expression of PostgreSQL.</summary>
internal static class SimilarPattern
{
    public static string ToRegular(string pattern, char escape)
    {
        var output = new StringBuilder();
        var inBrackets = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var ch = pattern[i];
            if (ch == escape && escape != '\0' && i + 1 < pattern.Length)
            {
                var next = pattern[++i];
                output.Append(char.IsAsciiLetterOrDigit(next) || next > 127 || next == '_' ? next.ToString() : "\\" + next);
            }
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
                if (ch != '[') continue;
                inBrackets = true;

                // A class such as [:alpha:] has a bracket of its own.
                while (i + 2 < pattern.Length && pattern[i + 1] == '[' && pattern[i + 2] == ':' && pattern.IndexOf(":]", i + 3, StringComparison.Ordinal) is > 0 and var end)
                {
                    output.Append(pattern, i + 1, end + 1 - i);
                    i = end + 1;
                }
            }
        }

        return output.ToString();
    }
}
