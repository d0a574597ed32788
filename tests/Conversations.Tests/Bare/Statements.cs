namespace Conversations.Tests.Bare;

/// <summary>Finds where one statement ends and the next begins, which quotes and comments may hide.</summary>
internal static class Statements
{
    public static List<string> Split(string sql)
    {
        var statements = new List<string>();
        var start = 0;
        var hasContent = false;
        for (var i = 0; i < sql.Length;)
        {
            var end = SkipBlank(sql, i);
            if (end > i)
            {
                i = end;
                continue;
            }

            if (sql[i] == ';')
            {
                if (hasContent) statements.Add(sql[start..i].Trim());
                (start, hasContent) = (++i, false);
                continue;
            }

            if (!hasContent) (start, hasContent) = (i, true);
            i = SkipToken(sql, i);
        }

        if (hasContent) statements.Add(sql[start..].Trim());
        return statements;
    }

    private static int SkipBlank(string sql, int i)
    {
        if (char.IsWhiteSpace(sql[i])) return i + 1;
        if (At(sql, i, "--")) return sql.IndexOf('\n', i) is >= 0 and var line ? line : sql.Length;
        if (!At(sql, i, "/*")) return i;

        var depth = 0;
        do
        {
            if (At(sql, i, "/*")) (depth, i) = (depth + 1, i + 2);
            else if (At(sql, i, "*/")) (depth, i) = (depth - 1, i + 2);
            else i++;
        }
        while (depth > 0 && i < sql.Length);
        return i;
    }

    private static int SkipToken(string sql, int i)
    {
        switch (sql[i])
        {
            case '\'' or '"':
                var quote = sql[i];
                var escapes = quote == '\'' && i > 0 && sql[i - 1] is 'E' or 'e';
                for (i++; i < sql.Length && sql[i] != quote; i++)
                    if (escapes && sql[i] == '\\') i++;
                return i + 1;

            case '$' when sql.IndexOf('$', i + 1) is > 0 and var second && sql[(i + 1)..second].All(char.IsLetter):
                var tag = sql[i..(second + 1)];
                return sql.IndexOf(tag, second + 1, StringComparison.Ordinal) is >= 0 and var close ? close + tag.Length : sql.Length;

            default: return i + 1;
        }
    }

    private static bool At(string sql, int i, string what) => string.CompareOrdinal(sql, i, what, 0, what.Length) == 0;
}
