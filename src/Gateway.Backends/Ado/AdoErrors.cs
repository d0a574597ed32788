using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>What clients are told of a provider's exception.</summary>
internal static class AdoErrors
{
    public static PgException Canceled() => new(SqlStates.QueryCanceled, "canceling statement due to user request");

    public static PgException Gone(string instance) =>
        new(SqlStates.ConnectionFailure, $"the connection to {instance} is lost");

    /// <summary>An open connection failed: the server's own words, or 08006.</summary>
    /// <param name="closed">The provider has closed it.</param>
    public static PgException Map(ProviderAdapter adapter, Exception error, string instance, bool closed)
    {
        if (error is PgException known) return known;
        if (adapter.ServerError(error) is not { } told)
        {
            return closed || IsLoss(error)
                ? new PgException(SqlStates.ConnectionFailure, $"the connection to {instance} is lost: {error.GetBaseException().Message}", error)
                : new PgException(SqlStates.InternalError, $"{instance}: {error.Message}", error);
        }

        // It ends the connection to the server, not the client's.
        return EndsConnection(told) || (closed && told.SqlState == SqlStates.ProtocolViolation && !IsOtherColumns(told))
            ? new PgException(SqlStates.ConnectionFailure, $"the connection to {instance} is lost: {told.Message}", error) { Detail = told.Detail }
            : told;
    }

    /// <summary>No connection came about.</summary>
    public static PgException MapOpen(ProviderAdapter adapter, Exception error, string instance)
    {
        if (error is PgException known) return known;
        if (adapter.ServerError(error) is { } told) return told;
        var why = error is TimeoutException or OperationCanceledException ? "it did not answer in time" : error.GetBaseException().Message;
        return new PgException(SqlStates.UnableToConnect, $"could not connect to {instance}: {why}", error);
    }

    /// <summary>A prepared statement has got other columns than it had: something with a star, changed past the gateway.</summary>
    /// <remarks>Npgsql gives its connection up for that, though the server is well.</remarks>
    public static bool IsOtherColumns(PgException told) =>
        told.SqlState == SqlStates.ProtocolViolation && told.Message.StartsWith("bind message has", StringComparison.Ordinal);

    /// <summary>The connection behind it cannot be used again.</summary>
    public static bool IsFatal(PgException error) => error.SqlState is SqlStates.ConnectionFailure or SqlStates.TransactionResolutionUnknown;

    // admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout, idle_in_transaction_session_timeout, database_dropped.
    private static bool EndsConnection(PgException error) =>
        error.SqlState is SqlStates.AdminShutdown or "57P02" or SqlStates.CannotConnectNow or "57P05" or "25P03" or "57P04"
        || (error.SqlState.StartsWith("08", StringComparison.Ordinal) && error.SqlState != SqlStates.ProtocolViolation);

    private static bool IsLoss(Exception error)
    {
        for (Exception? at = error; at is not null; at = at.InnerException)
            if (at is System.Data.Common.DbException or IOException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException
                or OperationCanceledException) return true;
        return false;
    }
}
