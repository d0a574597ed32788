using Corpus.Tests.Format;

namespace Corpus.Tests;

/// <summary>A harness that lets everything pass would prove nothing.</summary>
public sealed class HarnessTests
{
    private static readonly Answer Right = new(["columns\ta:23", "row\t1", "tag\tSELECT 1"]);

    [Theory]
    [InlineData("columns\tb:23", "row\t1", "tag\tSELECT 1")]
    [InlineData("columns\ta:20", "row\t1", "tag\tSELECT 1")]
    [InlineData("columns\ta:23:5", "row\t1", "tag\tSELECT 1")]
    [InlineData("columns\ta:23", "row\t01", "tag\tSELECT 1")]
    [InlineData("columns\ta:23", "row\t1", "tag\tSELECT 2")]
    [InlineData("columns\ta:23", "row\t1", "row\t1", "tag\tSELECT 1")]
    [InlineData("error\t22012")]
    [InlineData]
    public void Any_other_line_is_a_different_answer(params string[] lines) =>
        Assert.Equal(Outcome.Different, new Comparison(Check("SELECT 1"), Right, new Answer(lines)).Outcome);

    [Theory]
    [InlineData("0A000")]
    [InlineData("54001")]
    public void A_refusal_is_one_by_name_where_PostgreSQL_answers(string state)
    {
        var refusal = new Answer([$"error\t{state}"]);
        Assert.Equal(Outcome.Refused, new Comparison(Check("SELECT 1"), Right, refusal).Outcome);
        Assert.Equal(Outcome.Refused, new Comparison(Check("SELECT 1"), new Answer(["error\t22012"]), refusal).Outcome);
        Assert.Equal(Outcome.Equal, new Comparison(Check("SELECT 1"), refusal, refusal).Outcome);
        Assert.Equal(Outcome.Different, new Comparison(Check("SELECT 1"), refusal, Right).Outcome);
    }

    [Fact]
    public void Rows_are_compared_as_a_multiset_unless_their_order_is_fixed()
    {
        Assert.Equal(Rows(false, "2", "1", "1"), Rows(false, "1", "2", "1"));
        Assert.NotEqual(Rows(false, "2", "1", "1"), Rows(false, "2", "2", "1"));
        Assert.NotEqual(Rows(true, "2", "1"), Rows(true, "1", "2"));
        Assert.NotEqual(Rows(false, @"\N"), Rows(false, ""));

        static Answer Rows(bool isOrdered, params string[] values)
        {
            var writer = new AnswerWriter();
            writer.Columns(["a:23"]);
            foreach (var value in values) writer.Row([value]);
            writer.Tag("SELECT", isOrdered);
            return writer.Finish();
        }
    }

    [Theory]
    [InlineData("SELECT a FROM t ORDER BY a", true)]
    [InlineData("SELECT a FROM t\n  order  by a LIMIT 1", true)]
    [InlineData("SELECT a FROM t", false)]
    [InlineData("SELECT a FROM (SELECT a FROM t ORDER BY a) s", false)]
    [InlineData("SELECT rank() OVER (ORDER BY a) FROM t", false)]
    [InlineData("SELECT array[(1)], ' ORDER BY ', \" ORDER BY \" -- ORDER BY\n FROM t /* ORDER BY */", false)]
    [InlineData("SELECT $x$ ORDER BY ( $x$ FROM t", false)]
    [InlineData("SELECT 'it''s (' FROM t ORDER BY 1", true)]
    [InlineData("SELECT \"order\", reorder, by FROM t", false)]
    public void The_order_is_fixed_by_ORDER_BY_outside_parentheses(string sql, bool isFixed) => Assert.Equal(isFixed, OrderOfRows.IsFixed(sql));

    [Fact]
    public void A_file_is_read_as_its_README_says()
    {
        var checks = CorpusFile.Parse("f", ["-- Heading.", "", "SELECT 1", "  -- c;", "  + 1;", "--$ int4 = 007 ", "--$ ? is null", "SELECT $1, $2;", "INSERT x;", "then TABLE x;", "SELECT ⟨3 × (⟩1⟨3 × )⟩;"]);
        Assert.Equal(["SELECT 1\n  -- c;\n  + 1", "SELECT $1, $2", "INSERT x", "SELECT (((1)))"], checks.Select(check => check.Steps[0].Sql));
        Assert.Equal([new Parameter(23, "007 "), new Parameter(0, null)], checks[1].Steps[0].Parameters);
        Assert.Equal("TABLE x", checks[2].Steps[1].Sql);
        Assert.Equal("INSERT x then TABLE x", checks[2].Key);
        Assert.All(checks, check => Assert.Equal("Heading", check.Construct));
        Assert.Equal(3, checks[0].Line);
        Assert.Throws<FormatException>(() => CorpusFile.Parse("f", ["then SELECT 1;"]));
        Assert.Throws<FormatException>(() => CorpusFile.Parse("f", ["--$ int4 007", "SELECT $1;"]));
    }

    [Fact]
    public void No_statement_is_there_twice_and_no_answer_is_left_over()
    {
        foreach (var file in CorpusFile.Names())
        {
            var keys = CorpusFile.Load(file).Select(check => check.Key).ToList();
            Assert.Empty(keys.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => group.Key));
            if (!Referee.IsWriting) Assert.Equal(keys, AnswerFile.Read(Referee.AnswersOf(file)).Keys);
        }
    }

    private static Check Check(string sql) => new("f", 1, "", sql, [new Step(sql, sql, [])]);
}
