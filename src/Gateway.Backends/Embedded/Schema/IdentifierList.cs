using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>A qualified name in a string, as regclass reads it: folded to lower case where it is not quoted.</summary>
internal static class IdentifierList
{
    public static string[] Split(string text)
    {
        var parts = new List<string>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] == ' ') at++;
            var part = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at >= text.Length) throw new PgException(SqlStates.InvalidName, "invalid name syntax");
                    if (text[at] != '"') part.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"') part.Append(text[at++]);
                    else break;
                }

                at++;
            }
            else
            {
                while (at < text.Length && text[at] is not ('.' or ' ')) part.Append(char.ToLowerInvariant(text[at++]));
            }

            while (at < text.Length && text[at] == ' ') at++;
            if (part.Length == 0) throw new PgException(SqlStates.InvalidName, "invalid name syntax");
            parts.Add(part.ToString());
            if (at == text.Length) return [.. parts];
            if (text[at++] != '.') throw new PgException(SqlStates.InvalidName, "invalid name syntax");
        }
    }
}
