using Gateway.Backends;

namespace Gateway.Actors.Pools;

/// <summary>Why a connection was closed.</summary>
public enum CloseReason
{
    /// <summary>It broke while a session had it, or could not be made as new.</summary>
    Broken,

    /// <summary>It was asked before it was lent, and did not answer.</summary>
    Dead,

    /// <summary>Nobody needed it.</summary>
    Idle,

    /// <summary>It had been open for long enough.</summary>
    Lifetime,

    /// <summary>Another pool needed the place, of which the instance has no more.</summary>
    Room,

    /// <summary>Its instance does not answer.</summary>
    InstanceOut,

    /// <summary>The pool itself goes.</summary>
    PoolClosed,
}

/// <summary>A connection that nobody has, at one moment, and whether it is to be closed.</summary>
public readonly record struct IdleConnection(TimeSpan IdleFor, TimeSpan LifeLeft)
{
    /// <param name="open">Connections of its pool.</param>
    public CloseReason? Verdict(PoolOptions options, int open)
    {
        if (LifeLeft <= TimeSpan.Zero) return CloseReason.Lifetime;
        var isLong = options.IdleTimeout > TimeSpan.Zero && IdleFor >= options.IdleTimeout;
        return isLong && open > options.MinIdle ? CloseReason.Idle : null;
    }

    /// <summary>How long a connection is to live: a tenth more or less, so that those opened together do not end together.</summary>
    /// <param name="dice">From 0 to 1.</param>
    public static TimeSpan Lifetime(PoolOptions options, double dice) =>
        options.Lifetime > TimeSpan.Zero ? options.Lifetime * (0.9 + (0.2 * dice)) : TimeSpan.MaxValue;
}
