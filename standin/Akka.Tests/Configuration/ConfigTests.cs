using Akka.Configuration;

namespace Akka.Tests.Configuration;

public class ConfigTests
{
    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);

    [Fact]
    public void Keys_nest_by_braces_and_by_dots_and_merge()
    {
        var config = Parse("""
            a { b = 1, c { d = two } }
            a.c.e = three
            a : { f = 4 }
            a.b = 5
            """);
        Assert.Equal(5, config.GetInt("a.b"));
        Assert.Equal("two", config.GetString("a.c.d"));
        Assert.Equal("three", config.GetString("a.c.e"));
        Assert.Equal(4, config.GetLong("a.f"));
    }

    [Fact]
    public void Comments_and_blank_lines_do_not_count()
    {
        var config = Parse("""
            # a comment
            // another
            a = 1   # behind a value
            b = two words // here too

            c = 3
            """);
        Assert.Equal(1, config.GetInt("a"));
        Assert.Equal("two words", config.GetString("b"));
        Assert.Equal(3, config.GetInt("c"));
    }

    [Fact]
    public void Text_may_be_quoted_in_two_ways()
    {
        var config = Parse("a = \"x # y\\n\\\"z\\\"\"\nb = \"\"\"raw \"text\"\nover lines\"\"\"\nc = \"\"");
        Assert.Equal("x # y\n\"z\"", config.GetString("a"));
        Assert.Equal("raw \"text\"\nover lines", config.GetString("b"));
        Assert.Equal("", config.GetString("c"));
    }

    [Fact]
    public void Quoted_keys_may_hold_dots()
    {
        var config = Parse("a.\"b.c\" = 1");
        Assert.Equal(1, config.GetInt("a.\"b.c\""));
        Assert.False(config.HasPath("a.b"));
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Booleans_have_many_names(string text, bool value) => Assert.Equal(value, Parse("a = " + text).GetBoolean("a"));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("500 ms", 500)]
    [InlineData("10s", 10_000)]
    [InlineData("10 s", 10_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0s", 0)]
    public void Durations_have_units(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Parse("a = " + text).GetTimeSpan("a"));

    [Fact]
    public void A_duration_may_be_infinite() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Parse("a = infinite").GetTimeSpan("a"));

    [Theory]
    [InlineData("100", 100)]
    [InlineData("100b", 100)]
    [InlineData("10kB", 10_000)]
    [InlineData("10 KiB", 10_240)]
    [InlineData("10k", 10_240)]
    [InlineData("2MB", 2_000_000)]
    [InlineData("2MiB", 2_097_152)]
    [InlineData("1 GiB", 1_073_741_824)]
    public void Sizes_have_units(string text, long bytes) => Assert.Equal(bytes, Parse("a = " + text).GetByteSize("a"));

    [Fact]
    public void Numbers_are_read_whatever_the_culture()
    {
        var config = Parse("a = 1.5\nb = -7\nc = 9000000000");
        Assert.Equal(1.5, config.GetDouble("a"));
        Assert.Equal(-7, config.GetInt("b"));
        Assert.Equal(9_000_000_000, config.GetLong("c"));
    }

    [Fact]
    public void What_is_missing_is_the_default()
    {
        var config = Parse("a = 1");
        Assert.Equal(7, config.GetInt("x", 7));
        Assert.Equal("d", config.GetString("x.y", "d"));
        Assert.True(config.GetBoolean("x", true));
        Assert.Equal(TimeSpan.FromSeconds(1), config.GetTimeSpan("x", TimeSpan.FromSeconds(1)));
        Assert.Equal(2.5, config.GetDouble("x", 2.5));
        Assert.Equal(9, config.GetLong("x", 9));
        Assert.Null(config.GetString("x"));
        Assert.Equal(5, config.GetByteSize("x", 5));
        Assert.True(config.HasPath("a"));
        Assert.False(config.HasPath("x"));
        Assert.False(config.HasPath("a.b"));
        Assert.True(config.GetConfig("x").IsNullOrEmpty());
    }

    [Fact]
    public void Lists_are_written_in_brackets_over_lines_or_with_commas()
    {
        var config = Parse("""
            a = [1, 2, 3]
            b = [
              "x y"
              z
            ]
            c = []
            d = [{ name = one }, { name = two }]
            """);
        Assert.Equal(["1", "2", "3"], config.GetStringList("a"));
        Assert.Equal(["x y", "z"], config.GetStringList("b"));
        Assert.Empty(config.GetStringList("c"));
        Assert.Equal([1, 2, 3], config.GetIntList("a"));
        Assert.Equal(2, config.GetValue("d").GetArray().Count);

    }

    [Fact]
    public void A_sub_configuration_stands_alone()
    {
        var config = Parse("a { b { c = 1 } }").GetConfig("a.b");
        Assert.Equal(1, config.GetInt("c"));
        Assert.False(config.IsEmpty);
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
    }

    [Fact]
    public void The_keys_of_an_object_can_be_listed()
    {
        var config = Parse("databases { sales.target = a, stock.target = b }");
        var databases = config.GetConfig("databases");
        Assert.Equal(["sales", "stock"], databases.AsEnumerable().Select(entry => entry.Key).Order());
        Assert.Equal("b", databases.GetConfig("stock").GetString("target"));
    }

    [Fact]
    public void A_fallback_answers_where_the_first_is_silent()
    {
        var config = Parse("a { b = 1 }").WithFallback(Parse("a { b = 2, c = 3 }\nd = 4")).WithFallback(Parse("d = 5\ne = 6"));
        Assert.Equal(1, config.GetInt("a.b"));
        Assert.Equal(3, config.GetInt("a.c"));
        Assert.Equal(4, config.GetInt("d"));
        Assert.Equal(6, config.GetInt("e"));
        Assert.Equal(3, config.GetConfig("a").GetInt("c"));
        Assert.Equal(1, config.GetConfig("a").GetInt("b"));
    }

    [Fact]
    public void A_substitution_takes_a_value_from_elsewhere()
    {
        var config = Parse("""
            base { host = localhost, port = 5432 }
            url = "tcp://"${base.host}":"${base.port}
            copy = ${base}
            list = [1]
            longer = ${list} [2]
            """);
        Assert.Equal("tcp://localhost:5432", config.GetString("url"));
        Assert.Equal("localhost", config.GetString("copy.host"));
        Assert.Equal(["1", "2"], config.GetStringList("longer"));
        Assert.Equal(5432, config.GetInt("base.port"));
    }

    [Theory]
    [InlineData("a = x:y")]
    [InlineData("a = x=y")]
    [InlineData("a = *")]
    [InlineData("a { b { c = 1 }, d = 2 }")]
    [InlineData("a =")]
    public void What_must_be_written_otherwise_is_refused(string text) => Assert.ThrowsAny<Exception>(() => Parse(text));

    [Fact]
    public void The_environment_is_no_place_for_substitutions()
    {
        Environment.SetEnvironmentVariable("STANDIN_TEST_NAME", "from-environment");
        Assert.ThrowsAny<Exception>(() => Parse("a = ${STANDIN_TEST_NAME}"));
    }

    [Fact]
    public void A_substitution_that_leads_nowhere_is_refused() =>
        Assert.ThrowsAny<Exception>(() => Parse("a = ${missing.entirely}"));

    [Theory]
    [InlineData("a = x")]
    [InlineData("a = 1.5.2")]
    public void What_is_no_number_is_refused(string text) => Assert.ThrowsAny<Exception>(() => Parse(text).GetInt("a"));

    [Fact]
    public void Text_written_out_can_be_read_again()
    {
        var config = Parse("a { b = \"x y\", c = [1, 2] }\nd = 5s");
        var again = Parse(config.ToString());
        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal(["1", "2"], again.GetStringList("a.c"));
        Assert.Equal(TimeSpan.FromSeconds(5), again.GetTimeSpan("d"));
    }
}
