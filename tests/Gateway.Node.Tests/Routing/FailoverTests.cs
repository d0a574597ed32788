using Gateway.Backends;
using Gateway.Backends.Ado;
using Gateway.Tests.Shared;
using Npgsql;
using Xunit.Abstractions;

namespace Gateway.Node.Tests.Routing;

/// <summary>Real servers that are killed, stopped and promoted while sessions go on.</summary>
public class FailoverTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task When_the_primary_is_killed_and_the_standby_promoted_no_acknowledged_row_is_lost_or_doubled()
    {
        using var pair = new PostgresPair();
        using var node = Serve(pair);
        Run(pair.Primary, AcknowledgedWriter.Table);
        var writers = Enumerable.Range(0, 4).Select(i => new AcknowledgedWriter(node.ConnectionString(), i * 1_000_000)).ToList();
        foreach (var writer in writers) writer.Start();
        await Until(() => writers.All(writer => writer.Acknowledged > 50));

        pair.Primary.Kill();
        pair.Standby.Promote();
        var before = writers.Select(writer => writer.Acknowledged).ToList();
        await Until(() => writers.Zip(before).All(pair => pair.First.Acknowledged > pair.Second + 50));
        foreach (var writer in writers) await writer.Stop();

        var counts = Counts(pair.Standby);
        foreach (var writer in writers)
        {
            output.WriteLine($"{writer.Acknowledged} acknowledged, longest pause {writer.LongestPause.TotalSeconds:F1} s, errors: {string.Join("; ", writer.Errors.GroupBy(e => e).Select(g => $"{g.Count()} x {g.Key}"))}");
            writer.Check(counts);
            writer.Dispose();
        }
    }

    [SkippableFact]
    public async Task Reads_go_to_the_replica_writers_read_their_own_and_a_setting_or_a_comment_overrides()
    {
        using var pair = new PostgresPair();
        using var node = Serve(pair, new RouteOptions { SplitReads = true, PrimaryAfterWrite = TimeSpan.FromMinutes(1) });
        Run(pair.Primary, "CREATE TABLE t (a int)");
        await Until(() => pair.Standby.Ask("SELECT count(*) FROM pg_class WHERE relname = 't'") == "1");

        await using var reader = await Open(node);
        Assert.Equal("True", await Ask(reader, "SELECT pg_is_in_recovery()"));
        Assert.StartsWith("b (read, replica)", await Ask(reader, "SHOW gateway.last_target"));
        Assert.Equal("False", await Ask(reader, "/* gateway.target = 'primary' */ SELECT pg_is_in_recovery()"));
        await Ask(reader, "SET gateway.target = 'primary'");
        Assert.Equal("False", await Ask(reader, "SELECT pg_is_in_recovery()"));
        await Ask(reader, "RESET gateway.target");
        Assert.Equal("True", await Ask(reader, "SELECT pg_is_in_recovery()"));

        await using (var transaction = await reader.BeginTransactionAsync())
        {
            Assert.Equal("False", await Ask(reader, "SELECT pg_is_in_recovery()"));
            await transaction.RollbackAsync();
        }

        await Ask(reader, "BEGIN READ ONLY");
        Assert.Equal("True", await Ask(reader, "SELECT pg_is_in_recovery()"));
        await Ask(reader, "COMMIT");

        await Ask(reader, "INSERT INTO t VALUES (1)");
        Assert.Equal("False", await Ask(reader, "SELECT pg_is_in_recovery()"));
        await using var other = await Open(node);
        Assert.Equal("True", await Ask(other, "SELECT pg_is_in_recovery()"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Ask(other, "/* gateway.target = replica */ INSERT INTO t VALUES (2)"));
        Assert.Equal("25006", refused.SqlState);
        Assert.Equal("22023", (await Assert.ThrowsAsync<PostgresException>(() => Ask(other, "/* gateway.target = moon */ SELECT 1"))).SqlState);
    }

    [SkippableFact]
    public async Task A_read_whose_replica_is_killed_is_answered_by_the_other_instance()
    {
        using var pair = new PostgresPair();
        using var node = Serve(pair, new RouteOptions { SplitReads = true });
        await using var reader = await Open(node);
        Assert.Equal("True", await Ask(reader, "SELECT pg_is_in_recovery()"));
        pair.Standby.Kill();
        for (var i = 0; i < 20; i++) Assert.Equal("False", await Ask(reader, "SELECT pg_is_in_recovery()"));
    }

    [SkippableFact]
    public async Task A_transaction_whose_server_is_killed_fails_and_the_session_goes_on_elsewhere()
    {
        using var pair = new PostgresPair();
        using var node = Serve(pair);
        Run(pair.Primary, "CREATE TABLE t (a int)");
        await using var connection = await Open(node);
        await Ask(connection, "BEGIN");
        await Ask(connection, "INSERT INTO t VALUES (1)");
        pair.Primary.Kill();
        var lost = await Assert.ThrowsAsync<PostgresException>(() => Ask(connection, "INSERT INTO t VALUES (2)"));
        Assert.Contains(lost.SqlState, (string[])["08006", "40001"]);
        Assert.Equal("25P02", (await Assert.ThrowsAsync<PostgresException>(() => Ask(connection, "SELECT 1"))).SqlState);
        await Ask(connection, "ROLLBACK");
        pair.Standby.Promote();
        await Ask(connection, "INSERT INTO t VALUES (3)");
        Assert.Equal("3", await Ask(connection, "SELECT string_agg(a::text, ',') FROM t"));
    }

    [SkippableFact]
    public async Task A_stopped_server_is_left_aside_and_used_again_when_it_goes_on()
    {
        using var pair = new PostgresPair();
        using var node = Serve(pair, new RouteOptions { SplitReads = true });
        await using var reader = await Open(node);
        Assert.Equal("True", await Ask(reader, "SELECT pg_is_in_recovery()"));
        pair.Standby.Freeze();

        // What is sent before the probe has noticed waits there for stuck-after, unless its client gives up sooner.
        await Until(() => AskOnce(node) == "False");
        pair.Standby.Thaw();
        await Until(() => AskOnce(node) == "True");
    }

    private static PostgresNode Serve(PostgresPair pair, RouteOptions? route = null) => PostgresNode.Over(
        new AdoBackendOptions
        {
            Name = "scratch",
            Instances =
            [
                new InstanceOptions { Name = "a", ConnectionString = pair.Primary.ConnectionString },
                new InstanceOptions { Name = "b", Role = InstanceRole.Replica, ConnectionString = pair.Standby.ConnectionString },
            ],
        },
        route ?? new RouteOptions { FailoverWindow = Patience });

    private static string? AskOnce(PostgresNode node)
    {
        try
        {
            using var connection = new NpgsqlConnection(node.ConnectionString("Command Timeout=2;Cancellation Timeout=1000"));
            connection.Open();
            return Ask(connection, "SELECT pg_is_in_recovery()").GetAwaiter().GetResult();
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task<NpgsqlConnection> Open(PostgresNode node)
    {
        var connection = new NpgsqlConnection(node.ConnectionString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string> Ask(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static void Run(PostgresMember member, string sql)
    {
        using var connection = new NpgsqlConnection(member.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static Dictionary<int, int> Counts(PostgresMember member)
    {
        using var connection = new NpgsqlConnection(member.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT id, count(*)::int FROM written GROUP BY id", connection);
        using var rows = command.ExecuteReader();
        var counts = new Dictionary<int, int>();
        while (rows.Read()) counts.Add(rows.GetInt32(0), rows.GetInt32(1));
        return counts;
    }

    private static async Task Until(Func<bool> happens)
    {
        var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!happens())
        {
            Assert.True(Environment.TickCount64 < deadline, "it has not happened");
            await Task.Delay(20);
        }
    }
}
