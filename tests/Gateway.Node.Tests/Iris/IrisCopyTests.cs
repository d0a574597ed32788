using System.Globalization;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Tests.Shared;

namespace Gateway.Node.Tests.Iris;

/// <summary>COPY into a simulated IRIS: with a driver that takes batches, with one that also names what failed in them, and with one that has none.</summary>
public sealed class IrisCopyTests
{
    public enum Driver
    {
        RowByRow,
        Batches,
        BatchesThatNameTheRow,
    }

    private static SimulatedIrisNode Node(Driver driver)
    {
        var node = new SimulatedIrisNode();
        node.Iris.Server.TakesBatches = driver != Driver.RowByRow;
        node.Iris.Server.NamesTheFailedOfABatch = driver == Driver.BatchesThatNameTheRow;
        return node;
    }

    private static byte[] Rows(int count, Func<int, string> row) =>
        RawClient.Bytes(new CopyData(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, count).Select(n => row(n) + "\n")))));

    private static async Task<List<Answer>> Copy(RawClient client, string sql, byte[] rows)
    {
        await client.Send([.. RawClient.Query(sql), .. rows, .. RawClient.Bytes(new CopyDone())]);
        return await client.ReadUntilReady();
    }

    private static async Task<string> Single(RawClient client, string sql)
    {
        await client.Send(RawClient.Query(sql));
        var answers = await client.ReadUntilReady();
        return Encoding.UTF8.GetString(Assert.Single(answers, answer => answer.Code == BackendCode.DataRow).Body.AsSpan(6));
    }

    [Theory]
    [InlineData(Driver.RowByRow)]
    [InlineData(Driver.Batches)]
    [InlineData(Driver.BatchesThatNameTheRow)]
    public async Task Thousands_of_rows_go_in_with_one_prepared_statement(Driver driver)
    {
        using var node = Node(driver);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int PRIMARY KEY, s text, x numeric(8,2), d date)"));
        var answers = await Copy(client, "COPY t (s, id, x, d) FROM STDIN", Rows(5000, n => $"é{n}\t{n}\t{(n % 5 == 0 ? "\\N" : "1.5")}\t2026-01-01"));
        Assert.DoesNotContain(answers, answer => answer.SqlState is not null);
        Assert.Equal("12502500", await Single(client, "SELECT sum(id) FROM t"));
        Assert.Equal("4000", await Single(client, "SELECT count(x) FROM t"));
        Assert.Equal("1", await Single(client, "SELECT count(*) FROM t WHERE s = 'é77' AND d = '2026-01-01' AND id = 77"));
        Assert.Equal(driver != Driver.RowByRow, node.Iris.Server.Batches > 0);

        // A single row that is left over needs no batch.
        var prepared = node.Iris.Server.Log.Count(sql => sql.StartsWith("PREPARE INSERT", StringComparison.Ordinal));
        Assert.InRange(prepared, driver == Driver.RowByRow ? 1 : 0, 1);
    }

    [Theory]
    [InlineData(Driver.RowByRow, "BEGIN")]
    [InlineData(Driver.Batches, "BEGIN")]
    [InlineData(Driver.BatchesThatNameTheRow, "BEGIN")]
    [InlineData(Driver.RowByRow, null)]
    [InlineData(Driver.Batches, null)]
    [InlineData(Driver.BatchesThatNameTheRow, null)]
    public async Task A_duplicate_in_the_middle_is_named_by_its_line_and_nothing_stays(Driver driver, string? begin)
    {
        using var node = Node(driver);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int PRIMARY KEY)"));
        if (begin is not null)
        {
            Assert.Null(await client.Run(begin));
            Assert.Null(await client.Run("INSERT INTO t VALUES (-1)"));
            Assert.Null(await client.Run("SAVEPOINT s"));
        }

        var answers = await Copy(client, "COPY t FROM STDIN", Rows(4000, n => (n == 2500 ? 17 : n).ToString(CultureInfo.InvariantCulture)));
        var error = Assert.Single(answers, answer => answer.SqlState is not null);
        var fields = Frames.Read<ErrorResponse>(error.Body).Fields;
        Assert.Equal("23505", error.SqlState);
        Assert.Equal("COPY t, line 2500", fields.Where);
        if (begin is not null)
        {
            Assert.Null(await client.Run("ROLLBACK TO s"));
            Assert.Null(await client.Run("COMMIT"));
        }

        Assert.Equal(begin is null ? "0" : "1", await Single(client, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_value_that_IRIS_cannot_hold_is_named_by_its_line_behind_rows_that_it_can()
    {
        using var node = Node(Driver.Batches);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int, d date)"));
        var answers = await Copy(client, "COPY t FROM STDIN", Rows(300, n => $"{n}\t{(n == 200 ? "1800-01-01" : "2000-01-01")}"));
        var error = Assert.Single(answers, answer => answer.SqlState is not null);
        Assert.Equal("22008", error.SqlState);
        Assert.StartsWith("COPY t, line 200", Frames.Read<ErrorResponse>(error.Body).Fields.Where, StringComparison.Ordinal);
        Assert.Equal("0", await Single(client, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task More_batches_than_IRIS_has_levels_for_savepoints_go_in()
    {
        using var node = Node(Driver.Batches);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int, s text)"));
        var wide = new string('w', 20_000);
        var answers = await Copy(client, "COPY t FROM STDIN", Rows(1200, n => $"{n}\t{wide}"));
        Assert.DoesNotContain(answers, answer => answer.SqlState is not null);
        Assert.Equal("1200", await Single(client, "SELECT count(*) FROM t"));
        Assert.Equal(200, node.Iris.Server.Batches);
    }

    [Theory]
    [InlineData(Driver.RowByRow)]
    [InlineData(Driver.Batches)]
    public async Task A_cancel_reaches_a_copy_whose_insert_hangs(Driver driver)
    {
        using var node = Node(driver);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int)"));
        for (var round = 0; round < Rounds; round++)
        {
            await HangAndCancel(node, client, "INSERT INTO", "INSERT INTO \"SQLUser\"", "57014");
            Assert.Equal("0", await Single(client, "SELECT count(*) FROM t"));
        }
    }

    // As often as it takes to trust it: IRIS_COPY_ROUNDS=200.
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("IRIS_COPY_ROUNDS"), out var rounds) ? rounds : 2;

    /// <param name="begins">How the statement begins in the server's log.</param>
    private static async Task HangAndCancel(SimulatedIrisNode node, RawClient client, string hangsOn, string begins, string error)
    {
        node.Iris.Server.Log.Clear();
        node.Iris.Server.HangsOn = hangsOn;
        await client.Send([.. RawClient.Query("COPY t FROM STDIN"), .. Rows(2000, n => $"{n}"), .. RawClient.Bytes(new CopyDone())]);
        while (!node.Iris.Server.Log.Any(sql => sql.StartsWith(begins, StringComparison.Ordinal))) await Task.Delay(5);
        await client.Cancel(node.Port);
        Assert.Contains(error, (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        node.Iris.Server.HangsOn = null;
    }

    [Theory]
    [InlineData(Driver.RowByRow, "START TRANSACTION", "57014")]
    [InlineData(Driver.Batches, "START TRANSACTION", "57014")]
    [InlineData(Driver.Batches, "SAVEPOINT", "57014")]
    [InlineData(Driver.RowByRow, "COMMIT", "08007")]
    [InlineData(Driver.Batches, "COMMIT", "08007")]
    public async Task A_cancel_reaches_a_copy_in_every_step_around_its_inserts(Driver driver, string step, string error)
    {
        using var node = Node(driver);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int)"));
        await HangAndCancel(node, client, step, step, error);
        Assert.Equal("0", await Single(client, "SELECT count(*) FROM t"));
    }

    [Theory]
    [InlineData(Driver.RowByRow, 0)]
    [InlineData(Driver.Batches, 0)]
    [InlineData(Driver.RowByRow, 2500)]
    [InlineData(Driver.Batches, 2500)]
    public async Task A_cancel_reaches_a_copy_that_waits_for_its_client(Driver driver, int rows)
    {
        using var node = Node(driver);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (id int)"));
        node.Iris.Server.Log.Clear();
        await client.Send(RawClient.Query("COPY t FROM STDIN"));
        Assert.Equal(BackendCode.CopyInResponse, (await client.Read())!.Value.Code);
        if (rows > 0)
        {
            await client.Send(Rows(rows, n => $"{n}"));
            while (!node.Iris.Server.Log.Any(sql => sql.StartsWith("INSERT INTO \"SQLUser\"", StringComparison.Ordinal))) await Task.Delay(5);
        }

        await client.Cancel(node.Port);
        Assert.Contains("57014", (await client.ReadUntilReady()).Select(answer => answer.SqlState));
        Assert.Equal("0", await Single(client, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_commit_that_IRIS_does_not_answer_is_given_up_with_08007()
    {
        using var iris = new SimulatedIris();
        using var connection = iris.Backend.Instances[0].Open(null);
        connection.Begin(null, readOnly: false);
        Assert.Null(connection.WaitingSince);
        connection.Sever();
        Assert.False(connection.IsBroken);
        iris.Server.HangsOn = "COMMIT";
        var commit = Task.Run(connection.Commit);
        while (!iris.Server.Log.Contains("COMMIT")) await Task.Delay(5);
        Assert.NotNull(connection.WaitingSince);
        Assert.False(connection.IsBroken);
        connection.Sever();
        var error = await Assert.ThrowsAsync<Gateway.Types.PgException>(() => commit.WaitAsync(RawClient.Patience));
        Assert.Equal("08007", error.SqlState);
        Assert.True(connection.IsBroken);
        Assert.False(connection.InTransaction);
    }
}
