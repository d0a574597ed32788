using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>A place in a pool's queue.</summary>
public sealed class LeaseRequest
{
    private readonly TaskCompletionSource<IBackendConnection> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IBackendConnection> Granted => _granted.Task;

    public bool IsGivenUp => _granted.Task.IsCompleted;

    /// <summary>False when it was given up in the meantime; the connection then stays with the caller.</summary>
    internal bool TryGrant(IBackendConnection connection) => _granted.TrySetResult(connection);

    internal void Refuse(Exception error) => _granted.TrySetException(error);

    /// <summary>The session no longer wants it (cancel, timeout, client gone).</summary>
    public void GiveUp(PgException why) => _granted.TrySetException(why);
}
