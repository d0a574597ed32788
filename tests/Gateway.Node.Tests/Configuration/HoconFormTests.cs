using Akka.Configuration;
using Gateway.Node.Configuration;

namespace Gateway.Node.Tests.Configuration;

/// <summary>What HOCON allows and operators write is taken, with the value that Akka's parser gives it.</summary>
public sealed class HoconFormTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("gateway.data = \"\"\"a \"quoted\" \\ one\"\"\"", "gateway.data", "a \"quoted\" \\ one")]
    [InlineData("gateway.data = \"\"\"over\ntwo { lines\"\"\"\ngateway.drivers = x", "gateway.drivers", "x")]
    [InlineData("place = /srv\ngateway.data = ${place}/data", "gateway.data", "/srv/data")]
    [InlineData("place = /srv\ngateway { data = ${place}\"/d\", drivers = ${?nowhere}x }", "gateway.data", "/srv/d")]
    [InlineData("a { x = 1 }\ngateway.instances.i = ${a} { host = h }\ngateway.instances.i { host = k, x = ${?a.y} }", "gateway.instances.i.host", "k")]
    [InlineData("gateway { listen { port : 1, backlog=7 } }", "gateway.listen.backlog", "7")]
    [InlineData("{ gateway { data : \"x\" } }", "gateway.data", "x")]
    [InlineData("gateway { base = /b\n data = ${gateway.base}/x }", "gateway.data", "/b/x")]
    [InlineData("b = [a, b]\ngateway.routes.r.instances = ${b}", "gateway.routes.r.instances", "a|b")]
    [InlineData("{\"gateway\": {\"data\": \"x\", \"drivers\": \"y\"}}", "gateway.drivers", "y")]
    [InlineData("gateway { data = one # and a remark\n drivers = two // another\n }", "gateway.data", "one")]
    [InlineData("gateway.\"data\" = quoted key", "gateway.data", "quoted key")]
    [InlineData("gateway.\"a.b\".c = 1\ngateway.data = d", "gateway.data", "d")]
    [InlineData("\"gateway\".routes.\"lab*\".instances = [\n  a,\n  b # the second\n  \"c\"\n]", "gateway.routes.\"lab*\".instances", "a|b|c")]
    [InlineData("gateway.routes.r.instances = [ a, b, ]", "gateway.routes.r.instances", "a|b")]
    [InlineData("gateway.routes.r.instances =\n  [a]", "gateway.routes.r.instances", "a")]
    [InlineData("gateway.data = \"http://host/a\"", "gateway.data", "http://host/a")]
    [InlineData("gateway {\r\n  data = crlf\r\n  drivers = \"also\"\r\n}\r\n", "gateway.data", "crlf")]
    [InlineData("gateway {\r\n  data = crlf\r\n  drivers = \"also\"\r\n}\r\n", "gateway.drivers", "also")]
    [InlineData("gateway.data = two words", "gateway.data", "two words")]
    [InlineData("gateway.data = \"esc \\\" aped\"", "gateway.data", "esc \" aped")]
    [InlineData("gateway.data = null", "gateway.data", null)]
    [InlineData("gateway\n{\n data = brace below\n}", "gateway.data", "brace below")]
    [InlineData("gateway.data = x,gateway.drivers = y", "gateway.drivers", "y")]
    [InlineData("gateway.lock-timeout = 1.5 s", "gateway.lock-timeout", "1.5 s")]
    public void A_valid_form_is_taken(string text, string key, string? value)
    {
        string? akkas = Values(() => ConfigurationFactory.ParseString(text), key);
        string? ours = Values(() => { File.WriteAllText(_file, text); return ConfigurationFiles.Load(_file, ""); }, key);
        Assert.Equal((value, value), (akkas, ours));
    }

    [Theory]
    [InlineData("gateway.data = a\ngateway.data = ${gateway.data}/b", 2, "leads back to itself")]
    [InlineData("a = ${b}\nb = ${a}", 1, "leads back to itself")]
    [InlineData("x = 1\na = ${b.c}\nb { c = ${?a} }", 2, "leads back to itself")]
    [InlineData("gateway.data = ${a", 1, "a ${ is never closed")]
    [InlineData("a = [b]\na += c", 2, "+= is not supported")]
    [InlineData("\ninclude \"other.conf\"", 2, "include is not supported")]
    [InlineData("gateway\ndata = x", 1, "= or { is expected after \"gateway\"")]
    public void What_the_parser_would_get_wrong_or_die_of_is_refused_with_its_line(string text, int line, string problem)
    {
        File.WriteAllText(_file, text);
        var error = Assert.Throws<ConfigurationException>(() => ConfigurationFiles.Load(_file, ""));
        Assert.Equal($"{_file}, line {line}: ", error.Message[..(_file.Length + 9 + line.ToString(System.Globalization.CultureInfo.InvariantCulture).Length)]);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read()
    {
        File.WriteAllText(_file, "gateway.data = bom", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("bom", ConfigurationFiles.Load(_file, "").GetString("gateway.data"));
    }

    [Theory]
    [InlineData("gateway.conf")]
    [InlineData("examples/three-namespaces.conf")]
    public void The_files_that_come_along_are_taken_with_either_line_ends(string name)
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "gateway.conf")) || !Directory.Exists(Path.Combine(directory, "examples"))) directory = Path.GetDirectoryName(directory)!;
        var text = File.ReadAllText(Path.Combine(directory, name));
        foreach (var ends in new[] { "\n", "\r\n" })
        {
            File.WriteAllText(_file, text.ReplaceLineEndings(ends));
            Assert.Equal(
                ConfigurationFactory.ParseString(text).WithFallback(ConfigurationFiles.Defaults).ToString(includeFallback: true),
                ConfigurationFiles.Load(_file, "").ToString(includeFallback: true));
            NodeOptions.Read(ConfigurationFiles.Load(_file, ""));
        }
    }

    private static string? Values(Func<Config> read, string key)
    {
        try
        {
            var value = read().GetValue(key);
            return value is null ? null : value.IsArray() ? string.Join('|', value.GetStringList()) : value.GetString();
        }
        catch (Exception error)
        {
            return error.GetType().Name + ": " + error.Message;
        }
    }
}
