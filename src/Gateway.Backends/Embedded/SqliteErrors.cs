using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>SQLite's result codes and messages in PostgreSQL's words.</summary>
internal static class SqliteErrors
{
    /// <summary>The error of a step. Resets the statement, which undoes what it did.</summary>
    public static PgException Fail(EmbeddedConnection connection, PreparedStatement statement, int code)
    {
        var message = raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
        statement.Reset();
        if (connection.Errors.Take() is { } error && (code & 0xff) == raw.SQLITE_ERROR) return error;

        if ((code & 0xff) == raw.SQLITE_CONSTRAINT && ConstraintErrors.Explain(connection, statement, message) is { } violation)
            return violation;
        return Map(code, message);
    }

    /// <summary>The error of a preparation.</summary>
    public static PgException Map(EmbeddedConnection connection, int code)
    {
        var message = raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
        return connection.Errors.Take() ?? Map(code, message);
    }

    /// <summary>The first word of a statement of the dialect: INSERT, UPDATE, DELETE…</summary>
    public static string CommandOf(string sql)
    {
        // The dialect writes WITH before the verb; the verb is what PostgreSQL names.
        foreach (var verb in (ReadOnlySpan<string>)["INSERT", "UPDATE", "DELETE", "REPLACE"])
            if (sql.StartsWith(verb, StringComparison.OrdinalIgnoreCase)) return verb;
        if (sql.StartsWith("WITH", StringComparison.OrdinalIgnoreCase))
            foreach (var verb in (ReadOnlySpan<string>)["INSERT INTO", "UPDATE ", "DELETE FROM"])
                if (sql.Contains(verb, StringComparison.Ordinal)) return verb.Split(' ')[0];
        var space = sql.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? sql : sql[..space];
    }

    private static PgException Map(int code, string message) => (code & 0xff) switch
    {
        raw.SQLITE_INTERRUPT => EmbeddedConnection.Canceled(),
        raw.SQLITE_BUSY when code == raw.SQLITE_BUSY_SNAPSHOT =>
            new PgException(SqlStates.SerializationFailure, "could not serialize access due to concurrent update"),
        raw.SQLITE_BUSY => new PgException(SqlStates.LockNotAvailable, "canceling statement due to lock timeout")
        {
            Detail = "Another process holds a lock on the database file.",
        },
        raw.SQLITE_LOCKED => new PgException(SqlStates.ObjectInUse,
            "cannot change the table because it is being used by active queries in this session"),
        raw.SQLITE_FULL => new PgException("53100", "could not extend the database file: no space left on device"),
        raw.SQLITE_NOMEM => new PgException("53200", "out of memory"),
        raw.SQLITE_TOOBIG => new PgException(SqlStates.ProgramLimitExceeded, "value or statement is too big for the database"),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => new PgException(SqlStates.IoError, $"could not access the database file: {message}"),
        raw.SQLITE_READONLY => new PgException(SqlStates.ReadOnlySqlTransaction, "the database file is read-only"),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new PgException("XX001", $"the database file is damaged: {message}"),
        raw.SQLITE_CONSTRAINT => new PgException("23000", message),
        raw.SQLITE_ERROR => MapMessage(message),
        _ => new PgException(SqlStates.InternalError, $"{message} (SQLite result {code})"),
    };

    private static readonly (string Sqlite, string State, string Message)[] Words =
    [
        ("argument of ntile must be", "22014", "argument of ntile must be greater than zero"),
        ("second argument to nth_value must be", "22016", "argument of nth_value must be greater than zero"),
        ("frame starting offset must be", "22013", "frame starting offset must not be negative"),
        ("frame ending offset must be", "22013", "frame ending offset must not be negative"),
    ];

    // The analyzer finds these first; what gets here means that it and the file disagree.
    private static PgException MapMessage(string message)
    {
        if (After(message, "no such table: ") is { } table)
            return new PgException(SqlStates.UndefinedTable, $"relation \"{Unqualified(table)}\" does not exist");
        if (After(message, "no such column: ") is { } column)
            return new PgException(SqlStates.UndefinedColumn, $"column \"{column}\" does not exist");
        if (After(message, "no such function: ") is { } function)
            return PgException.Unsupported($"function {function} is not implemented by the embedded engine");
        if (message.StartsWith("ON CONFLICT clause does not match", StringComparison.Ordinal))
            return new PgException("42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification");
        if (Words.FirstOrDefault(words => message.StartsWith(words.Sqlite, StringComparison.Ordinal)) is { State: not null } known)
            return new PgException(known.State, known.Message);
        if (message == "integer overflow")
            return new PgException(SqlStates.NumericValueOutOfRange, "bigint out of range");
        if (message.StartsWith("too many", StringComparison.Ordinal))
            return new PgException(SqlStates.ProgramLimitExceeded, message);
        if (message.StartsWith("Expression tree is too large", StringComparison.Ordinal) || message.Contains("stack overflow", StringComparison.Ordinal) || message == "Recursion limit")
            return new PgException(SqlStates.StatementTooComplex, "stack depth limit exceeded");
        return new PgException(SqlStates.InternalError, message);
    }

    private static string? After(string message, string prefix) =>
        message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : null;

    private static string Unqualified(string name) =>
        name.StartsWith("main.", StringComparison.Ordinal) || name.StartsWith("temp.", StringComparison.Ordinal) ? name[5..] : name;
}
