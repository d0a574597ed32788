using System.Diagnostics;
using Gateway.Protocol.Messages;

namespace Gateway.Node.Tests.BadInput;

public class FuzzTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Garbage_instead_of_a_startup_packet_harms_nobody_else(int seed)
    {
        await using var node = await TestNode.Start("gateway.authentication.timeout = 5s");
        using var healthy = await RawClient.Open(node.Port);
        var random = new Random(seed);
        for (var started = Stopwatch.StartNew(); started.Elapsed < Length;)
        {
            using var client = RawClient.Connect(node.Port);
            var bytes = random.Next(3) == 0 ? RawClient.Startup() : new byte[random.Next(1, 300)];
            if (bytes[0] != 0 || bytes.Length % 2 == 0) random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)));
            else bytes = Damaged(RawClient.Startup(), random);
            await Shout(client, bytes);
        }

        Assert.Null(await healthy.Run("SELECT 1"));
        await node.IsWell();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Garbage_in_a_session_harms_nobody_else(int seed)
    {
        await using var node = await TestNode.Start("gateway.embedded.pool-size = 2");
        using var healthy = await RawClient.Open(node.Port);
        Assert.Null(await healthy.Run("CREATE TABLE t (a int)"));
        var random = new Random(seed);
        for (var started = Stopwatch.StartNew(); started.Elapsed < Length;)
        {
            using var client = await RawClient.Open(node.Port);
            byte[] good =
            [
                .. RawClient.Query("BEGIN; INSERT INTO t VALUES (1)"), .. RawClient.Extended("SELECT a, 'x' FROM t"),
                .. RawClient.Bytes(new Sync()), .. RawClient.Query("SELECT 1/0"), .. RawClient.Query("ROLLBACK"),
            ];
            await Shout(client, Damaged(good, random));
        }

        Assert.Null(await healthy.Run("INSERT INTO t VALUES (2)"));
        await node.IsWell();
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static async Task Shout(RawClient client, byte[] bytes)
    {
        try
        {
            await client.Send(bytes);
        }
        catch (IOException)
        {
            // The node has hung up already, as it may.
        }
    }
}
