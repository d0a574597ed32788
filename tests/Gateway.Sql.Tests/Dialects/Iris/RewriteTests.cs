using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Tests.Dialects.Iris;

/// <summary>What IRIS cannot compute as a whole, in parts that it can.</summary>
public sealed class RewriteTests
{
    [Theory]
    [InlineData("select avg(age) from users", "SUM(CAST(\"users\".\"age\" AS BIGINT)) | COUNT(\"users\".\"age\")")]
    [InlineData("select avg(total) filter (where qty > 1) from orders", "SUM(CASE WHEN \"orders\".\"qty\" > 1 THEN \"orders\".\"total\" END) | COUNT(CASE WHEN \"orders\".\"qty\" > 1 THEN \"orders\".\"total\" END)")]
    [InlineData("select avg(balance) from users", "SUM(\"users\".\"balance\") | COUNT(\"users\".\"balance\")")]
    [InlineData("select sum(id) from orders", "SUM((\"orders\".\"id\" \\ 1000000000)) | SUM((\"orders\".\"id\" - ((\"orders\".\"id\" \\ 1000000000) * 1000000000)))")]
    [InlineData("select sum(coalesce(amount, 0)) from orders", "SUM(COALESCE(\"orders\".\"amount\", 0)) | MAX(CASE WHEN \"orders\".\"amount\" IS NOT NULL THEN CASE WHEN \"orders\".\"amount\" IS NOT NULL THEN 2 END ELSE 0 END)")]
    [InlineData("select sum(case when qty > 1 then amount else 0 end) from orders", "SUM(CASE WHEN \"orders\".\"qty\" > 1 THEN \"orders\".\"amount\" ELSE 0 END) | MAX(CASE WHEN \"orders\".\"qty\" > 1 THEN CASE WHEN \"orders\".\"amount\" IS NOT NULL THEN 2 END ELSE 0 END)")]
    public void An_aggregate_is_made_of_others(string sql, string parts)
    {
        var (writer, select, _) = WriterTests.Begin(sql);
        Assert.NotNull(writer.From(select.From[0]));
        Assert.Null(writer.Scalar(select.Items[0].Value));
        var rewritten = IrisRewrites.Of(select.Items[0].Value);
        Assert.NotNull(rewritten);
        var search = new Aggregates();
        search.Visit(rewritten);
        Assert.Equal(parts, string.Join(" | ", search.Found.Select(call => writer.Scalar(call) ?? "here " + writer.Why)));
    }

    [Fact]
    public void A_date_is_truncated_without_a_time_zone()
    {
        var (writer, select, _) = WriterTests.Begin("select date_trunc('month', placed) from orders");
        Assert.NotNull(writer.From(select.From[0]));
        Assert.Null(writer.Scalar(select.Items[0].Value));
        var rewritten = Assert.IsType<Cast>(IrisRewrites.Of(select.Items[0].Value));
        Assert.Equal(select.Items[0].Value.Type, rewritten.Type);
        Assert.Equal("DATE_TRUNC('month', CAST(\"orders\".\"placed\" AS TIMESTAMP))", writer.Scalar(rewritten.Operand));
    }

    [Theory]
    [InlineData("select count(*) from orders")]
    [InlineData("select sum(qty) from orders")]
    [InlineData("select date_trunc('month', created) from users")]
    [InlineData("select avg(iv) from items")]
    [InlineData("select id from users")]
    public void Others_stay_as_they_are(string sql) => Assert.Null(IrisRewrites.Of(WriterTests.Begin(sql).Select.Items[0].Value));

    private sealed class Aggregates : Gateway.Sql.Analysis.TreeWalker
    {
        public List<FunctionCall> Found { get; } = [];

        protected override bool Enter(Expr expression)
        {
            if (expression is not FunctionCall { Resolved.Kind: 'a' } call) return true;
            Found.Add(call);
            return false;
        }
    }
}
