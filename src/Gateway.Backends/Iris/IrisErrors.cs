using System.Data.Common;
using System.Net.Sockets;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>IRIS' errors as PostgreSQL would report them: its SQLSTATE, its words where they are known, IRIS' own in the detail.</summary>
internal static class IrisErrors
{
    /// <param name="sql">The statement, which names its table; null where there is none.</param>
    public static PgException Map(Exception error, string? sql, SchemaSnapshot? schema)
    {
        if (error is PgException known) return known;
        var failure = IrisFailure.Of(error);
        if (failure.Code == 0) return WithoutCode(error);
        var (state, meaning) = SqlCodes.Find(failure.Code) ?? (SqlStates.InternalError, "error");
        meaning = failure.Meaning ?? meaning;
        return InPostgresWords(failure, sql is null || schema is null ? null : new FailedStatement(sql, schema, failure), state, meaning, error);
    }

    /// <summary>A connection could not be made: whatever says that the server was lost says that it was not reached.</summary>
    public static PgException AtConnect(Exception error, string instance)
    {
        var known = Map(error, null, null);
        return known.SqlState is SqlStates.ConnectionFailure or SqlStates.UnableToConnect && error is not PgException
            ? new PgException(SqlStates.UnableToConnect, $"could not connect to IRIS instance \"{instance}\"", error) { Detail = known.Detail }
            : known.SqlState == SqlStates.QueryCanceled && error is TimeoutException
                ? new PgException(SqlStates.UnableToConnect, $"IRIS instance \"{instance}\" did not answer in time", error)
                : known;
    }

    /// <summary>The connection cannot be used after it.</summary>
    public static bool IsFatal(PgException error) => error.SqlState.StartsWith("08", StringComparison.Ordinal);

    public static PgException Canceled() => new(SqlStates.QueryCanceled, "canceling statement due to user request");

    private static PgException WithoutCode(Exception error)
    {
        if (SaysAccessDenied(error.Message)) return Refused(error.Message, error);
        var isLink = IrisDriver.State(error) is { } state && state.StartsWith("08", StringComparison.Ordinal);
        for (var inner = error; inner is not null && !isLink; inner = inner.InnerException)
            isLink = inner is SocketException or IOException or ObjectDisposedException;
        if (isLink)
            return new PgException(SqlStates.ConnectionFailure, "the connection to the IRIS server was lost", error) { Detail = error.Message };
        return error is TimeoutException
            ? Canceled()
            : new PgException(SqlStates.InternalError, $"the IRIS driver failed: {error.Message}", error);
    }

    private static PgException InPostgresWords(IrisFailure failure, FailedStatement? statement, string state, string meaning, Exception cause)
    {
        PgException Error(string sqlState, string message, RelationInfo? table = null, string? column = null, string? constraint = null) =>
            new(sqlState, message, cause)
            {
                Detail = Origin(failure, meaning),
                SchemaName = table?.Schema,
                TableName = table?.Name,
                ColumnName = column,
                ConstraintName = constraint,
            };

        var table = statement?.Table;
        switch (failure.Code)
        {
            case -119 or -120:
                return statement?.UniqueKey is { } key
                    ? Error(state, $"duplicate key value violates unique constraint \"{key}\"", table, constraint: key)
                    : Error(state, "duplicate key value violates unique constraint" + OfTable(table), table);
            case -108 when table is not null && statement!.Column is { } column:
                return Error(state,
                    $"null value in column \"{column.Name}\" of relation \"{table.Name}\" violates not-null constraint", table, column.Name);
            case -108:
                return Error(state, "null value violates not-null constraint" + OfTable(table), table);
            case -121 or -122 when table is not null && statement!.ForeignKey is { } reference:
                return Error(state,
                    $"insert or update on table \"{table.Name}\" violates foreign key constraint \"{reference.Key.Name}\"", table, constraint: reference.Key.Name);
            case -121 or -122:
                return Error(state, "insert or update violates foreign key constraint" + OfTable(table), table);
            case -123 or -124 when table is not null && statement!.ReferencingKey is { } reference:
                return Error(state,
                    $"update or delete on table \"{table.Name}\" violates foreign key constraint \"{reference.Key.Name}\" on table \"{reference.Child.Name}\"",
                    reference.Child, constraint: reference.Key.Name);
            case -123 or -124:
                return Error(state, "update or delete violates foreign key constraint" + OfTable(table), table);
            case -125 when statement?.MadeKey is { } made:
                return Error(state, $"could not create unique index \"{made}\"", table, constraint: made);
            case -127 when table is not null && statement!.MadeKey is { } made:
                return Error(state, $"insert or update on table \"{table.Name}\" violates foreign key constraint \"{made}\"", table, constraint: made);
            case -104 or -105:
                return Validation(failure, statement, Error);
            case -110 or -114:
                return Error(state, "canceling statement due to lock timeout");
            case -450:
                return Error(state, "canceling statement due to statement timeout");
            case -456:
                return Error(state, Canceled().Message);
            case -99 when table is not null:
                return Error(state, $"permission denied for table {table.Name}", table);
            case -400 or -149 when failure.Detail?.Contains("<DIVIDE>", StringComparison.Ordinal) == true:
                return Error(SqlStates.DivisionByZero, "division by zero");
            case -461 or -401:
                return Error(state, "the connection to the IRIS server was lost");
            case -402:
                return Error(state, "the IRIS server refused the user name or the password");
            case -417 when SaysAccessDenied(failure.Text):
                return Refused(Origin(failure, meaning), cause);
            default:
                return Error(state, failure.Detail is { } detail ? $"{meaning}: {detail}" : meaning);
        }
    }

