using System.Text;
using Corpus.Tests.Wire;
using Gateway.Tests.Shared;

namespace Corpus.Tests.Bi;

/// <summary>A gateway with its embedded engine, and PostgreSQL 15, with equal databases.</summary>
public sealed class BiServers : IDisposable
{
    private const string User = "postgres";
    private const string Sample = "hospital";

    private static readonly string[] SampleTables = ["patients", "lab_results"];

    private readonly PostgresServer _postgres = new();
    private readonly PostgresServer _behind = new();
    private GatewayNode? _gateway;
    private bool _hasSample;

    public void Dispose()
    {
        _gateway?.Dispose();
        _postgres.Dispose();
        _behind.Dispose();
    }

    /// <summary>Sessions with both, in a database that was made anew from tests/Bi/schema.sql.</summary>
    internal (WireSession Postgres, WireSession Gateway) OpenFresh()
    {
        var schema = File.ReadAllText(Path.Combine(ToolFile.Folder, "schema.sql"));
        return (Make(PostgresPort(), "postgres", schema), Make(GatewayPort(), "scratch", schema));
    }

    /// <summary>A session with PostgreSQL, and one with a gateway before another backend; the node is to be disposed last.</summary>
    internal (WireSession Postgres, WireSession Gateway, IDisposable Node) OpenBefore(string target)
    {
        var schema = BiNodes.Schema(target);
        var postgres = Make(PostgresPort(), "postgres", schema);
        var (port, node) = BiNodes.Start(target, _behind);
        var gateway = new WireSession(port, User, "bi");
        gateway.Run(schema);
        return (postgres, gateway, node);
    }

    /// <summary>Sessions with both in the sample database: the gateway's own, and PostgreSQL's copy of its rows.</summary>
    internal (WireSession Postgres, WireSession Gateway) OpenSample()
    {
        var gateway = new WireSession(GatewayPort(), User, Sample);
        if (!_hasSample)
        {
            using (var administrator = new WireSession(PostgresPort(), User, "postgres")) administrator.Run($"CREATE DATABASE {Sample}");
            using var copy = new WireSession(PostgresPort(), User, Sample);
            foreach (var table in SampleTables) Copy(gateway, copy, table);
            _hasSample = true;
        }

        return (new WireSession(PostgresPort(), User, Sample), gateway);
    }

    private static WireSession Make(int port, string administrated, string schema)
    {
        using (var administrator = new WireSession(port, User, administrated))
        {
            administrator.Run("DROP DATABASE IF EXISTS bi" + (administrated == "postgres" ? " WITH (FORCE)" : ""));
            administrator.Run("CREATE DATABASE bi");
        }

        var session = new WireSession(port, User, "bi");
        session.Run(schema);
        return session;
    }

    private static void Copy(WireSession from, WireSession to, string table)
    {
        var columns = from.Tell(
            $"SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0", [], Manner.Simple);
        to.Run($"CREATE TABLE {table} ({columns.Results[0].Rows[0][0]}, PRIMARY KEY (id))");
        var rows = from.Tell($"SELECT * FROM {table}", [], Manner.Simple).Results[0].Rows;
        var insert = new StringBuilder($"INSERT INTO {table} VALUES ");
        foreach (var row in rows) insert.Append('(').AppendJoin(", ", row.Select(value => value is null ? "NULL" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'")).Append("),");
        to.Run(insert.ToString(0, insert.Length - 1));
    }

    private int PostgresPort() => _postgres.Port;

    private int GatewayPort()
    {
        _gateway ??= new GatewayNode();
        Assert.True(_gateway.Missing is null, _gateway.Missing);
        return _gateway.Port;
    }
}
