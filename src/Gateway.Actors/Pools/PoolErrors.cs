using System.Globalization;
using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Pools;

/// <summary>What those are told who get no connection.</summary>
internal static class PoolErrors
{
    /// <summary>53300: names the pool, the limit that was in the way, and its setting.</summary>
    public static PgException Waited(string pool, PoolOptions options, PoolView view, InstanceView instance)
    {
        var limit = view switch
        {
            _ when view.Idle + view.Busy >= view.Max => $"all of its {view.Max} connections are in use (pool.size = {view.Max})",
            _ when instance.IsFull => $"its instance has all of its {instance.Max} connections (max-connections = {instance.Max})",
            _ => "connections were being opened and none was ready",
        };
        return new PgException(
            SqlStates.TooManyConnections,
            $"no connection of pool \"{pool}\" became free within {Seconds(options.QueueTimeout)} s (pool.queue-timeout): {limit}")
        {
            Detail = $"{view.Waiting} more are waiting.",
        };
    }

    public static PgException Closing() => new(SqlStates.AdminShutdown, "the pool is closing", Reach.Connection);

    public static PgException Late(string instance, TimeSpan timeout) => new(
        SqlStates.UnableToConnect, $"could not connect to \"{instance}\" within {Seconds(timeout)} s (pool.connect-timeout)");

    /// <summary>An open's failure as its waiter sees it.</summary>
    public static PgException Unopened(Exception error) => error as PgException
        ?? new PgException(SqlStates.ConnectionFailure, $"could not connect to the backend: {error.Message}", error);

    /// <summary>The instance was not reached, so nothing can have begun there.</summary>
    public static bool IsUnreachable(PgException error) =>
        error.SqlState is SqlStates.ConnectionFailure or SqlStates.UnableToConnect or SqlStates.CannotConnectNow;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
