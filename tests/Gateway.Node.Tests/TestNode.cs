using Gateway.Node.Configuration;

namespace Gateway.Node.Tests;

/// <summary>A node inside the test's process, on a port of its own and an empty data directory.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gateway-node-");
    private GatewayNode _node = null!;

    public int Port => _node.EndPoint.Port;

    public static async Task<TestNode> Start(string configuration = "")
    {
        var test = new TestNode();
        var overrides = $"gateway.listen.port = 0\ngateway.sample-data = off\ngateway.data = \"{test._directory.FullName}\"\n{configuration}";
        test._node = await GatewayNode.Start(NodeOptions.Read(ConfigurationFiles.Load(null, overrides)));
        return test;
    }

    public string ConnectionString(string rest = "") =>
        $"Host=127.0.0.1;Port={Port};Database=scratch;Username=ana;Timeout=10;Pooling=false;Server Compatibility Mode=NoTypeLoading;{rest}";

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
