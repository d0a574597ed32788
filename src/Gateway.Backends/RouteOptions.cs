namespace Gateway.Backends;

/// <summary>When a session gives its connection back.</summary>
public enum PoolMode
{
    /// <summary>With each statement; transaction blocks are refused.</summary>
    Statement,

    /// <summary>With each transaction.</summary>
    Transaction,

    /// <summary>When it ends.</summary>
    Session,
}

/// <summary>The limits of a pool: connections to one instance with one login.</summary>
public sealed record PoolOptions
{
    public PoolMode Mode { get; init; } = PoolMode.Transaction;

    /// <summary>Connections at most.</summary>
    public int Size { get; init; } = 16;

    /// <summary>So many stay open though nobody uses them, and are opened before anybody asks. Not for passed-through logins.</summary>
    public int MinIdle { get; init; }

    /// <summary>How long a statement waits for a connection; zero for as long as it takes.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection older than this, give or take a tenth, is replaced when it comes back; zero for never.</summary>
    public TimeSpan Lifetime { get; init; }

    /// <summary>A connection idle for longer is closed, down to <see cref="MinIdle"/>; zero for never.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>A connection over a network that was idle for longer is asked whether it lives before it is lent; zero for never.</summary>
    public TimeSpan CheckAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An open, or a check, that takes longer has failed with 08001; zero to leave that to the driver.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>How sessions use a database.</summary>
public sealed record RouteOptions
{
    public static RouteOptions Default { get; } = new();

    public PoolOptions Pool { get; init; } = new();

    public SettingDefaults Settings { get; init; } = SettingDefaults.None;

    /// <summary>Reads may go to replicas.</summary>
    public bool SplitReads { get; init; }

    /// <summary>A session that has written reads from the primary for so long.</summary>
    public TimeSpan PrimaryAfterWrite { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a statement that has not started is tried on one instance after the other.</summary>
    public TimeSpan FailoverWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sessions log in at the instances as themselves, not with the service account.</summary>
    public bool PassLogin { get; init; }

    /// <summary>The pools of a passed-through login go when nobody has used them for so long.</summary>
    public TimeSpan ForgetLoginAfter { get; init; } = TimeSpan.FromMinutes(5);
}
