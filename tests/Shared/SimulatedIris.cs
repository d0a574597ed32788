using Gateway.Backends;
using Gateway.Backends.Iris;
using Gateway.Sql.Dialects.Iris;
using Gateway.Types;
using IrisSimulator;
using IrisSimulator.Provider;

namespace Gateway.Tests.Shared;

/// <summary>An IRIS server that is only played, empty, and the backend over it, as the only database there is.</summary>
public sealed class SimulatedIris : IDatabases, IDisposable
{
    private static int _last;

    private readonly string _instance = $"shared{Interlocked.Increment(ref _last)}";
    private readonly string _version;

    /// <summary>How sessions use it.</summary>
    public RouteOptions Route { get; init; } = RouteOptions.Default;

    public SimulatedIris(string name = "scratch", string version = "2025.1", Func<IrisBackendOptions, IrisBackendOptions>? configure = null)
    {
        _version = version;
        var options = new IrisBackendOptions
        {
            Name = name,
            Instances = [new InstanceOptions { Name = "iris1", ConnectionString = ConnectionString }],
            Server = new IrisOptions(Version.Parse(version), ExactComparison: false),
        };
        Backend = new IrisBackend(configure?.Invoke(options) ?? options, IrisSimulatorFactory.Instance);
    }

    public IrisBackend Backend { get; }

    public string ConnectionString => $"Server=127.0.0.1;Port=1972;Namespace=USER;User ID=_SYSTEM;Password=SYS;Version={_version};Instance={_instance}";

    /// <summary>What the server is made to do, and what it was told.</summary>
    public SimBehaviour Server => SimServer.Behaviour(_instance);

    public IReadOnlyList<string> Names => [Backend.Name];

    public ServedDatabase? Find(string name) => name == Backend.Name ? new ServedDatabase(Backend, Route) : null;

    public void Create(string name) => throw PgException.Unsupported("CREATE DATABASE is not supported on IRIS");

    public void Drop(string name) => throw PgException.Unsupported("DROP DATABASE is not supported on IRIS");

    /// <summary>Runs a statement of IRIS past the gateway.</summary>
    public int Run(string sql)
    {
        using var connection = new SimConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public void Dispose() => Backend.Dispose();
}
