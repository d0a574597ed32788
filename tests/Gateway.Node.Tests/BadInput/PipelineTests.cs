using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.BadInput;

[Collection(nameof(Alone))]
public class PipelineTests
{
    private const long FewMegabytes = 16 << 20;

    [Fact]
    public async Task A_conversation_may_arrive_byte_by_byte()
    {
        await using var node = await TestNode.Start();
        using var client = RawClient.Connect(node.Port);
        await client.SendByteByByte(RawClient.Startup());
        await client.ReadUntilReady();
        byte[] talk =
        [
            .. RawClient.Query("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x')"),
            .. RawClient.Extended("SELECT * FROM t"), .. RawClient.Bytes(new Sync()),
            .. RawClient.Bytes(new Parse("s"u8, "SELECT $1::int"u8)), .. RawClient.Bytes(new Describe(Target.Statement, "s"u8)),
            .. RawClient.Bytes(new Bind("p"u8, "s"u8, default, WireValues.Of("7"u8.ToArray()))), .. RawClient.Bytes(new Describe(Target.Portal, "p"u8)),
            .. RawClient.Bytes(new Execute("p"u8)), .. RawClient.Bytes(new Close(Target.Portal, "p"u8)), .. RawClient.Bytes(new Flush()), .. RawClient.Bytes(new Sync()),
            .. RawClient.Query("SELECT 1/0"), .. RawClient.Query(""), .. RawClient.Bytes(new Terminate()),
        ];
        await client.SendByteByByte(talk);
        Assert.Equal("C C Z 1 2 D C Z 1 t T 2 T D C 3 Z 22012 Z I Z", (await client.ReadToEnd()).Replace("T 22012", "22012", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hundred_thousand_Binds_are_all_answered_and_leave_nothing_behind()
    {
        const int Count = 100_000;
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        await client.Send([.. RawClient.Bytes(new Parse("s"u8, "SELECT $1::text"u8)), .. RawClient.Bytes(new Sync())]);
        await client.ReadUntilReady();
        var bind = RawClient.Bytes(new Bind([], "s"u8, default, WireValues.Of("abcdefghij"u8.ToArray())));
        var before = GC.GetTotalMemory(true);
        var sending = Task.Run(async () =>
        {
            var many = Enumerable.Repeat(bind, 1000).SelectMany(one => one).ToArray();
            for (var i = 0; i < Count / 1000; i++) await client.Send(many);
            await client.Send(RawClient.Bytes(new Sync()));
        });
        var answers = 0;
        while (await client.Read() is { } answer && answer.Code != BackendCode.ReadyForQuery)
        {
            Assert.Equal(BackendCode.BindComplete, answer.Code);
            answers++;
        }

        await sending;
        Assert.Equal(Count, answers);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, FewMegabytes);
    }

    [Fact]
    public async Task A_pipeline_whose_answers_are_not_read_for_a_while_loses_nothing()
    {
        const int Count = 10_000;
        await using var node = await TestNode.Start();
        using var client = await RawClient.Open(node.Port);
        var before = GC.GetTotalMemory(true);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
                await client.Send([.. RawClient.Extended($"SELECT {i}, repeat('x', 1000)"), .. RawClient.Bytes(new Sync())]);
        });
        await Task.Delay(1500);
        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 2 * FewMegabytes);
        for (var i = 0; i < Count; i++)
        {
            var answers = await client.ReadUntilReady();
            Assert.Equal("12DCZ", string.Concat(answers.Select(answer => answer.Letter)));
            var row = answers[2].Body;
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(row.AsSpan(2));
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Text.Encoding.UTF8.GetString(row, 6, length));
        }

        await sending;
    }

    [Fact]
    public async Task A_client_that_never_reads_costs_little_and_its_connection_comes_back()
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 2");
        using var other = await RawClient.Open(node.Port);
        var deaf = await RawClient.Open(node.Port);
        var before = GC.GetTotalMemory(true);
        await deaf.Send(RawClient.Query("SELECT repeat('x', 1000) FROM generate_series(1, 200000)"));
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(await other.Run("SELECT 1"));
            await Task.Delay(10);
        }

        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, FewMegabytes);
        deaf.Reset();
        using var first = await RawClient.Open(node.Port);
        using var second = await RawClient.Open(node.Port);
        Assert.Null(await first.Run("BEGIN; SELECT 1"));
        Assert.Null(await second.Run("BEGIN; SELECT 1"));
    }
}

/// <summary>Tests that measure the memory of the process do not run beside others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
