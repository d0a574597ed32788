using System.Globalization;
using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Node.Configuration;
using Gateway.Types;
using Npgsql;

namespace Gateway.Tests.Shared;

/// <summary>A node inside the test's process that serves a database of real PostgreSQL servers as database <c>scratch</c>.</summary>
public sealed class PostgresNode : IRunningNode
{
    private const string Database = "scratch";

    private readonly PostgresServer? _own;
    private readonly Gateway.Node.GatewayNode? _node;

    /// <summary>Over a server of its own, where the database is made.</summary>
    public PostgresNode()
        : this(null)
    {
    }

    private PostgresNode(Func<AdoBackendOptions, AdoBackendOptions>? configure, string driver = "Npgsql")
    {
        _own = new PostgresServer();
        try
        {
            using var connection = _own.Open();
            foreach (var sql in (string[])[$"CREATE ROLE {Database} SUPERUSER LOGIN", $"CREATE DATABASE {Database}"])
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }
        catch (SkipException missing)
        {
            Missing = missing.Message;
            return;
        }

        var options = new AdoBackendOptions { Name = Database, Instances = [new InstanceOptions { Name = "pg1", ConnectionString = Direct }] };
        (Backend, _node) = Serve(configure?.Invoke(options) ?? options, driver: driver);
    }

    private PostgresNode(AdoBackendOptions options, RouteOptions? route) => (Backend, _node) = Serve(options, route);

    public static PostgresNode Start(Func<AdoBackendOptions, AdoBackendOptions> configure) => new(configure);

    /// <summary>Over a server of its own, reached by another provider.</summary>
    /// <param name="driver">As in a configuration.</param>
    /// <param name="connectionString">Made of the server's host and port.</param>
    public static PostgresNode Through(string driver, Func<string, int, string> connectionString)
    {
        return new PostgresNode(
            options =>
            {
                var direct = new NpgsqlConnectionStringBuilder(options.Instances[0].ConnectionString);
                return options with { Instances = [options.Instances[0] with { ConnectionString = connectionString(direct.Host!, direct.Port) }] };
            },
            driver);
    }

    /// <summary>Over databases that somebody else has made.</summary>
    public static PostgresNode Over(AdoBackendOptions options, RouteOptions? route = null) => new(options, route);

    public string? Missing { get; }

    public int Port => _node!.EndPoint.Port;

    /// <summary>The node itself.</summary>
    public Gateway.Node.GatewayNode Node => _node!;

    public AdoBackend Backend { get; } = null!;

    /// <summary>The server behind it, when it is the node's own.</summary>
    public PostgresServer Server => _own!;

    /// <summary>Past the gateway.</summary>
    public string Direct => new NpgsqlConnectionStringBuilder(_own!.ConnectionString) { Database = Database, Username = Database }.ConnectionString;

    /// <summary>Through the gateway.</summary>
    public string ConnectionString(string rest = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={Port};Database={Database};Username={Database};Timeout=10;Pooling=false;Include Error Detail=true;Server Compatibility Mode=NoTypeLoading;{rest}");

    public void Dispose()
    {
        _node?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Backend?.Dispose();
        _own?.Dispose();
    }

    private static (AdoBackend Backend, Gateway.Node.GatewayNode Node) Serve(AdoBackendOptions options, RouteOptions? route = null, string driver = "Npgsql")
    {
        var backend = new AdoBackend(options, driver == "Npgsql" ? NpgsqlFactory.Instance : Gateway.Backends.Drivers.ProviderBinding.Load(driver));
        var node = NodeOptions.Read(ConfigurationFiles.Load(null, "gateway.listen.port = 0\ngateway.sample-data = off"));
        return (backend, Gateway.Node.GatewayNode.Start(node, new Only(backend, route ?? RouteOptions.Default)).GetAwaiter().GetResult());
    }

    private sealed class Only(AdoBackend backend, RouteOptions route) : IDatabases
    {
        public IReadOnlyList<string> Names => [backend.Name];

        public ServedDatabase? Find(string name) => name == backend.Name ? new ServedDatabase(backend, route) : null;

        public void Create(string name) => throw PgException.Unsupported("CREATE DATABASE is not supported here");

        public void Drop(string name) => throw PgException.Unsupported("DROP DATABASE is not supported here");
    }
}
