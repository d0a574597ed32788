using System.Text;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>Names as SQL writes them, outside of a statement: in the text of regclass, of quote_ident and the like.</summary>
public static class Identifiers
{
    /// <summary>quote_ident: in double quotes unless the name reads back as itself without them.</summary>
    public static string Quote(string name)
    {
        var plain = name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            && Keywords.Category(Keywords.Find(name, Fold.Hash(name))) == KeywordCategory.Unreserved;
        return plain ? name : "\"" + name.Replace("\"", "\"\"") + "\"";
    }

    /// <summary><c>a."B".c</c> taken apart.</summary>
    /// <exception cref="PgException">42602 when it is no such list.</exception>
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
