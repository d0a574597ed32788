using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>A server that says nothing any more.</remarks>
public sealed partial class IrisConnection
{
    // Since when the last call waits, if one does.
    private long _waitsSince;
    private volatile bool _severed;

    public long? WaitingSince
    {
        get
        {
            lock (_cancelLock)
                return _executing is not null || _executingBatch is not null || _stepping ? Volatile.Read(ref _waitsSince) : null;
        }
    }

    /// <summary>Closes the connection under what waits for it.</summary>
    public void Sever()
    {
        if (WaitingSince is null) return;
        _severed = true;
        _connection.Close();
    }

    /// <summary>Before every call that waits for the server.</summary>
    private void WaitsFrom() => Volatile.Write(ref _waitsSince, Environment.TickCount64);

    /// <summary>What a driver says whose connection was closed under it is not what the client is to hear.</summary>
    private PgException Told(PgException failure) => _severed && failure.SqlState != SqlStates.QueryCanceled ? Lost(failure) : failure;

    private static PgException Lost(Exception? cause)
    {
        const string message = "the connection to the IRIS server was lost";
        return cause is null ? new PgException(SqlStates.ConnectionFailure, message) : new PgException(SqlStates.ConnectionFailure, message, cause);
    }
}
