namespace Gateway.Backends.Iris;

/// <summary>One IRIS instance with a namespace of a route.</summary>
internal sealed class IrisInstance(IrisBackend backend, InstanceOptions options) : IInstance
{
    public string Name => options.Name;

    public InstanceRole Role => options.Role;

    public int Weight => options.Weight;

    public int MaxConnections => options.MaxConnections;

    public bool IsRemote => true;

    public IBackendConnection Open(Login? login) => backend.Open(options.ConnectionStringFor(login));
}
