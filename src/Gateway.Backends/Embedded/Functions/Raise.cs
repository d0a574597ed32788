using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// The function <c>pg_raise(sqlstate, message, detail, schema, table, column, constraint)</c>: it fails with that error.
/// With a NULL message it is NULL. Plans use it; clients cannot call it.
/// </summary>
internal static class Raise
{
    public static void AddTo(FunctionTable f) => f.Loose("raise", 7, static c =>
    {
        if (c.IsNull(1)) return;
        string? Argument(int i) => c.IsNull(i) ? null : c.Text(i);
        throw new PgException(Argument(0) ?? SqlStates.InternalError, c.Text(1))
        {
            Detail = Argument(2),
            SchemaName = Argument(3),
            TableName = Argument(4),
            ColumnName = Argument(5),
            ConstraintName = Argument(6),
        };
    }, immutable: false);
}
