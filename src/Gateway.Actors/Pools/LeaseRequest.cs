using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>A place in a pool's queue.</summary>
public sealed class LeaseRequest
{
    private readonly TaskCompletionSource<PooledConnection> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pool _pool;

    internal LeaseRequest(Pool pool, long since)
    {
        _pool = pool;
        Since = since;
        Place = new LinkedListNode<LeaseRequest>(this);
    }

    public Task<PooledConnection> Granted => _granted.Task;

    /// <summary>In milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    internal long Since { get; }

    internal LinkedListNode<LeaseRequest> Place { get; }

    /// <summary>The session no longer wants it (cancel, timeout, client gone).</summary>
    public void GiveUp(PgException why)
    {
        _pool.Leave(this);
        _granted.TrySetException(why);
    }

    /// <summary>False when it was given up in the meantime; the connection then stays with the caller.</summary>
    internal bool TryGrant(PooledConnection connection) => _granted.TrySetResult(connection);

    internal void Refuse(PgException error) => _granted.TrySetException(error);
}
