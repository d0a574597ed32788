using System.Data.Common;

namespace Gateway.Backends;

/// <summary>An instance behind a provider of System.Data.Common, as the operator describes it.</summary>
public sealed record InstanceOptions
{
    public required string Name { get; init; }

    public InstanceRole Role { get; init; }

    public int Weight { get; init; } = 1;

    /// <summary>Connections at most from this node, over all databases and logins; 0 for no limit.</summary>
    public int MaxConnections { get; init; }

    /// <summary>For the provider, complete: with the namespace or database, and the service account.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long a connection may take to be made, and a probe to be answered.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls that have waited for so long are ended when probes are not answered either; zero for never.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A query of one value that says which part the server plays; null to take whoever answers for writable.</summary>
    public string? RoleQuery { get; init; }

    /// <summary>The same with a client's own login.</summary>
    public string ConnectionStringFor(Login? login)
    {
        if (login is null) return ConnectionString;
        var builder = new DbConnectionStringBuilder { ConnectionString = ConnectionString };
        foreach (var key in (ReadOnlySpan<string>)["User ID", "UserID", "UID", "User", "Username", "User Name", "Password", "PWD"]) builder.Remove(key);
        builder["User ID"] = login.User;
        builder["Password"] = login.Password;
        return builder.ConnectionString;
    }

    public override string ToString() => Name;   // a connection string holds a password
}
