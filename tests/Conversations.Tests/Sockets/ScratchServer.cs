using Gateway.Tests.Shared;
using Npgsql;

namespace Conversations.Tests.Sockets;

/// <summary>PostgreSQL with the user and the database that a node has too.</summary>
public sealed class ScratchServer : IDisposable
{
    private readonly PostgresServer _server = new();
    private bool _isPrepared;

    /// <summary>Starts the server when it is first asked for; the test is skipped where there is none.</summary>
    public int Port
    {
        get
        {
            if (!_isPrepared) Prepare();
            return _server.Port;
        }
    }

    public void Dispose() => _server.Dispose();

    private void Prepare()
    {
        using var connection = _server.Open();
        foreach (var sql in (string[])[$"CREATE ROLE {SocketPeer.User} SUPERUSER LOGIN", $"CREATE DATABASE {SocketPeer.Database}"])
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }

        _isPrepared = true;
    }
}
