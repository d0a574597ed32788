using Gateway.Protocol.Startup;
using Gateway.Types;

namespace Gateway.Protocol.Tests.Startup;

public class CommandLineOptionsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("-c a=1", "a=1")]
    [InlineData("  -ca=1   --b-c=2 ", "a=1;b_c=2")]
    [InlineData(@"-c search_path=a\ b", "search_path=a b")]
    [InlineData(@"-c a=\\", @"a=\")]
    [InlineData("-c a=b=c", "a=b=c")]
    [InlineData("-c a=", "a=")]
    public void Settings_are_found(string options, string expected) =>
        Assert.Equal(expected, string.Join(';', CommandLineOptions.Parse(options).Select(s => $"{s.Key}={s.Value}")));

    [Theory]
    [InlineData("-c")]
    [InlineData("-c a")]
    [InlineData("-c =1")]
    [InlineData("--")]
    [InlineData("-d 5")]
    [InlineData("a=1")]
    public void What_is_not_a_setting_is_refused(string options)
    {
        var error = Assert.Throws<PgException>(() => CommandLineOptions.Parse(options));
        Assert.Equal(Reach.Connection, error.Reach);
    }
}
