using System.Globalization;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

public sealed class ErrorTests
{
    public static TheoryData<string, string, string, string> Rejected
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(Corpus.Folder, "rejected.tsv")).Where(l => !l.StartsWith('#')))
            {
                var fields = line.Split('\t');
                rows.Add(fields[3].Replace("\\n", "\n", StringComparison.Ordinal), fields[0], fields[1], fields[2]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void An_error_reads_and_points_as_in_PostgreSQL(string sql, string state, string position, string message)
    {
        var error = Assert.Throws<PgException>(() => Parser.ParseScript(sql));
        Assert.Equal((state, message), (error.SqlState, error.Message));
        Assert.Equal(position, error.Position?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    [Fact]
    public void An_error_anywhere_fails_the_whole_script() =>
        Assert.Equal(20, Assert.Throws<PgException>(() => Parser.ParseScript("select 1; select 2 2")).Position);

    [Fact]
    public void A_prepared_statement_holds_one_command()
    {
        var error = Assert.Throws<PgException>(() => Parser.ParseSingle("select 1; select 2"));
        Assert.Equal("cannot insert multiple commands into a prepared statement", error.Message);
    }

    [Theory]
    [InlineData("select ", "(", "1")]
    [InlineData("select ", "(select ", "1")]
    [InlineData("", "(", "select 1")]
    [InlineData("select ", "not ", "true")]
    [InlineData("select ", "- ", "1")]
    [InlineData("select ", "case when ", "1")]
    [InlineData("select ", "f(", "1")]
    [InlineData("select array", "[", "1")]
    [InlineData("select a", "[a", "")]
    [InlineData("select a", " || a", "")]
    [InlineData("select a", "::int", "")]
    [InlineData("select (a)", ".b", "")]
    [InlineData("select a", " is null", "")]
    [InlineData("select a", " collate x", "")]
    [InlineData("select 1", " union select 1", "")]
    [InlineData("select * from ", "(", "t")]
    [InlineData("select * from ", "(select * from ", "t")]
    [InlineData("select * from t", " cross join t", "")]
    [InlineData("select * from t", " join t", "")]
    [InlineData("select 1 group by ", "rollup(", "1")]
    [InlineData("", "with a as (", "select 1")]
    public void Nesting_has_a_limit(string head, string repeated, string tail)
    {
        var sql = head + string.Concat(Enumerable.Repeat(repeated, 5000)) + tail;
        var error = Record.Exception(() => OnSmallStack(() => Parser.ParseScript(sql)));
        Assert.Equal(
            (SqlStates.StatementTooComplex, "stack depth limit exceeded"),
            (Assert.IsType<PgException>(error).SqlState, error.Message));
    }

    [Theory]
    [InlineData("or")]
    [InlineData("and")]
    public void Long_chains_of_conditions_become_shallow_trees(string word)
    {
        var tree = Parser.ParseExpression("a" + string.Concat(Enumerable.Repeat($" {word} a", 100_000)));
        Assert.InRange(Depth(tree), 10, 20);

        static int Depth(Gateway.Sql.Tree.Expr e) => e switch
        {
            Gateway.Sql.Tree.And and => 1 + Math.Max(Depth(and.Left), Depth(and.Right)),
            Gateway.Sql.Tree.Or or => 1 + Math.Max(Depth(or.Left), Depth(or.Right)),
            _ => 1,
        };
    }

    [Fact]
    public void A_hundred_thousand_rows_are_fine() =>
        Assert.Single(Parser.ParseScript("insert into t values (1, 'a')" + string.Concat(Enumerable.Repeat(", (1, 'a')", 100_000))));

    private static void OnSmallStack(Action action)
    {
        Exception? caught = null;
        var thread = new Thread(() => caught = Record.Exception(action), 512 * 1024);
        thread.Start();
        thread.Join();
        if (caught is not null) throw caught;
    }
}
