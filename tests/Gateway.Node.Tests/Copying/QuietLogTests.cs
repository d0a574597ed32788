using System.Collections.Concurrent;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.Copying;

/// <summary>What a client does wrong is told to the client; the node's log is for what is wrong with the node.</summary>
public class QuietLogTests
{
    [Fact]
    public async Task A_refused_copy_leaves_no_trace_in_the_log()
    {
        await using var node = await TestNode.Start();
        var heard = new ConcurrentQueue<string>();
        var recorder = node.System.ActorOf(Props.Create(() => new Recorder(heard)));
        node.System.EventStream.Subscribe(recorder, typeof(Error));
        node.System.EventStream.Subscribe(recorder, typeof(Warning));

        using var client = await RawClient.Open(node.Port);
        Assert.Null(await client.Run("CREATE TABLE t (a int PRIMARY KEY)"));
        Assert.Equal("22P02", await Copy(client, "COPY t FROM STDIN", "1\nx\n", RawClient.Bytes(new CopyDone())));
        Assert.Equal("23505", await Copy(client, "COPY t FROM STDIN", "1\n1\n", RawClient.Bytes(new CopyDone())));
        Assert.Equal("22P04", await Copy(client, "COPY t FROM STDIN", "1\t2\n", RawClient.Bytes(new CopyDone())));
        Assert.Equal("57014", await Copy(client, "COPY t FROM STDIN", "1\n", RawClient.Bytes(new CopyFail("no"u8))));
        Assert.Equal("22012", await Copy(client, "COPY (SELECT 1/0) TO STDOUT", "", RawClient.Bytes(new Sync())));

        node.System.EventStream.Publish(new Error(null, "test", typeof(QuietLogTests), "the last one"));
        for (var patience = 500; heard.IsEmpty && patience > 0; patience--) await Task.Delay(20);
        Assert.Equal(["the last one"], heard);
    }

    private static async Task<string?> Copy(RawClient client, string sql, string data, byte[] end)
    {
        byte[] rows = data.Length > 0 ? RawClient.Bytes(new CopyData(Encoding.UTF8.GetBytes(data))) : [];
        await client.Send([.. RawClient.Query(sql), .. rows, .. end]);
        return (await client.ReadUntilReady()).Select(answer => answer.SqlState).FirstOrDefault(state => state is not null);
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(ConcurrentQueue<string> heard) => Receive<LogEvent>(entry => heard.Enqueue($"{entry.Message}"));
    }
}
