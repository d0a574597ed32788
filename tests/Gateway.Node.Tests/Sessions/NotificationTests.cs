using Npgsql;

namespace Gateway.Node.Tests.Sessions;

public class NotificationTests
{
    [Fact]
    public async Task An_idle_session_hears_what_others_commit_in_order_and_nothing_they_roll_back()
    {
        await using var node = await TestNode.Start();
        await using var listener = await Open(node);
        await using var notifier = await Open(node);
        var heard = new List<string>();
        listener.Notification += (_, e) => heard.Add($"{e.PID == notifier.ProcessID} {e.Channel} {e.Payload}");
        await Run(listener, "LISTEN news; LISTEN \"Other\"");

        await Run(notifier, "BEGIN; NOTIFY news, 'undone'; ROLLBACK");
        await Run(notifier, "BEGIN; NOTIFY news, '1'; NOTIFY \"Other\"; NOTIFY news, '1'; NOTIFY nobody; SELECT pg_notify('news', '2'); COMMIT");
        for (var i = 3; i <= 50; i++) await Run(notifier, $"SELECT pg_notify('news', '{i}')");
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (heard.Count < 51) await listener.WaitAsync(patience.Token);

        Assert.Equal(["True news 1", "True Other ", .. Enumerable.Range(2, 49).Select(i => $"True news {i}")], heard);
    }

    [Fact]
    public async Task A_session_in_a_transaction_hears_at_its_end()
    {
        await using var node = await TestNode.Start();
        await using var listener = await Open(node);
        await using var notifier = await Open(node);
        var heard = new List<string>();
        listener.Notification += (_, e) => heard.Add(e.Payload);
        await Run(listener, "LISTEN news");
        await Run(listener, "BEGIN");
        await Run(notifier, "NOTIFY news, 'x'");
        await Run(listener, "SELECT 1");
        Assert.Empty(heard);
        await Run(listener, "COMMIT");
        Assert.Equal(["x"], heard);
        await Run(listener, "UNLISTEN *");
        await Run(notifier, "NOTIFY news, 'y'");
        await Run(listener, "SELECT 1");
        Assert.Equal(["x"], heard);
    }

    [Fact]
    public async Task Databases_have_channels_of_their_own()
    {
        await using var node = await TestNode.Start();
        await using var listener = await Open(node);
        await Run(listener, "CREATE DATABASE another");
        await using var notifier = new NpgsqlConnection(node.ConnectionString().Replace("Database=scratch", "Database=another"));
        await notifier.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, e) => heard.Add(e.Payload);
        await Run(listener, "LISTEN news");
        await Run(notifier, "NOTIFY news, 'x'");
        await Run(listener, "SELECT 1");
        Assert.Empty(heard);
    }

    private static async Task<NpgsqlConnection> Open(TestNode node)
    {
        var connection = new NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
