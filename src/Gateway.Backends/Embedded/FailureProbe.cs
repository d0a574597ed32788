using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>
/// SQLite does not say which row broke a constraint. So the statement that failed, and has been undone, runs again inside
/// a savepoint with a trigger that notes each row on its way in; the last one noted is the one. Everything is undone after.
/// </summary>
internal static class FailureProbe
{
    private const string Trigger = "__pgwire_probe";

    /// <summary>The texts of the failing row's columns, or null when it cannot be told.</summary>
    public static string[]? FailingRow(EmbeddedConnection connection, PreparedStatement statement, RelationInfo table)
    {
        if (connection.Rebuilding is not null || !connection.HasSqliteTransaction) return null;
        string[]? noted = null;
        return connection.Probe(() =>
        {
            connection.NoteRow = row => noted = row;
            connection.NotedColumns = table.Columns;
            foreach (var verb in (ReadOnlySpan<string>)["INSERT", "UPDATE"])
                connection.Run(
                    $"CREATE TEMP TRIGGER {Trigger}_{verb} BEFORE {verb} ON {StorageNames.Sql(table)} BEGIN SELECT __pgwire_note({string.Join(", ", table.Columns.Select(column => "NEW." + StorageNames.Quote(column.Name)))}); END");
            statement.Step();
            statement.Reset();
            return noted;
        });
    }

    /// <summary>Runs the statement once more with foreign keys checked last, and asks which of them is broken.</summary>
    public static PgException? BrokenForeignKey(EmbeddedConnection connection, PreparedStatement statement)
    {
        if (!connection.HasSqliteTransaction) return null;
        return connection.Probe(() =>
        {
            connection.CheckKeysLast();
            int result;
            do result = statement.Step();
            while (result == raw.SQLITE_ROW);
            statement.Reset();
            return result == raw.SQLITE_DONE ? ConstraintErrors.FindBroken(connection, statement.Sql) : null;
        });
    }
}
