using Gateway.Backends.Embedded;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Remote;

/// <summary>
/// The function <c>pg_raise(sqlstate, message [, detail, schema, table, column, constraint])</c>: it fails with that error.
/// With a NULL message it is NULL, so that a check is <c>pg_raise('23514', CASE WHEN NOT (…) THEN '…' END)</c>.
/// </summary>
internal static class Raise
{
    public static void Register(EmbeddedConnection engine) =>
        raw.sqlite3_create_function(engine.Handle, "pg_raise", -1, engine, static (context, userData, arguments) =>
        {
            string? Argument(int i) => i < arguments.Length && raw.sqlite3_value_type(arguments[i]) != raw.SQLITE_NULL
                ? raw.sqlite3_value_text(arguments[i]).utf8_to_string()
                : null;

            if (Argument(1) is not { } message)
            {
                raw.sqlite3_result_null(context);
                return;
            }

            ((EmbeddedConnection)userData).Errors.Set(new PgException(Argument(0) ?? SqlStates.InternalError, message)
            {
                Detail = Argument(2),
                SchemaName = Argument(3),
                TableName = Argument(4),
                ColumnName = Argument(5),
                ConstraintName = Argument(6),
            });
            raw.sqlite3_result_error(context, "raised"u8);
        });
}
