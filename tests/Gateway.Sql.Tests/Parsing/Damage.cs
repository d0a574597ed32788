namespace Gateway.Sql.Tests.Parsing;

/// <summary>Makes almost-SQL of SQL.</summary>
internal static class Damage
{
    public static readonly string[] Pieces =
    [
        "(", ")", "[", "]", ",", ";", ".", "::", "'", "\"", "$$", "/*", "*/", "--", "\n", "E'\\", "U&'", "$1", "+", "=", "<>", "*",
        " select ", " from ", " not ", " in ", " between ", " and ", " case ", " end ", " null ", " is ", " as ", " with ", " values ",
        " order by ", " limit ", " over ", " interval ", " default ", "1e", "\0", "\uD800", "é",
    ];

    /// <summary>Deletes, doubles, swaps or replaces pieces of the text, some at once.</summary>
    public static string Statement(string sql, Random random)
    {
        var words = Words(sql);
        for (var n = random.Next(1, 4); n > 0 && words.Count > 1; n--)
        {
            var at = random.Next(words.Count);
            switch (random.Next(5))
            {
                case 0: words.RemoveAt(at); break;
                case 1: words.Insert(at, words[at]); break;
                case 2: (words[at], words[^1]) = (words[^1], words[at]); break;
                case 3: words.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                default: words[at] = ((char)random.Next(1, 0x200)).ToString(); break;
            }
        }

        return string.Concat(words);
    }

    private static List<string> Words(string sql)
    {
        var words = new List<string>();
        for (var start = 0; start < sql.Length;)
        {
            var end = start + 1;
            while (end < sql.Length && char.IsLetterOrDigit(sql[start]) && char.IsLetterOrDigit(sql[end])) end++;
            words.Add(sql[start..end]);
            start = end;
        }

        return words;
    }
}
