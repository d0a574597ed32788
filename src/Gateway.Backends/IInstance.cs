namespace Gateway.Backends;

/// <summary>What an instance is for, as the operator says.</summary>
public enum InstanceRole
{
    /// <summary>Reads and writes.</summary>
    Primary,

    /// <summary>Reads of routes that split them, and everything when it has become the primary.</summary>
    Replica,

    /// <summary>Only what asks for it (<c>gateway.target = 'reporting'</c>).</summary>
    Reporting,
}

/// <summary>What a probe has found.</summary>
public enum InstanceState
{
    /// <summary>It takes writes.</summary>
    Writable,

    /// <summary>It answers, but is a mirror's backup, a standby, a read-only member.</summary>
    ReadOnly,
}

/// <summary>A client's own login, where a route passes it through.</summary>
public sealed record Login(string User, string Password)
{
    public override string ToString() => User;   // never the password, wherever it may be printed
}

/// <summary>One server on which a database can be reached, or the engine in this process. Thread-safe.</summary>
public interface IInstance
{
    /// <summary>What operators call it. Databases on the same server share the name, and with it what is known of its health.</summary>
    string Name { get; }

    InstanceRole Role => InstanceRole.Primary;

    /// <summary>Its share among instances of the same role, from 1.</summary>
    int Weight => 1;

    /// <summary>Connections at most from this node, over all databases and logins (a licence counts them); 0 for no limit.</summary>
    int MaxConnections => 0;

    /// <summary>While it does not answer probes: calls that have waited for so long are ended; zero for never.</summary>
    TimeSpan StuckAfter => TimeSpan.Zero;

    /// <summary>It can be away, and its calls hold their thread for as long as the network takes.</summary>
    bool IsRemote { get; }

    /// <summary>Opens a connection. Blocks.</summary>
    /// <param name="login">The client's own, or null for the route's service account.</param>
    /// <exception cref="Gateway.Types.PgException">08001 or 08006 when it cannot be reached, 28P01 or 28000 when it refuses the login.</exception>
    IBackendConnection Open(Login? login);

    /// <summary>Asks whether it is alive and which part it plays. Blocks, for its connect timeout at most.</summary>
    /// <exception cref="Gateway.Types.PgException">It is not well.</exception>
    InstanceState Probe()
    {
        using var connection = Open(null);
        return InstanceState.Writable;
    }
}

public static class FirstInstance
{
    /// <summary>A connection to the first instance, with the service account. Blocks.</summary>
    public static IBackendConnection Open(this IBackend backend) => backend.Instances[0].Open(null);
}
