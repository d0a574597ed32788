using Gateway.Backends;

namespace Gateway.Actors.Pools;

/// <summary>A connection of a pool, with what the pool remembers of it.</summary>
public sealed class PooledConnection(IBackendConnection connection, long retireAt)
{
    public IBackendConnection Connection { get; } = connection;

    /// <summary>When it is too old to be lent again; this and the next in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    internal long RetireAt { get; } = retireAt;

    /// <summary>Its call was ended from outside; once is enough.</summary>
    internal bool IsSevered { get; set; }

    /// <summary>Since when nobody has it.</summary>
    internal long IdleSince { get; set; }
}
