using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Node.Tests.Copying;

/// <summary>COPY FROM STDIN when something comes between. What a conversation can tell is in tests/Conversations/copy.</summary>
public class CopyTests
{
    [Fact]
    public async Task A_client_that_goes_in_the_middle_leaves_nothing_behind()
    {
        await using var node = await OneConnection();
        for (var i = 0; i < 6; i++)
        {
            using var client = await Copying(node);
            await client.Send(Data(string.Concat(Enumerable.Range(0, 5000).Select(n => $"{n}\n"))));
            if (i % 2 == 0) await Task.Delay(20);
            if (i % 3 == 0) client.Reset();
        }

        await node.IsWell();
        Assert.Equal(0, await Count(node));
    }

    [Fact]
    public async Task A_cancel_ends_a_copy_that_waits_for_its_client()
    {
        await using var node = await OneConnection();
        using var client = await Copying(node);
        await client.Send(Data("1\n2\n"));
        await client.Cancel(node.Port);
        Assert.Equal("57014", (await client.ReadUntilReady())[0].SqlState);

        // The client has not heard of it yet.
        await client.Send([.. Data("3\n"), .. RawClient.Bytes(new CopyDone())]);
        Assert.Null(await client.Run("SELECT 1"));
        Assert.Equal(0, await Count(node));
    }

    [Fact]
    public async Task Statement_timeout_counts_the_time_the_client_takes()
    {
        await using var node = await OneConnection();
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("SET statement_timeout = 100"));
        await client.Send(RawClient.Query("COPY t FROM STDIN"));
        Assert.Contains(await client.ReadUntilReady(), answer => answer.SqlState == "57014");
        Assert.Null(await client.Run("SELECT 1"));
    }

    [Fact]
    public async Task A_node_that_goes_down_tells_a_client_that_copies()
    {
        await using var node = await OneConnection();
        using var client = await Copying(node);
        await client.Send(Data("1\n"));
        var restart = node.Restart();
        Assert.EndsWith("57P01", await client.ReadToEnd());
        await restart;
        Assert.Equal(0, await Count(node));
    }

    [Fact]
    public async Task A_message_larger_than_every_buffer_is_taken_in_pieces()
    {
        await using var node = await OneConnection("gateway.buffers.copy = 128 KiB");
        using var client = await Copying(node);
        var rows = new StringBuilder();
        for (var i = 0; i < 1_000_000; i++) rows.Append("1234567\n");
        await client.Send([.. Data(rows.ToString()), .. RawClient.Bytes(new CopyDone())]);
        Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
        Assert.Equal(1_000_000, await Count(node));
        Assert.InRange(node.Buffers.Most, 1, 256 * 1024);
        Assert.Equal(0, node.Buffers.Used);
    }

    [Fact]
    public async Task The_rest_of_a_large_message_is_dropped_when_its_copy_has_failed()
    {
        await using var node = await OneConnection();
        using var client = await Copying(node);
        await client.Send([.. Data("no number\n" + new string('\n', 3_000_000)), .. RawClient.Bytes(new CopyDone())]);
        Assert.Equal("22P02", (await client.ReadUntilReady())[0].SqlState);
        Assert.Null(await client.Run("SELECT 1"));
        Assert.Equal(0, node.Buffers.Used);
    }

    [Fact]
    public async Task A_message_of_a_length_that_cannot_be_ends_the_connection()
    {
        await using var node = await OneConnection();
        using var client = await Copying(node);
        await client.Send([(byte)'d', 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);
        Assert.Equal("08P01", await client.ReadToEnd());
        await node.IsWell();
    }

    [Fact]
    public async Task A_copy_waits_for_the_write_lock_only_when_it_has_rows()
    {
        await using var node = await TestNode.Start();
        using (var first = await RawClient.Open(node.Port)) Assert.Null(await first.Run("CREATE TABLE t (a int)"));
        using var slow = await Copying(node);
        await node.IsWell();
        await slow.Send([.. Data("1\n"), .. RawClient.Bytes(new CopyDone())]);
        Assert.DoesNotContain(await slow.ReadUntilReady(), answer => answer.SqlState is not null);
        Assert.Equal(1, await Count(node));
    }

    [Fact]
    public async Task Many_copies_at_once_stay_within_the_budget_of_the_node()
    {
        const int Clients = 24;
        await using var node = await TestNode.Start("gateway.buffers.node = 1 MiB");
        using (var first = await RawClient.Open(node.Port)) Assert.Null(await first.Run("CREATE TABLE t (a int)"));
        var rows = Encoding.ASCII.GetString([.. Enumerable.Repeat("1234567\n"u8.ToArray(), 40_000).SelectMany(row => row)]);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            using var client = await Copying(node);
            for (var i = 0; i < 4; i++) await client.Send(Data(rows[..(rows.Length / 4)]));
            await client.Send(RawClient.Bytes(new CopyDone()));
            Assert.DoesNotContain(await client.ReadUntilReady(), answer => answer.SqlState is not null);
        }));
        Assert.Equal(Clients * 40_000, await Count(node));

        // What each must have comes on top.
        Assert.InRange(node.Buffers.Most, 1, 1024 * 1024 + Clients * 128 * 1024);
        Assert.Equal(0, node.Buffers.Used);
    }

    internal static byte[] Data(string rows) => RawClient.Bytes(new CopyData(Encoding.UTF8.GetBytes(rows)));

    internal static async Task<RawClient> Copying(TestNode node, string sql = "COPY t FROM STDIN")
    {
        var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query(sql));
        var answer = await client.Read();
        Assert.Equal(BackendCode.CopyInResponse, answer!.Value.Code);
        return client;
    }

    internal static async Task<long> Count(TestNode node)
    {
        using var client = await RawClient.Open(node.Port);
        await client.Send(RawClient.Query("SELECT count(*) FROM t"));
        var row = (await client.ReadUntilReady()).Find(answer => answer.Code == BackendCode.DataRow);
        return long.Parse(Encoding.ASCII.GetString(row.Body.AsSpan(6)));
    }

    private static async Task<TestNode> OneConnection(string more = "")
    {
        var node = await TestNode.Start("gateway.embedded.pool-size = 1\n" + more);
        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int)"));
        return node;
    }
}
