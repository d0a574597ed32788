using System.Text;
using IrisSimulator.Sql;

namespace IrisSimulator.Tests.Front;

/// <summary>Whatever the text: a tree or an IrisError, and an end.</summary>
public class FuzzTests
{
    private static readonly IrisVersion Newest = IrisVersion.V2025_2;

    private static readonly string[] Statements =
        [.. StatementTests.Rows("accept.txt").Concat(StatementTests.Rows("refuse.txt")).Select(parts => parts[^1])];

    private static readonly string[] Words =
        [.. Statements.SelectMany(s => s.Split(' ')).Distinct(), "(", ")", ",", "'", "\"", "{", "}", "--", "/*", "?", "\0", "\ud800", "ß", "1e999999999999"];

    private static void Survives(string sql)
    {
        try
        {
            IrisParser.Parse(sql, Newest);
        }
        catch (IrisError error)
        {
            Assert.True(SqlCodes.IsKnown(error.SqlCode));
        }
    }

    [Fact]
    public void Every_beginning_and_every_end_of_every_statement_survives()
    {
        foreach (var statement in Statements)
            for (var cut = 0; cut <= statement.Length; cut++)
            {
                Survives(statement[..cut]);
                Survives(statement[cut..]);
            }
    }

    [Fact]
    public void Words_in_any_order_survive()
    {
        var random = new Random(1);
        for (var round = 0; round < 8_000; round++)
            Survives(string.Join(' ', Enumerable.Range(0, random.Next(1, 25)).Select(_ => Words[random.Next(Words.Length)])));
    }

    [Fact]
    public void Statements_with_a_word_lost_or_put_in_survive()
    {
        var random = new Random(2);
        for (var round = 0; round < 8_000; round++)
        {
            var words = Statements[random.Next(Statements.Length)].Split(' ').ToList();
            words.Insert(random.Next(words.Count + 1), Words[random.Next(Words.Length)]);
            words.RemoveAt(random.Next(words.Count));
            Survives(string.Join(' ', words));
        }
    }

    [Fact]
    public void Any_characters_survive()
    {
        var random = new Random(3);
        for (var round = 0; round < 8_000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(60); length > 0; length--) text.Append((char)random.Next(random.Next(2) == 0 ? 128 : 0x10000));
            Survives(text.ToString());
            Survives("SELECT " + text);
        }
    }

    public static TheoryData<string, string, string> Nestings() => new()
    {
        { "SELECT ", "(", ")" },
        { "SELECT ", "-", "" },
        { "SELECT ", "ABS(", ")" },
        { "SELECT ", "{fn ABS(", ")}" },
        { "SELECT ", "CASE WHEN 1 = ", "THEN 1 END" },
        { "SELECT ", "(SELECT ", ")" },
        { "SELECT ", "%EXACT ", "" },
        { "SELECT ", "COUNT(", ")" },
        { "SELECT ", "CAST(", " AS INT)" },
        { "SELECT ", "TRIM(", ")" },
        { "SELECT ", "POSITION('x' IN ", ")" },
        { "SELECT ", "1 + (", ")" },
        { "SELECT ", "JSON_ARRAY(", ")" },
        { "SELECT ", "f(", ")" },
        { "SELECT 1 WHERE 1 = ", "1 OR 1 = ", "" },
        { "SELECT 1 WHERE ", "NOT ", "" },
        { "SELECT 1 WHERE ", "NOT (", ")" },
        { "SELECT 1 WHERE ", "%NOINDEX ", "" },
        { "SELECT 1 WHERE ", "EXISTS (SELECT 1 WHERE ", ")" },
        { "SELECT 1 WHERE ", "FOR SOME (t) (", ")" },
        { "SELECT 1 WHERE 1 IN (", "(", ")" },
        { "SELECT a FROM ", "(SELECT a FROM ", ")" },
        { "SELECT a FROM t ", "JOIN t ON 1 = 1 ", "" },
        { "", "(", ")" },
        { "", "SELECT 1 UNION ", "" },
        { "EXPLAIN ", "EXPLAIN ", "" },
        { "CREATE PROCEDURE p() ", "{", "}" },
        { "SELECT a", "->b", "" },
        { "SELECT a ", "|| a ", "" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Deep_nesting_ends_in_an_error_and_shallow_nesting_does_not_overflow(string start, string open, string close)
    {
        foreach (var depth in new[] { 10, 90, 99, 101, 2_000, 2_999, 100_000 })
        {
            var text = new StringBuilder(start);
            for (var i = 0; i < depth; i++) text.Append(open);
            text.Append('1');
            for (var i = 0; i < depth; i++) text.Append(close);
            Survives(text.ToString());
            Survives(text.ToString(0, text.Length / 2));
        }
    }

    [Fact]
    public void Too_deep_is_an_error_of_its_own()
    {
        var sql = "SELECT " + new string('(', 5_000) + "1" + new string(')', 5_000);
        Assert.Equal(-400, Assert.Throws<IrisError>(() => IrisParser.Parse(sql, Newest)).SqlCode);
        Assert.Equal(-400, Assert.Throws<IrisError>(() => IrisParser.Parse("SELECT 1" + string.Concat(Enumerable.Repeat(" + 1", 5_000)), Newest)).SqlCode);
        IrisParser.Parse("SELECT 1" + string.Concat(Enumerable.Repeat(" + 1", 2_500)), Newest);
    }
}
