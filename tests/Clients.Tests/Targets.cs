using System.Globalization;
using Gateway.Tests.Shared;
using Npgsql;

namespace Clients.Tests;

/// <summary>A server that the checks run against. Started when the first test asks for it, so that a missing tool skips that test.</summary>
public abstract class Target : IDisposable
{
    public string Host { get; protected set; } = "127.0.0.1";

    public int Port { get; protected set; }

    public string Database { get; protected set; } = "scratch";

    public string User => "postgres";

    public string ConnectionString =>
        $"Host={Host};Port={Port.ToString(CultureInfo.InvariantCulture)};Username={User};Database={Database};Timeout=15;Command Timeout=60;Application Name=checks of Npgsql";

    /// <summary>Not a real PostgreSQL, so that known gaps are expected.</summary>
    public virtual bool IsGateway => false;

    public abstract void Start();

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Stop();
        GC.SuppressFinalize(this);
    }

    protected abstract void Stop();

    protected void Administer(string sql)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false };
        using var connection = new NpgsqlConnection(connectionString.ToString());
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>The gateway; with TEST_TARGET=host:port the PostgreSQL there instead, in a database of its own.</summary>
public sealed class GatewayTarget : Target
{
    private readonly Lock _gate = new();
    private Exception? _failure;
    private GatewayNode? _node;

    public override bool IsGateway => Environment.GetEnvironmentVariable("TEST_TARGET") is null or "";

    public override void Start()
    {
        lock (_gate)
        {
            if (_failure is not null) throw new InvalidOperationException(_failure.Message);
            if (Port != 0) return;
            try
            {
                if (IsGateway)
                {
                    _node = new GatewayNode();
                    if (_node.Missing is { } reason) throw new InvalidOperationException(reason);
                    Port = _node.Port;
                    return;
                }

                var parts = Environment.GetEnvironmentVariable("TEST_TARGET")!.Split(':');
                (Host, Port) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
                Database = $"checks_{Environment.ProcessId}";
                Administer($"CREATE DATABASE {Database}");
            }
            catch (Exception e)
            {
                _failure = e;
                throw;
            }
        }
    }

    protected override void Stop()
    {
        if (_node is not null) _node.Dispose();
        else if (Port != 0) Administer($"DROP DATABASE {Database} WITH (FORCE)");
    }
}

/// <summary>A PostgreSQL of our own: what passes here is what PostgreSQL does.</summary>
public sealed class PostgresTarget : Target
{
    private readonly Lock _gate = new();
    private readonly PostgresServer _server = new();

    public override void Start()
    {
        lock (_gate)
        {
            if (Port != 0) return;
            var port = _server.Port;
            Database = "postgres";
            Port = port;
        }
    }

    protected override void Stop() => _server.Dispose();
}

[CollectionDefinition("gateway")]
public sealed class GatewayCollection : ICollectionFixture<GatewayTarget>;

[CollectionDefinition("postgres")]
public sealed class PostgresCollection : ICollectionFixture<PostgresTarget>;
