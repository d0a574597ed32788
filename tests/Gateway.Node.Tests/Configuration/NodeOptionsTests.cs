using Akka.Configuration;
using Gateway.Node.Configuration;

namespace Gateway.Node.Tests.Configuration;

public class NodeOptionsTests
{
    [Fact]
    public void Every_key_has_a_default_in_gateway_conf()
    {
        var options = NodeOptions.Read(ConfigurationFiles.Load(null, ""));
        Assert.Equal("127.0.0.1:5432", options.Listen.ToString());
        Assert.Equal(AuthenticationMethod.Trust, options.Authentication.Loopback);
        Assert.Equal(AuthenticationMethod.ScramSha256, options.Authentication.Remote);
        Assert.Equal(256 * 1024 * 1024, options.MaxMessage);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Authentication.Timeout);
        Assert.Equal("full", options.Synchronous);
    }

    [Fact]
    public void A_file_changes_only_what_it_names_and_the_command_line_wins()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "gateway { listen.port = 6000, max-connections = 7 }");
        var options = NodeOptions.Read(ConfigurationFiles.Load(file, "gateway.listen.port = 6001"));
        Assert.Equal(6001, options.Listen.Port);
        Assert.Equal(7, options.MaxConnections);
        Assert.Equal("127.0.0.1", options.Listen.Address.ToString());
        File.Delete(file);
    }

    [Theory]
    [InlineData("gateway.listen.port = 70000", "gateway.listen.port")]
    [InlineData("gateway.listen.address = somewhere", "gateway.listen.address")]
    [InlineData("gateway.authentication.remote = password", "gateway.authentication.remote")]
    [InlineData("gateway.embedded.synchronous = off", "gateway.embedded.synchronous")]
    public void A_bad_value_names_its_key(string line, string key)
    {
        var error = Assert.ThrowsAny<ConfigurationException>(() => NodeOptions.Read(ConfigurationFiles.Load(null, line)));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }
}
