using Gateway.Node.FrontDoor;
using Gateway.Protocol.Sasl;

namespace Gateway.Node.Tests.FrontDoor;

public class UsersFileTests
{
    [Fact]
    public void Verifiers_and_plain_passwords_are_read()
    {
        var users = UsersFile.Read(["; comment", "", $"\"ana\" \"{ScramVerifier.Create("one").Format()}\"", "\"o\"\"brien\" \"two\""]);
        Assert.True(users["ana"].Matches("one"));
        Assert.True(users["o\"brien"].Matches("two"));
        Assert.Equal(2, users.Count);
    }

    [Fact]
    public void A_missing_file_is_named_before_anybody_connects()
    {
        var error = Assert.Throws<FileNotFoundException>(() => new UsersFile("/nowhere/users"));
        Assert.Contains("/nowhere/users", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ana secret")]
    [InlineData("\"ana\"")]
    [InlineData("\"ana\" \"x\" \"y\"")]
    [InlineData("\"ana \"x\"")]
    public void A_line_that_cannot_be_read_is_named_by_its_number(string line)
    {
        var error = Assert.Throws<FormatException>(() => UsersFile.Read(["", line]));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
