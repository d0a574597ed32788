using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>One IRIS instance with a namespace of a route.</summary>
internal sealed class IrisInstance(IrisBackend backend, InstanceOptions options) : IInstance
{
    private readonly IMirrorRole _role = options.RoleQuery is { Length: > 0 } sql ? MirrorRoles.Ask(sql) : MirrorRoles.None;

    public string Name => options.Name;

    public InstanceRole Role => options.Role;

    public int Weight => options.Weight;

    public int MaxConnections => options.MaxConnections;

    public TimeSpan StuckAfter => options.StuckAfter;

    public bool IsRemote => true;

    public IBackendConnection Open(Login? login) => backend.Open(options, login);

    public InstanceState Probe()
    {
        using var connection = backend.Connect(options, null);
        try
        {
            return _role.Of(connection, options.ConnectTimeout);
        }
        catch (Exception error) when (error is not PgException)
        {
            throw IrisErrors.Map(error, null, null);
        }
    }
}