    private static bool SaysAccessDenied(string text) => text.Contains("Access Denied", StringComparison.OrdinalIgnoreCase);

    private static PgException Refused(string detail, Exception cause) =>
        new(SqlStates.InvalidPassword, "the IRIS server refused the user name or the password", cause) { Detail = detail };

    private delegate PgException Maker(string sqlState, string message, RelationInfo? table = null, string? column = null, string? constraint = null);

    /// <summary>-104 and -105 say only that a value was refused; why is in the text.</summary>
    private static PgException Validation(IrisFailure failure, FailedStatement? statement, Maker error)
    {
        var text = failure.Detail ?? failure.Text;
        var (table, column) = (statement?.Table, statement?.Column);
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }

        if (Says("MAXLEN", "longer than", "too long", "length exceeds", "Length is"))
        {
            var type = column switch
            {
                { Type: { Oid: Oids.BpChar, Typmod: > 4 and var typmod } } => $"character({typmod - 4})",
                { Type: { Oid: Oids.VarChar, Typmod: >= 4 and var typmod } } => $"character varying({typmod - 4})",
                { Type.Oid: var oid } => PgTypes.Find(oid)?.Name,
                _ => null,
            };
            return error(SqlStates.StringDataRightTruncation, type is null ? "value too long" : $"value too long for type {type}", table, column?.Name);
        }

        if (column?.Type.Oid is Oids.Date or Oids.Time or Oids.Timestamp or Oids.TimestampTz)
            return Says("MINVAL", "MAXVAL", "range", "less than", "greater than")
                ? error(SqlStates.DatetimeFieldOverflow, "date/time field value out of range" + OfColumn(column), table, column.Name)
                : error(SqlStates.InvalidDatetimeFormat, "invalid input syntax for date/time" + OfColumn(column), table, column.Name);
        if (Says("MINVAL", "MAXVAL", "out of range", "greater than", "less than"))
            return error(SqlStates.NumericValueOutOfRange, "value out of range" + OfColumn(column), table, column?.Name);
        return error(SqlStates.InvalidTextRepresentation, "invalid input value" + OfColumn(column), table, column?.Name);
    }

    private static string OfTable(RelationInfo? table) => table is null ? "" : $" of relation \"{table.Name}\"";

    private static string OfColumn(ColumnInfo? column) => column is null ? "" : $" for column \"{column.Name}\"";

    private static string Origin(IrisFailure failure, string meaning) =>
        $"IRIS reported SQLCODE {failure.Code}: {meaning}." + (failure.Detail is { } detail ? $" {detail}" : "");
}
