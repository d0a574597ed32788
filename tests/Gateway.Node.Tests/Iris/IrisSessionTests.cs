using System.Text;
using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Tests.Shared;

namespace Gateway.Node.Tests.Iris;

/// <summary>Clients of a node that serves a simulated IRIS.</summary>
public sealed class IrisSessionTests
{
    private const string Marker = "7171717";

    private static SimulatedIrisNode OneConnection(string version = "2025.1") =>
        new(version, new RouteOptions { Pool = new PoolOptions { Size = 1 } });

    private static int Count(SimulatedIrisNode node, string text) =>
        node.Iris.Server.Log.Count(sql => sql.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static async Task Seen(SimulatedIrisNode node, string text)
    {
        while (Count(node, text) == 0) await Task.Delay(5);
    }

    /// <summary>First columns of the rows, as text.</summary>
    private static async Task<List<string>> Ask(RawClient client, byte[] messages)
    {
        await client.Send(messages);
        var answers = await client.ReadUntilReady();
        foreach (var answer in answers)
            if (answer.SqlState is not null) throw new InvalidOperationException(Frames.Read<ErrorResponse>(answer.Body).Fields.Message);
        return [.. answers.Where(answer => answer.Code == BackendCode.DataRow).Select(answer => Encoding.UTF8.GetString(answer.Body.AsSpan(6)))];
    }

    private static Task<List<string>> Ask(RawClient client, string sql) => Ask(client, RawClient.Query(sql));

    [Fact]
    public async Task A_query_with_Describe_reaches_the_server_once()
    {
        using var node = new SimulatedIrisNode();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE t (n int)");
        await Ask(client, "INSERT INTO t VALUES (1)");
        var rows = await Ask(client,
        [
            .. RawClient.Bytes(new Parse("s"u8, "SELECT n FROM t WHERE n > 0"u8)), .. RawClient.Bytes(new Describe(Target.Statement, "s"u8)),
            .. RawClient.Bytes(new Bind("p"u8, "s"u8)), .. RawClient.Bytes(new Describe(Target.Portal, "p"u8)),
            .. RawClient.Bytes(new Execute("p"u8)), .. RawClient.Bytes(new Sync()),
        ]);
        Assert.Equal(["1"], rows);
        Assert.Equal(1, Count(node, "FROM \"SQLUser\".\"t\""));
    }

    [Fact]
    public async Task Training_a_model_reaches_the_server_once_in_either_protocol()
    {
        using var node = new SimulatedIrisNode();
        using var client = await RawClient.Open(node.Port);

        // The simulator trains nothing, so both fail there.
        await client.Send(RawClient.Query("TRAIN MODEL simple"));
        await client.ReadUntilReady();
        await client.Send(
        [
            .. RawClient.Bytes(new Parse([], "TRAIN MODEL extended"u8)), .. RawClient.Bytes(new Bind([], [])),
            .. RawClient.Bytes(new Describe(Target.Portal, [])), .. RawClient.Bytes(new Execute([])), .. RawClient.Bytes(new Sync()),
        ]);
        await client.ReadUntilReady();
        Assert.Equal((1, 1), (Count(node, "TRAIN MODEL simple"), Count(node, "TRAIN MODEL extended")));
    }

    [Theory]
    [InlineData(false, "2025.1")]
    [InlineData(true, "2025.1")]
    [InlineData(true, "2024.1")]
    public async Task A_client_that_is_lost_in_a_query_frees_its_connection(bool deaf, string version)
    {
        using var node = OneConnection(version);
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE t (n int)");
        node.Iris.Server.IgnoresCancel = deaf;
        node.Iris.Server.IgnoresCancelQuery = deaf;
        node.Iris.Server.HangsOn = Marker;
        await Ask(client, "BEGIN");
        await Ask(client, "INSERT INTO t VALUES (1)");
        await client.Send(RawClient.Query($"SELECT n FROM t WHERE n = {Marker}"));
        await Seen(node, Marker);
        client.Reset();

        using var other = await RawClient.Open(node.Port);
        Assert.Equal(["0"], await Ask(other, "SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_cancel_stops_a_statement_whatever_the_server_hears(bool deaf, bool deafer)
    {
        using var node = OneConnection();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE t (n int)");
        node.Iris.Server.IgnoresCancel = deaf;
        node.Iris.Server.IgnoresCancelQuery = deafer;
        node.Iris.Server.HangsOn = Marker;
        await client.Send(RawClient.Query($"SELECT n FROM t WHERE n = {Marker}"));
        await Seen(node, Marker);
        await client.Cancel(node.Port);
        Assert.Contains("57014", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        Assert.Equal(["0"], await Ask(client, "SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData("START TRANSACTION", "57014")]
    [InlineData("COMMIT", "08007")]
    public async Task A_cancel_frees_a_session_whose_server_hangs_at_a_step_of_its_transaction(string step, string state)
    {
        using var node = OneConnection();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE t (n int)");
        await Ask(client, "BEGIN");
        if (step == "COMMIT") await Ask(client, "INSERT INTO t VALUES (1)");
        var seen = Count(node, step);
        node.Iris.Server.HangsOn = step;
        await client.Send(RawClient.Query(step == "COMMIT" ? "COMMIT" : "INSERT INTO t VALUES (1)"));
        while (Count(node, step) == seen) await Task.Delay(5);
        await client.Cancel(node.Port);
        Assert.Contains(state, (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        node.Iris.Server.HangsOn = null;
        await Ask(client, "ROLLBACK");
        Assert.Equal(["0"], await Ask(client, "SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_is_lost_frees_its_connection_although_the_rollback_hangs(bool idle)
    {
        using var node = OneConnection();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE t (n int)");
        await Ask(client, "BEGIN");
        await Ask(client, "INSERT INTO t VALUES (1)");
        node.Iris.Server.HangsOn = "ROLLBACK";
        if (!idle)
        {
            await client.Send(RawClient.Query("ROLLBACK"));
            await Seen(node, "ROLLBACK");
        }

        client.Reset();
        await Seen(node, "ROLLBACK");
        using var other = await RawClient.Open(node.Port);
        Assert.Equal(["0"], await Ask(other, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task The_time_zone_decides_what_a_timestamptz_shows_also_for_a_statement_that_is_ready()
    {
        using var node = new SimulatedIrisNode();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "SET timezone = 'UTC'");
        await Ask(client, "CREATE TABLE e (x timestamptz)");
        await Ask(client, "INSERT INTO e VALUES ('2024-07-01 22:30:00+00')");
        await Ask(client, [.. RawClient.Bytes(new Parse("s"u8, "SELECT x::date FROM e WHERE extract(day FROM x) < 9"u8)), .. RawClient.Bytes(new Sync())]);
        byte[] run = [.. RawClient.Bytes(new Bind([], "s"u8)), .. RawClient.Bytes(new Execute([])), .. RawClient.Bytes(new Sync())];
        foreach (var (zone, day) in new[] { ("UTC", "2024-07-01"), ("Europe/Berlin", "2024-07-02"), ("America/New_York", "2024-07-01"), ("Etc/UTC", "2024-07-01") })
        {
            await Ask(client, $"SET timezone = '{zone}'");
            Assert.Equal([day], (await Ask(client, run)).Select(row => row[^10..]));
        }
    }

    [Fact]
    public async Task Constraints_are_checked_at_once_and_SET_CONSTRAINTS_says_so()
    {
        using var node = new SimulatedIrisNode();
        using var client = await RawClient.Open(node.Port);
        await Ask(client, "CREATE TABLE parent (id int PRIMARY KEY)");
        await Ask(client, "CREATE TABLE child (id int PRIMARY KEY, p int)");
        await client.Send(RawClient.Query("ALTER TABLE child ADD CONSTRAINT child_p FOREIGN KEY (p) REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED"));
        Assert.Contains(await client.ReadUntilReady(), answer => answer.Code == BackendCode.NoticeResponse);
        Assert.Null(await client.Run("SET CONSTRAINTS child_p IMMEDIATE"));
        await client.Send(RawClient.Query("SET CONSTRAINTS ALL DEFERRED"));
        Assert.Contains(await client.ReadUntilReady(), answer => answer.Code == BackendCode.NoticeResponse);
        Assert.Equal("42704", await client.Run("SET CONSTRAINTS no_such IMMEDIATE"));
        Assert.Equal("23503", await client.Run("INSERT INTO child VALUES (1, 1)"));
    }

    [Fact]
    public async Task Sessions_of_a_server_that_is_away_hear_of_it()
    {
        using var node = new SimulatedIrisNode();
        node.Iris.Server.IsDown = true;
        using var client = await RawClient.Open(node.Port);
        Assert.Equal("08001", await client.Run("SELECT * FROM t"));
        node.Iris.Server.IsDown = false;
        string? state;
        while ((state = await client.Run("SELECT * FROM t")) == "08001") await Task.Delay(50);
        Assert.Equal("42P01", state);
    }
}
