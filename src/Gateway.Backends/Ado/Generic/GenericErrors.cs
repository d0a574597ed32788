using System.Data.Common;
using System.Globalization;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>What clients are told of a provider's exception: SQLSTATEs that programs look for, the server's own words.</summary>
internal static class GenericErrors
{
    /// <summary>SQLite's extended result codes (sqlite.org/rescode.html) and MySQL's error numbers.</summary>
    private static readonly Dictionary<int, string> Sqlite = new()
    {
        [1555] = SqlStates.UniqueViolation, [2067] = SqlStates.UniqueViolation, [2579] = SqlStates.UniqueViolation,
        [1299] = SqlStates.NotNullViolation, [787] = "23503", [275] = "23514", [19] = "23000",
        [5] = "55P03", [6] = "55P03", [261] = "55P03", [517] = "40001", [8] = "25006", [9] = SqlStates.QueryCanceled, [13] = "53100",
    };

    private static readonly Dictionary<int, string> MySql = new()
    {
        [1062] = SqlStates.UniqueViolation, [1586] = SqlStates.UniqueViolation, [1048] = SqlStates.NotNullViolation, [1364] = SqlStates.NotNullViolation,
        [1451] = "23503", [1452] = "23503", [1216] = "23503", [1217] = "23503", [3819] = "23514", [4025] = "23514",
        [1213] = "40P01", [1205] = "55P03", [1317] = SqlStates.QueryCanceled, [1406] = "22001", [1264] = "22003",
    };

    public static PgException Map(Exception error, string instance, bool closed)
    {
        if (error is PgException known) return known;
        if (closed) return new PgException(SqlStates.ConnectionFailure, $"the connection to {instance} is lost: {error.GetBaseException().Message}", error);
        if (error is not DbException failure) return new PgException(SqlStates.InternalError, $"{instance}: {error.Message}", error);
        var state = Number(failure, "SqliteExtendedErrorCode") is { } extended ? Sqlite.GetValueOrDefault(extended) ?? Sqlite.GetValueOrDefault(extended & 0xFF)
            : Number(failure, "Number") is { } number && failure.GetType().Name == "MySqlException" ? MySql.GetValueOrDefault(number)
            : null;
        state ??= failure.SqlState is { Length: 5 } own && own != "HY000" ? own : SqlStates.InternalError;
        return new PgException(state, failure.Message, error);
    }

    private static int? Number(DbException error, string property) =>
        error.GetType().GetProperty(property)?.GetValue(error) is { } value ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;
}
