using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

public sealed class KeywordTests
{
    [Theory]
    [InlineData("select abort from abort", true)]
    [InlineData("select between from between", true)]
    [InlineData("select left from t", false)]
    [InlineData("select left('a', 1)", true)]
    [InlineData("select t.left, t.select from t", true)]
    [InlineData("select 1 from select", false)]
    [InlineData("select 1 select", true)]
    [InlineData("select 1 over", false)]
    [InlineData("select 1 as over", true)]
    [InlineData("select 1 day", false)]
    [InlineData("select 1 from t day", true)]
    [InlineData("select between(1)", false)]
    public void A_key_word_is_a_name_where_its_category_lets_it(string sql, bool accepted) =>
        Assert.Equal(accepted, Record.Exception(() => Parser.ParseScript(sql)) is not PgException);
}
