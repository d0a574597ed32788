using System.Text;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;

namespace Gateway.Node.Tests.Copying;

/// <summary>Many sessions that copy in at once, in pieces of any size, and end in every way there is, while the backend stops now and then.</summary>
public sealed class CopyStormTests
{
    private const int Sessions = 8;
    private const int Rounds = 10;

    private enum End
    {
        Done,
        Fail,
        WrongRow,
        Cancel,
        CancelAfterDone,
        Close,
        Reset,
        HalfClose,
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_row_that_was_acknowledged_is_there_and_no_other_and_no_buffer_is_left(bool isSlow)
    {
        SlowDatabases? slow = null;
        await using var node = await TestNode.Start("gateway.buffers.copy = 256 KiB", isSlow ? directory => slow = new SlowDatabases(directory) : null);
        using var over = new CancellationTokenSource();
        var gate = slow is null ? Task.CompletedTask : OpenAndClose(slow.Gate, over.Token);
        var seed = Environment.TickCount;
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(i => Task.Run(() => Storm(node.Port, i, new Random(seed + i)))));
        await over.CancelAsync();
        await gate;
        for (var patience = 6000; node.Buffers.Used != 0; patience--)
        {
            Assert.True(patience > 0, $"{node.Buffers.Used} bytes are still counted (seed {seed})");
            await Task.Delay(10);
        }
    }

    private static async Task OpenAndClose(ManualResetEventSlim gate, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            gate.Reset();
            await Task.Delay(5);
            gate.Set();
            await Task.Delay(20);
        }
    }

    /// <summary>Each in a database of its own, as the engine has one writer at a time.</summary>
    private static async Task Storm(int port, int number, Random random)
    {
        var database = $"storm{number}";
        using (var first = await RawClient.Open(port)) Assert.Null(await first.Run($"CREATE DATABASE {database}"));
        var client = await RawClient.Open(port, database);
        Assert.Null(await client.Run("CREATE TABLE t (a int, b text)"));
        var (count, sum, length) = (0L, 0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var end = (End)random.Next(Enum.GetValues<End>().Length);
            var rows = random.Next(0, 600);
            var lengths = Enumerable.Range(1, rows).Select(_ => random.Next(1, 400)).ToArray();
            var data = Encoding.UTF8.GetBytes(string.Concat(lengths.Select((n, i) => $"{i + 1}\t{new string('x', n)}\n")) + (end == End.WrongRow ? "wrong\tx\n" : ""));
            await client.Send(RawClient.Query("COPY t FROM STDIN"));
            Assert.Equal(BackendCode.CopyInResponse, (await client.Read())!.Value.Code);
            var some = end is End.Done or End.WrongRow or End.CancelAfterDone ? data.Length : random.Next(0, data.Length + 1);
            await SendInPieces(client, data.AsMemory(0, some), random);
            switch (end)
            {
                case End.Close: client.Dispose(); break;
                case End.Reset: client.Reset(); break;
                case End.HalfClose:
                    client.HalfClose();
                    await client.ReadToEnd();
                    break;
                case End.Fail: await client.Send(RawClient.Bytes(new CopyFail("no"u8))); break;
                case End.Cancel:
                    await client.Cancel(port);
                    await client.Send(RawClient.Bytes(new CopyDone()));
                    break;
                default:
                    await client.Send(RawClient.Bytes(new CopyDone()));
                    if (end == End.CancelAfterDone) await client.Cancel(port);
                    break;
            }

            if (end is End.Close or End.Reset or End.HalfClose)
            {
                client.Dispose();
                client = await RawClient.Open(port, database);
            }
            else
            {
                var error = (await client.ReadUntilReady()).Select(answer => answer.SqlState).FirstOrDefault(state => state is not null);
                string?[] possible = end switch
                {
                    End.Done => [null],
                    End.WrongRow => ["22P02"],
                    End.CancelAfterDone => [null, "57014"],
                    _ => ["57014"],
                };
                Assert.Contains(error, possible);
                if (error is null) (count, sum, length) = (count + rows, sum + (rows * (rows + 1L) / 2), length + lengths.Sum());
            }

            await client.Send(RawClient.Query("SELECT count(*) || ' ' || coalesce(sum(a), 0) || ' ' || coalesce(sum(length(b)), 0) FROM t"));
            var answers = await client.ReadUntilReady();
            var row = Assert.Single(answers, answer => answer.Code == BackendCode.DataRow);
            Assert.Equal($"{count} {sum} {length}", Encoding.UTF8.GetString(row.Body.AsSpan(6)));
        }

        client.Dispose();
    }

    private static async Task SendInPieces(RawClient client, ReadOnlyMemory<byte> data, Random random)
    {
        while (!data.IsEmpty)
        {
            var piece = Math.Min(data.Length, random.Next(3) switch { 0 => random.Next(1, 50), 1 => random.Next(1, 5000), _ => random.Next(1, 100_000) });
            var message = RawClient.Bytes(new CopyData(data.Span[..piece]));

            // A message may also come in two parts.
            var cut = random.Next(message.Length);
            await client.Send(message[..cut]);
            if (random.Next(8) == 0) await Task.Delay(random.Next(1, 10));
            await client.Send(message[cut..]);
            data = data[piece..];
        }
    }
}
