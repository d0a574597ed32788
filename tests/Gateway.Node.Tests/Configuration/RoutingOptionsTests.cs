using Akka.Configuration;
using Gateway.Backends;
using Gateway.Node.Configuration;

namespace Gateway.Node.Tests.Configuration;

public class RoutingOptionsTests : IDisposable
{
    private const string Instances =
        """
        gateway.instances {
          a { host = db1, version = "2024.1" }
          b { host = db2, role = replica, weight = 3 }
          pg { kind = ado }
        }
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(_file);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_route_names_its_instances_in_order_and_everything_else_has_a_default()
    {
        var routing = Read(Instances + "\ngateway.routes { ward { instances = [b, a], user = u, password = p } }");
        var route = Assert.Single(routing.Routes);
        Assert.Equal(["b", "a"], route.Instances.ToArray());
        Assert.Equal(("ward", "", "u", "p"), (route.Database, route.Namespace, route.User, route.Password));
        Assert.Equal(RouteOptions.Default, route.Options);
        Assert.Equal((InstanceRole.Replica, 3, 1972), (routing.Instances["b"].Role, routing.Instances["b"].Weight, routing.Instances["b"].Port));
        Assert.Equal(("Npgsql", 5432), (routing.Instances["pg"].Driver, routing.Instances["pg"].Port));
    }

    [Fact]
    public void A_pattern_fits_what_no_name_fits_and_the_longer_pattern_wins()
    {
        var routing = Read(Instances +
            """

            gateway.routes {
              all { database = "*", namespace = "*", instances = [a] }
              lab { database = "lab-*", namespace = "LAB*", instances = [a] }
              lab-1 { namespace = ONE, instances = [a] }
            }
            """);
        Assert.Equal(("lab-1", ""), Found("lab-1"));
        Assert.Equal(("lab", "22"), Found("lab-22"));
        Assert.Equal(("all", "lab-"), Found("lab-"));
        Assert.Equal(("all", "x"), Found("x"));

        (string, string) Found(string database) => routing.Find(database) is var (route, star) ? (route.Name, star) : ("", "");
    }

    [Theory]
    [InlineData("gateway.routes { r { instances = [nobody] } }", 6, "names \"nobody\", which is not in gateway.instances")]
    [InlineData("gateway.routes {\n  r {\n    instances = [a]\n    settings { statement_timeout = never }\n  }\n}", 9, "invalid value for parameter \"statement_timeout\": \"never\"")]
    [InlineData("gateway.routes {\n  r {\n    instances = [a]\n    settings { server_version = 16 }\n  }\n}", 9, "parameter \"server_version\" cannot be changed")]
    [InlineData("gateway.routes {\n  r {\n    instances = [a]\n    settings { statement_time = 1s }\n  }\n}", 9, "unrecognized configuration parameter \"statement_time\"")]
    [InlineData("gateway.routes {\n  r {\n    instances = [a]\n    pool { sise = 4 }\n  }\n}", 9, "gateway.routes.r.pool.sise is not known")]
    [InlineData("gateway.routes {\n  r {\n    instances = [a]\n    split-reads = perhaps\n  }\n}", 9, "must be one of: on, off, true, false")]
    [InlineData("gateway.routes { r { instances = [a, pg] } }", 6, "must all be of one kind")]
    [InlineData("gateway.routes { r { instances = [a] }\n s { database = r, instances = [a] } }", 7, "is a second route for database \"r\"")]
    [InlineData("gateway.routes { r { database = \"a*b*\", instances = [a] } }", 6, "may have one *")]
    [InlineData("gateway.routes { r { instances = [a], failover-window = soon } }", 6, "must be a time")]
    [InlineData("gateway.routes { r { instances = [a], credentials = client } }", 6, "is needed with credentials = client too")]
    [InlineData("gateway.instances.a.port = 99999", 6, "must be a number between 1 and 65535")]
    [InlineData("gateway.routes { r { instances = [a], password-file = \"/no/such/file\" } }", 6, "cannot be read")]
    [InlineData("gateway.routes {\n r {\n instances = [a", 8, "the [ of line 8 is never closed")]
    [InlineData("gateway.routes {\n r {\n user = \n } }", 8, "a value is missing")]
    [InlineData("gateway.routes {\n r { } ", 7, "the { of line 6 is never closed")]
    [InlineData("gateway.routes { }\n}", 7, "a key is expected, not '}'")]
    [InlineData("gateway.routes { r { user = \"x } }", 6, "a \" is never closed")]
    [InlineData("gateway.lisen.port = 5433", 6, "gateway.lisen is not known; known are ")]
    [InlineData("gateway {\n listen { prot = 5433 }\n}", 7, "gateway.listen.prot is not known; known are ")]
    [InlineData("gateway.buffers.copies = 1MiB", 6, "gateway.buffers.copies is not known")]
    [InlineData("gateway.listen = 5433", 6, "gateway.listen must be an object")]
    [InlineData("gateway.data { x = 1 }", 6, "gateway.data must be a value")]
    [InlineData("gateway.listen.port = many", 6, "must be a number between 0 and 65535")]
    [InlineData("gateway {\n listen.keepalive.idle = 10h }", 7, "must be a time between")]
    [InlineData("gateway.listen.keepalive.idle = soon", 6, "must be a time between")]
    [InlineData("gateway.buffers.node = 12", 6, "must be a size between")]
    [InlineData("gateway.max-message-size = huge", 6, "must be a size between")]
    [InlineData("gateway.tls.required = perhaps", 6, "must be on or off")]
    public void What_will_not_do_is_told_with_its_line(string text, int line, string problem)
    {
        File.WriteAllText(_file, Instances + "\n" + text);
        var error = Assert.ThrowsAny<ConfigurationException>(() => ConfigurationFiles.Read(_file, ""));
        Assert.Contains($"{_file}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_keys_are_all_there_are()
    {
        using var stream = typeof(ConfigurationFiles).Assembly.GetManifestResourceStream("gateway.conf")!;
        var documented = new StreamReader(stream).ReadToEnd();
        foreach (var key in InstanceDefinition.Keys.Concat(RouteDefinition.Keys).Concat(RouteDefinition.PoolKeys).Where(key => key != "password-file"))
            Assert.Contains($"{key} ", documented, StringComparison.Ordinal);
    }

    private RoutingOptions Read(string text)
    {
        File.WriteAllText(_file, text);
        return ConfigurationFiles.Read(_file, "").Routing;
    }
}
