using Npgsql;

namespace Gateway.Node.Tests.Sessions;

/// <summary>What a session shows of itself and of the others: pg_stat_activity, pg_cursors, pg_prepared_statements, pg_stat_database.</summary>
public class ActivityTests
{
    private const string Long = "SELECT count(*) FROM generate_series(1, 100000) a(x), generate_series(1, 100000) b(y)";

    [Fact]
    public async Task A_session_that_runs_shows_its_statement_and_times()
    {
        await using var node = await TestNode.Start();
        await using var watcher = await Connect(node);
        await using var worker = await Connect(node, "Application Name=worker");
        var pid = worker.ProcessID;
        var running = new NpgsqlCommand(Long, worker).ExecuteScalarAsync();
        await Until(watcher, $"SELECT state FROM pg_stat_activity WHERE pid = {pid}", "active");
        Assert.Equal(
            $"active|{Long}|worker|127.0.0.1|True|True|True|NULL",
            await Row(watcher, $"SELECT state, query, application_name, host(client_addr), query_start >= backend_start AND query_start = xact_start, state_change = query_start, client_port > 0, wait_event FROM pg_stat_activity WHERE pid = {pid}"));
        Assert.Equal("True", await Row(watcher, $"SELECT pg_cancel_backend({pid})"));
        Assert.Equal("57014", (await Assert.ThrowsAsync<PostgresException>(() => running)).SqlState);
        Assert.Equal(
            $"idle|{Long}|True|True|Client|ClientRead",
            await Row(watcher, $"SELECT state, query, xact_start IS NULL, state_change > query_start, wait_event_type, wait_event FROM pg_stat_activity WHERE pid = {pid}"));
    }

    [Fact]
    public async Task A_block_shows_its_last_statement_and_when_it_began()
    {
        await using var node = await TestNode.Start();
        await using var watcher = await Connect(node);
        await using var worker = await Connect(node);
        var look = $"SELECT state, query, xact_start < query_start FROM pg_stat_activity WHERE pid = {worker.ProcessID}";
        await Run(worker, "BEGIN");
        await Run(worker, "SELECT 1");
        await Run(worker, "SELECT 1, 'ü'");
        Assert.Equal("idle in transaction|SELECT 1, 'ü'|True", await Row(watcher, look));
        await Assert.ThrowsAsync<PostgresException>(() => Run(worker, "SELECT 1 / 0"));
        Assert.Equal("idle in transaction (aborted)|SELECT 1 / 0|True", await Row(watcher, look));
    }

    [Fact]
    public async Task A_long_statement_is_shown_to_its_1023rd_byte()
    {
        await using var node = await TestNode.Start();
        await using var watcher = await Connect(node);
        await using var worker = await Connect(node);
        await Run(worker, $"SELECT '{new string('ü', 2000)}'");
        Assert.Equal("1022|ü", await Row(watcher, $"SELECT octet_length(query), right(query, 1) FROM pg_stat_activity WHERE pid = {worker.ProcessID}"));
    }

