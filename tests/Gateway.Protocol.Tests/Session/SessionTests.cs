using System.Buffers;
using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Tests.Wire;
using Gateway.Protocol.Wire;
using Gateway.Types;
using Machine = Gateway.Protocol.Session.Session;

namespace Gateway.Protocol.Tests.Session;

/// <summary>What conversations cannot say: tests/Conversations has the rules.</summary>
public sealed class SessionTests
{
    private static ReadOnlySpan<byte> Name => "s1"u8;

    [Fact]
    public void A_prepared_statement_is_bound_and_run_without_allocating()
    {
        var host = new TrivialHost();
        var session = new Machine(host);
        Feed(session, host, Message(new Parse(Name, "SELECT 1"u8)));

        var cycle = Message(new Bind([], Name), new Execute([], 0), new Sync());
        for (var i = 0; i < 1000; i++) Feed(session, host, cycle);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Feed(session, host, cycle);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_message_in_pieces_allocates_nothing_either()
    {
        var host = new TrivialHost();
        var session = new Machine(host);
        Feed(session, host, Message(new Parse(Name, "SELECT 1"u8)));

        var cycle = Message(new Bind([], Name), new Execute([], 0), new Sync());
        var pieces = Pieces.Of(cycle[..7], cycle[7..]);
        for (var i = 0; i < 1000; i++) Feed(session, host, pieces);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Feed(session, host, pieces);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_hundred_thousand_Binds_in_one_pipeline_keep_one_portal()
    {
        var host = new TrivialHost { MakesPortals = true };
        var session = new Machine(host);
        Feed(session, host, Message(new Parse(Name, "SELECT 1"u8)));

        var step = Message(new Bind([], Name), new Execute([], 0));
        for (var i = 0; i < 100_000; i++) Feed(session, host, step);

        // Not GC.GetTotalMemory: other tests run at the same time.
        GC.Collect();
        Assert.InRange(host.Made.Count(portal => portal.IsAlive), 1, 2);
        Assert.Equal(100_000, host.Made.Count);
        Assert.Equal(1, host.MostPortals);
        GC.KeepAlive(session);
        Feed(session, host, Message(new Sync()));
        Assert.Equal(0, host.LivePortals);
    }

    [Fact]
    public void Every_portal_is_disposed_at_the_end_of_its_transaction()
    {
        var host = new TrivialHost { MakesPortals = true };
        var session = new Machine(host);
        Feed(session, host, Message(new Parse(Name, "SELECT 1"u8)));

        host.Status = TransactionStatus.InBlock;
        for (var i = 0; i < 100; i++) Feed(session, host, Message(new Bind(Encoding.UTF8.GetBytes($"p{i}"), Name), new Sync()));
        Assert.Equal(100, host.LivePortals);

        host.Status = TransactionStatus.Idle;
        Feed(session, host, Message(new Sync()));
        Assert.Equal(0, host.LivePortals);
    }

    [Fact]
    public void Every_statement_that_is_replaced_or_closed_is_forgotten()
    {
        var host = new TrivialHost();
        var session = new Machine(host);
        Feed(session, host, Message(new Parse([], "SELECT 1"u8), new Parse([], "SELECT 2"u8)));
        Assert.Equal(1, host.Forgotten);
        Feed(session, host, Message(new Close(Target.Statement, [])));
        Assert.Equal(2, host.Forgotten);
        Feed(session, host, Message(new Close(Target.Statement, [])));
        Assert.Equal(2, host.Forgotten);
        Feed(session, host, Message(new Parse(Name, "SELECT 1"u8), new Parse([], "SELECT 1"u8)));
        session.RemoveAllStatements();
        Assert.Equal(4, host.Forgotten);
    }

    [Fact]
    public void A_batch_that_failed_is_ended_as_failed()
    {
        var host = new TrivialHost();
        var session = new Machine(host);
        Feed(session, host, Message(new Sync(), new Execute("nosuch"u8, 0), new Query("SELECT 1"u8), new Sync(), new Sync()));
        Assert.Equal([false, true, false], host.Batches);
    }

    private static byte[] Message<T>(T message) where T : struct, IFrontendMessage, allows ref struct
    {
        using var output = new ByteWriter();
        output.Write(message);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Message<T1, T2>(T1 first, T2 second)
        where T1 : struct, IFrontendMessage, allows ref struct
        where T2 : struct, IFrontendMessage, allows ref struct => [.. Message(first), .. Message(second)];

    private static byte[] Message<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : struct, IFrontendMessage, allows ref struct
        where T2 : struct, IFrontendMessage, allows ref struct
        where T3 : struct, IFrontendMessage, allows ref struct => [.. Message(first, second), .. Message(third)];

    private static byte[] Message(Sync first, Execute second, Query third, Sync fourth, Sync fifth) =>
        [.. Message(first, second, third), .. Message(fourth, fifth)];

    private static void Feed(Machine session, TrivialHost host, byte[] bytes) => Feed(session, host, new ReadOnlySequence<byte>(bytes));

    private static void Feed(Machine session, TrivialHost host, ReadOnlySequence<byte> input)
    {
        host.Output.Clear();
        while (Frames.TryRead(ref input, 1 << 20, out var frame)) session.Receive(frame);
        Assert.True(input.IsEmpty);
    }
}
