using Gateway.Actors.Buffers;
using Gateway.Backends;
using Gateway.Node.Configuration;

namespace Gateway.Node.Tests;

/// <summary>A node inside the test's process, on a port of its own and an empty data directory.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gateway-node-");
    private NodeOptions _options = null!;
    private GatewayNode _node = null!;

    public int Port => _node.EndPoint.Port;

    public GatewayNode Node => _node;

    /// <summary>What the node's sessions hold.</summary>
    public Akka.Actor.ActorSystem System => _node.System;

    public BufferBudget Buffers => _node.Buffers;

    /// <param name="databases">Makes what the node serves in a directory; by default the embedded engine.</param>
    public static async Task<TestNode> Start(string configuration = "", Func<string, IDatabases>? databases = null)
    {
        var test = new TestNode();
        var overrides = $"gateway.listen.port = 0\ngateway.sample-data = off\ngateway.data = \"{test._directory.FullName}\"\n{configuration}";
        test._options = NodeOptions.Read(ConfigurationFiles.Load(null, overrides));
        test._node = databases is null
            ? await GatewayNode.Start(test._options)
            : await GatewayNode.Start(test._options, databases(test._directory.FullName));
        return test;
    }

    public string ConnectionString(string rest = "") =>
        $"Host=127.0.0.1;Port={Port};Database=scratch;Username=ana;Timeout=10;Pooling=false;Server Compatibility Mode=NoTypeLoading;{rest}";

    /// <summary>For databases of the test's own; the node disposes them.</summary>
    public static async Task<TestNode> Start(Gateway.Backends.IDatabases databases, string configuration = "")
    {
        var test = new TestNode();
        test._options = NodeOptions.Read(ConfigurationFiles.Load(null, $"gateway.listen.port = 0\n{configuration}"));
        test._node = await GatewayNode.Start(test._options, databases);
        return test;
    }

    /// <summary>Another session is served, and one that writes too.</summary>
    public async Task IsWell()
    {
        using var client = await RawClient.Open(Port);
        Assert.Null(await client.Run("CREATE TABLE IF NOT EXISTS is_well (a int)"));
        Assert.Null(await client.Run("INSERT INTO is_well VALUES (1)"));
    }

    /// <summary>The node goes down and another comes up on the same data.</summary>
    public async Task Restart()
    {
        await _node.DisposeAsync().AsTask().WaitAsync(RawClient.Patience);
        _node = await GatewayNode.Start(_options);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync().AsTask().WaitAsync(RawClient.Patience);
        _directory.Delete(recursive: true);
    }
}