    [Fact]
    public async Task Changed_rows_are_counted_by_database()
    {
        await using var node = await TestNode.Start();
        await using var worker = await Connect(node);
        await Run(worker, "CREATE TABLE counted (a int)");
        await Run(worker, "INSERT INTO counted VALUES (1), (2), (3)");
        await Run(worker, "UPDATE counted SET a = 0 WHERE a > 1; DELETE FROM counted WHERE a = 1");
        Assert.Equal("3|2|1|3|True", await Row(worker, "SELECT tup_inserted, tup_updated, tup_deleted, pg_stat_get_db_tuples_inserted(datid), xact_commit > 2 FROM pg_stat_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task A_session_is_ended_by_its_number()
    {
        await using var node = await TestNode.Start();
        await using var watcher = await Connect(node);
        await using var worker = await Connect(node);
        var pid = worker.ProcessID;
        Assert.Equal("True", await Row(watcher, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = {pid}"));
        await Until(watcher, $"SELECT count(*)::text FROM pg_stat_activity WHERE pid = {pid}", "0");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Run(worker, "SELECT 1"));
        Assert.Equal("False", await Row(watcher, $"SELECT pg_terminate_backend({pid})"));
    }

    [Fact]
    public async Task Who_waits_for_an_advisory_lock_is_seen_to()
    {
        await using var node = await TestNode.Start();
        await using var holder = await Connect(node);
        await using var waiter = await Connect(node);
        await Run(holder, "SELECT pg_advisory_lock(7)");
        var waiting = Run(waiter, "SELECT pg_advisory_lock(7)");
        await Until(holder, $"SELECT wait_event_type || ' ' || wait_event FROM pg_stat_activity WHERE pid = {waiter.ProcessID}", "Lock advisory");
        Assert.Equal($"{{{holder.ProcessID}}}", await Row(holder, $"SELECT pg_blocking_pids({waiter.ProcessID})::text"));
        await Run(holder, "SELECT pg_advisory_unlock(7)");
        await waiting;
    }

    [Fact]
    public async Task A_session_sees_its_cursors()
    {
        await using var node = await TestNode.Start();
        await using var client = await Connect(node);
        await Run(client, "BEGIN");
        await Run(client, "DECLARE one NO SCROLL CURSOR FOR SELECT 1");
        await Run(client, "DECLARE two BINARY SCROLL CURSOR WITH HOLD FOR SELECT 2");
        const string All = "SELECT string_agg(name || ':' || statement || ':' || is_holdable || is_binary || is_scrollable || (creation_time > now() - interval '1 hour'), ' ' ORDER BY name) FROM pg_cursors";
        Assert.Equal("one:DECLARE one NO SCROLL CURSOR FOR SELECT 1:falsefalsefalsetrue two:DECLARE two BINARY SCROLL CURSOR WITH HOLD FOR SELECT 2:truetruetruetrue", await Row(client, All));
        await Run(client, "COMMIT");
        Assert.Equal("two", await Row(client, "SELECT name FROM pg_cursors"));
        await Run(client, "CLOSE ALL");
        Assert.Equal("0", await Row(client, "SELECT count(*) FROM pg_cursors"));
    }

    [Fact]
    public async Task A_session_sees_its_prepared_statements()
    {
        await using var node = await TestNode.Start();
        await using var client = await Connect(node);
        await using var other = await Connect(node);
        await Run(client, "PREPARE mine (int, text[]) AS SELECT $1, $2");
        await using var command = new NpgsqlCommand("SELECT $1 + 1", client) { Parameters = { new NpgsqlParameter<int> { TypedValue = 1 } } };
        await command.PrepareAsync();
        const string All = "SELECT statement || ' ' || parameter_types::text || ' ' || from_sql FROM pg_prepared_statements ORDER BY from_sql";
        Assert.Equal("SELECT $1 + 1 {integer} false", await Row(client, All));
        Assert.Equal("PREPARE mine (int, text[]) AS SELECT $1, $2 {integer,text[]} true", await Row(client, All + " DESC"));
        Assert.Equal("0", await Row(other, "SELECT count(*) FROM pg_prepared_statements"));
        await Run(client, "DEALLOCATE ALL");
        Assert.Equal("0", await Row(client, "SELECT count(*) FROM pg_prepared_statements"));
    }

    [Fact]
    public async Task Transactions_of_a_database_are_counted_beyond_the_end_of_their_sessions()
    {
        const string Counts = "SELECT sessions, xact_commit, xact_rollback, numbackends FROM pg_stat_database WHERE datname = 'scratch'";
        await using var node = await TestNode.Start();
        await using var watcher = await Connect(node);
        var before = (await Row(watcher, Counts)).Split('|').Select(long.Parse).ToArray();
        await using (var worker = await Connect(node))
        {
            for (var i = 0; i < 5; i++) await Run(worker, "SELECT 1");
            await Run(worker, "BEGIN");
            await Run(worker, "ROLLBACK");
        }

        await Until(watcher, "SELECT numbackends::text FROM pg_stat_database WHERE datname = 'scratch'", "1");
        var after = (await Row(watcher, Counts)).Split('|').Select(long.Parse).ToArray();
        Assert.Equal(before[0] + 1, after[0]);
        Assert.InRange(after[1], before[1] + 5, long.MaxValue);
        Assert.Equal(before[2] + 1, after[2]);
    }

    private static async Task<NpgsqlConnection> Connect(TestNode node, string rest = "")
    {
        var connection = new NpgsqlConnection(node.ConnectionString(rest));
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first row, its values parted by bars.</summary>
    private static async Task<string> Row(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), sql);
        return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : FormattableString.Invariant($"{reader.GetValue(i)}")));
    }

    private static async Task Until(NpgsqlConnection connection, string sql, string expected)
    {
        using var patience = new CancellationTokenSource(RawClient.Patience);
        while (await Row(connection, sql) != expected) await Task.Delay(20, patience.Token);
    }
}
