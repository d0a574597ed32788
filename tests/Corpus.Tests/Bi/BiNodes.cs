using Corpus.Tests.Wire;
using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Node.Configuration;
using Gateway.Tests.Shared;
using Npgsql;

namespace Corpus.Tests.Bi;

/// <summary>A gateway before something else than its embedded engine, with database <c>bi</c>.</summary>
internal static class BiNodes
{
    public const string Iris = "iris";
    public const string Postgres = "postgres";

    /// <summary>A node with an empty database; dispose both.</summary>
    public static (int Port, IDisposable Node) Start(string target, PostgresServer server) => target switch
    {
        Iris => StartIris(),
        Postgres => StartPostgres(server),
        _ => throw new ArgumentOutOfRangeException(nameof(target)),
    };

    /// <summary>The schema as far as the target has its kinds of objects.</summary>
    public static string Schema(string target) => string.Join('\n', File.ReadLines(Path.Combine(ToolFile.Folder, "schema.sql"))
        .Where(line => !line.EndsWith($"-- not on {target}", StringComparison.Ordinal)));

    private static (int, IDisposable) StartIris()
    {
        var iris = new SimulatedIris("bi");
        var node = Gateway.Node.GatewayNode.Start(Options(), iris).GetAwaiter().GetResult();
        return (node.EndPoint.Port, new Stopping(node, iris));
    }

    /// <summary>On a server of its own: both have the same names.</summary>
    private static (int, IDisposable) StartPostgres(PostgresServer server)
    {
        using (var connection = server.Open())
        {
            foreach (var sql in (string[])["DROP DATABASE IF EXISTS bi WITH (FORCE)", "CREATE DATABASE bi"])
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.ExecuteNonQuery();
            }
        }

        var behind = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "bi" }.ConnectionString;
        var node = PostgresNode.Over(new AdoBackendOptions { Name = "bi", Instances = [new InstanceOptions { Name = "pg1", ConnectionString = behind }] });
        return (node.Port, node);
    }

    private static NodeOptions Options() => NodeOptions.Read(ConfigurationFiles.Load(null, "gateway.listen.port = 0\ngateway.sample-data = off"));

    private sealed class Stopping(Gateway.Node.GatewayNode node, SimulatedIris iris) : IDisposable
    {
        public void Dispose()
        {
            node.DisposeAsync().AsTask().GetAwaiter().GetResult();
            iris.Dispose();
        }
    }
}
