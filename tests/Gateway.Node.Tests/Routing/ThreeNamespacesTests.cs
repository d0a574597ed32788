using Gateway.Node.Configuration;
using Npgsql;

namespace Gateway.Node.Tests.Routing;

/// <summary>examples/three-namespaces.conf, as it stands, with the simulated IRIS beside the tests.</summary>
public sealed class ThreeNamespacesTests : IAsyncLifetime
{
    private static readonly string Example = Path.Combine(AppContext.BaseDirectory, "three-namespaces.conf");

    private readonly string _mirror = "mirror" + Guid.NewGuid().ToString("N");
    private readonly string _file = Path.GetTempFileName();
    private GatewayNode _node = null!;

    public async Task InitializeAsync()
    {
        // A mirror of its own: tests share the process, and with it the simulated servers.
        File.WriteAllText(_file, (await File.ReadAllTextAsync(Example)).Replace("Instance=mirror", $"Instance={_mirror}", StringComparison.Ordinal));
        _node = await GatewayNode.Start(Options());
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task One_session_writes_on_the_primary_and_another_reads_the_replica()
    {
        Assert.Equal(["billing", "laboratory", "ward"], _node.Databases);
        await using var writer = await Open("ward");
        await Run(writer, "CREATE TABLE beds (id int PRIMARY KEY, patient text)");
        await Run(writer, "INSERT INTO beds VALUES (1, 'Ana')");
        Assert.Equal("iris1 (primary)", await Run(writer, "SHOW gateway.last_target"));
        Assert.Equal("Ana", await Run(writer, "SELECT patient FROM beds"));
        Assert.Equal("iris1 (primary)", await Run(writer, "SHOW gateway.last_target"));

        await using var reader = await Open("ward");
        Assert.Equal("Ana", await Run(reader, "SELECT patient FROM beds"));
        Assert.Equal("iris2 (read, replica)", await Run(reader, "SHOW gateway.last_target"));
    }

    [Fact]
    public async Task Namespaces_do_not_see_each_other()
    {
        await using var ward = await Open("ward");
        await using var laboratory = await Open("laboratory");
        await Run(ward, "CREATE TABLE only_here (a int)");
        Assert.Equal("42P01", (await Assert.ThrowsAsync<PostgresException>(() => Run(laboratory, "SELECT * FROM only_here"))).SqlState);
        Assert.Equal("3D000", (await Assert.ThrowsAsync<PostgresException>(() => Open("kitchen"))).SqlState);
    }

    [Fact]
    public async Task A_client_logs_in_at_iris_as_itself_where_the_route_says_so()
    {
        await using var right = await Open("billing", "Username=_SYSTEM;Password=SYS");
        Assert.Equal("1", await Run(right, "SELECT 1"));
        var wrong = await Assert.ThrowsAsync<PostgresException>(() => Open("billing", "Username=_SYSTEM;Password=sys"));
        Assert.Equal(("28P01", "password authentication failed for user \"_SYSTEM\""), (wrong.SqlState, wrong.MessageText));
        Assert.Equal("1", await Run(right, "SELECT 1"));
    }

    [Fact]
    public async Task Routes_come_change_and_go_without_a_restart_and_a_bad_file_changes_nothing()
    {
        await using var session = await Open("laboratory");
        await Run(session, "CREATE TABLE kept (a int)");

        var text = await File.ReadAllTextAsync(_file);
        await File.WriteAllTextAsync(_file, text.Replace("laboratory {", "lab-2 { namespace = LAB, instances = [iris2], user = _SYSTEM, password = SYS }\n    laboratory {", StringComparison.Ordinal)
            .Replace("billing {", "# billing {", StringComparison.Ordinal).Replace("credentials = client", "credentials = service", StringComparison.Ordinal));
        Assert.Contains("line ", Assert.ThrowsAny<Akka.Configuration.ConfigurationException>(() => Options()).Message, StringComparison.Ordinal);
        Assert.Equal("0", await Run(session, "SELECT count(*) FROM kept"));

        await File.WriteAllTextAsync(_file, text.Replace("laboratory {", "lab-2 { namespace = LAB, instances = [iris2], user = _SYSTEM, password = SYS }\n    laboratory {", StringComparison.Ordinal)
            .Replace("size = 4", "size = 1", StringComparison.Ordinal));
        _node.Reload(Options());
        Assert.Contains("lab-2", _node.Databases);
        await using var other = await Open("lab-2");
        Assert.Equal("0", await Run(other, "SELECT count(*) FROM kept"));
        Assert.Equal("0", await Run(session, "SELECT count(*) FROM kept"));
    }

    [Fact]
    public async Task Who_waits_for_a_connection_when_the_routes_change_is_served_by_the_new_pool()
    {
        var text = await File.ReadAllTextAsync(_file);
        await Resize(1);
        await using var busy = await Open("laboratory");
        await Run(busy, "CREATE TABLE counted (a int)");
        await Run(busy, "BEGIN; INSERT INTO counted VALUES (1)");
        await using var waiting = await Open("laboratory");
        var answer = Run(waiting, "SELECT 1");
        await Task.Delay(100);
        Assert.False(answer.IsCompleted);
        await Resize(2);
        Assert.Equal("1", await answer.WaitAsync(TimeSpan.FromSeconds(30)));
        await Run(busy, "INSERT INTO counted VALUES (2); COMMIT");
        Assert.Equal("2", await Run(busy, "SELECT count(*) FROM counted"));

        async Task Resize(int size)
        {
            await File.WriteAllTextAsync(_file, text.Replace("size = 4", $"size = {size}", StringComparison.Ordinal));
            _node.Reload(Options());
        }
    }

    [Fact]
    public async Task Sessions_begin_with_the_settings_of_the_node_and_of_their_route_and_may_ask_for_others()
    {
        var text = await File.ReadAllTextAsync(_file);
        await File.WriteAllTextAsync(_file, text.Replace("namespace = LAB", "namespace = LAB\n      settings { statement_timeout = 30s, gateway.target = primary }", StringComparison.Ordinal));
        _node.Reload(Options());
        await using var session = await Open("laboratory");
        Assert.Equal("30s", await Run(session, "SHOW statement_timeout"));
        Assert.Equal("primary", await Run(session, "SHOW gateway.target"));
        await Run(session, "SET statement_timeout = 0");
        await Run(session, "RESET statement_timeout");
        Assert.Equal("30s", await Run(session, "SHOW statement_timeout"));
        await using var own = await Open("laboratory", "Username=ana;Options=-c statement_timeout=5s");
        Assert.Equal("5s", await Run(own, "SHOW statement_timeout"));
        await using var elsewhere = await Open("ward");
        Assert.Equal("0", await Run(elsewhere, "SHOW statement_timeout"));
    }

    [Fact]
    public async Task A_file_whose_driver_is_not_there_changes_nothing_and_names_the_line()
    {
        await using var session = await Open("laboratory");
        var lines = (await File.ReadAllTextAsync(_file)).Replace("    laboratory {", "    lab-2 { instances = [other], user = u, password = p }\n    laboratory {", StringComparison.Ordinal) +
            "\ngateway.instances.other {\n  driver = \"No.Such.Driver\"\n}\n";
        await File.WriteAllTextAsync(_file, lines);
        var error = Assert.ThrowsAny<Akka.Configuration.ConfigurationException>(() => _node.Reload(_file, "gateway.listen.port = 0"));
        var line = Array.FindIndex(lines.Split('\n'), text => text.Contains("No.Such.Driver", StringComparison.Ordinal)) + 1;
        Assert.StartsWith($"{_file}, line {line}: gateway.instances.other.driver cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Equal(["billing", "laboratory", "ward"], _node.Databases);
        Assert.Equal("1", await Run(session, "SELECT 1"));
        Assert.Equal("3D000", (await Assert.ThrowsAsync<PostgresException>(() => Open("lab-2"))).SqlState);
    }

    [Fact]
    public async Task The_function_pg_reload_conf_has_the_configuration_read_again()
    {
        await using var session = await Open("laboratory");
        Assert.Equal("False", await Run(session, "SELECT pg_reload_conf()"));
        var reloaded = new TaskCompletionSource();
        _node.Reloading = reloaded.SetResult;
        Assert.Equal("True", await Run(session, "SELECT pg_reload_conf()"));
        await reloaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private NodeOptions Options() => ConfigurationFiles.Read(_file, "gateway.listen.port = 0");

    private async Task<NpgsqlConnection> Open(string database, string login = "Username=ana")
    {
        var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={_node.EndPoint.Port};Database={database};{login};Timeout=15;Pooling=false;Server Compatibility Mode=NoTypeLoading");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string?> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
