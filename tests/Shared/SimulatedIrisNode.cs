using Gateway.Backends;
using Gateway.Node.Configuration;

namespace Gateway.Tests.Shared;

/// <summary>A node inside the test's process that serves a simulated IRIS as database <c>scratch</c>.</summary>
public sealed class SimulatedIrisNode : IRunningNode
{
    private readonly Gateway.Node.GatewayNode _node;

    public SimulatedIrisNode(string version = "2025.1", RouteOptions? route = null)
    {
        Iris = new SimulatedIris(version: version) { Route = route ?? RouteOptions.Default };
        var options = NodeOptions.Read(ConfigurationFiles.Load(null, "gateway.listen.port = 0\ngateway.sample-data = off"));
        _node = Gateway.Node.GatewayNode.Start(options, Iris).GetAwaiter().GetResult();
    }

    public SimulatedIris Iris { get; }

    public string? Missing => null;

    public int Port => _node.EndPoint.Port;

    public void Dispose() => _node.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
