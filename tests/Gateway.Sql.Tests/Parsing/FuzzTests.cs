using System.Diagnostics;
using System.Text;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

public sealed class FuzzTests
{
    private static readonly string[] Seeds = [.. Corpus.All()];

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", ",", ";", ".", "::", "'", "\"", "$$", "/*", "*/", "--", "\n", "E'\\", "U&'", "$1", "+", "=", "<>", "*",
        " select ", " from ", " not ", " in ", " between ", " and ", " case ", " end ", " null ", " is ", " as ", " with ", " values ",
        " order by ", " limit ", " over ", " interval ", " default ", "1e", "\0", "\uD800", "é",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damaged_statements_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++) Check(Damage(Seeds[random.Next(Seeds.Length)], random));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Noise_is_refused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var text = new StringBuilder();
            var length = random.Next(40);
            for (var j = 0; j < length; j++)
                text.Append(random.Next(3) == 0 ? Pieces[random.Next(Pieces.Length)] : ((char)random.Next(1, 256)).ToString());
            Check(text.ToString());
        }
    }

    [Fact]
    public void Every_beginning_of_a_statement_is_read_or_refused()
    {
        foreach (var sql in Seeds.Where((_, i) => i % 3 == 0))
            for (var length = 0; length < Math.Min(sql.Length, 400); length++)
                Check(sql[..length]);
    }

    private static void Check(string sql)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            foreach (var statement in Parser.ParseScript(sql))
                Assert.True(statement.Position >= 0 && statement.Length > 0 && statement.Position + statement.Length <= sql.Length);
        }
        catch (PgException error)
        {
            Assert.True(error.Position is null or > 0, sql);
            Assert.True(error.Position is null || error.Position <= sql.Length + 1, sql);
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType().Name} for: {sql}\n{error.StackTrace}");
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), sql);
    }

    /// <summary>Deletes, doubles, swaps or replaces pieces of the text, some at once.</summary>
    private static string Damage(string sql, Random random)
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
