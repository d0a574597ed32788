using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>SQLite says which columns or which constraint failed; PostgreSQL also names the constraint and shows the key.</summary>
internal static class ConstraintErrors
{
    public static PgException? Explain(EmbeddedConnection connection, PreparedStatement statement, string message)
    {
        message = EmbeddedNames.Original(message);
        if (After(message, "UNIQUE constraint failed: ") is { } unique) return Unique(connection, statement, unique);
        if (After(message, "NOT NULL constraint failed: ") is { } notNull) return NotNull(connection, statement, notNull);
        if (After(message, "CHECK constraint failed: ") is { } check) return Check(connection, statement, check);
        if (!message.StartsWith("FOREIGN KEY", StringComparison.Ordinal)) return null;
        // At COMMIT the rows that break a deferred key are still there to be found.
        return statement.Sql == "COMMIT" ? FindBroken(connection, "") : FailureProbe.BrokenForeignKey(connection, statement);
    }

    /// <summary>A row whose foreign key points nowhere, as the error PostgreSQL reports for it.</summary>
    public static PgException? FindMissingParent(EmbeddedConnection connection, RelationInfo child, ConstraintInfo key)
    {
        var parent = connection.Schema.Find(key.ReferencedSchema!, key.ReferencedTable!);
        if (parent is null) return null;
        var notNull = string.Join(" AND ", key.Columns.Select(column => $"c.{StorageNames.Quote(column)} IS NOT NULL"));
        var join = string.Join(" AND ", key.Columns.Zip(key.ReferencedColumns, (c, p) => $"p.{StorageNames.Quote(p)} = c.{StorageNames.Quote(c)}"));
        var columns = string.Join(", ", key.Columns.Select(column => $"c.{StorageNames.Quote(column)}"));
        var found = connection.Query(
            $"SELECT {columns} FROM {StorageNames.Sql(child)} AS c WHERE {notNull} AND NOT EXISTS (SELECT 1 FROM {StorageNames.Sql(parent)} AS p WHERE {join}) LIMIT 1",
            row => ValueText.Of(row, [.. key.Columns.Select(column => child.FindColumn(column)!)], 0));
        return found.Count == 0
            ? null
            : new PgException(SqlStates.ForeignKeyViolation,
                $"insert or update on table \"{child.Name}\" violates foreign key constraint \"{key.Name}\"")
            {
                Detail = $"Key ({string.Join(", ", key.Columns)})=({string.Join(", ", found[0])}) is not present in table \"{parent.Name}\".",
                SchemaName = child.Schema,
                TableName = child.Name,
                ConstraintName = key.Name,
            };
    }

    private static PgException? Unique(EmbeddedConnection connection, PreparedStatement statement, string what)
    {
        if (After(what, "index '") is { } index)
        {
            var storageName = index.TrimEnd('\'');
            foreach (var candidate in connection.Schema.Relations)
            {
                if (candidate.Constraints.FirstOrDefault(c => c.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && StorageNames.Of(candidate.Schema, c.Name) == storageName) is { } key)
                    return Duplicate(candidate, key.Name, Existing(connection, statement, candidate, [.. key.Columns]));
                if (candidate.Indexes.FirstOrDefault(i => StorageNames.Of(candidate.Schema, i.Name) == storageName) is { } found)
                    return Duplicate(candidate, found.Name, null);
            }

            return null;
        }

        var parts = what.Split(", ");
        var (table, _) = SplitColumn(connection, parts[0]);
        if (table is null) return null;
        var columns = parts.Select(part => part[^SplitColumn(connection, part).Column.Length..]).ToArray();
        var constraint = table.Constraints.FirstOrDefault(c =>
            c.Kind is ConstraintKind.PrimaryKey or ConstraintKind.Unique && c.Columns.SequenceEqual(columns));
        var name = constraint?.Name ?? table.Indexes.FirstOrDefault(i => i.Unique && i.Columns.SequenceEqual(columns))?.Name;
        return Duplicate(table, name ?? table.Name, Existing(connection, statement, table, columns));
    }

    private static string? Existing(EmbeddedConnection connection, PreparedStatement statement, RelationInfo table, string[] columns)
    {
        if (FailureProbe.FailingRow(connection, statement, table) is not { } row) return null;
        var values = columns.Select(column => row[table.Columns.IndexOf(table.FindColumn(column)!)]);
        return $"Key ({string.Join(", ", columns)})=({string.Join(", ", values)}) already exists.";
    }

    private static PgException Duplicate(RelationInfo table, string name, string? detail) =>
        new(SqlStates.UniqueViolation, $"duplicate key value violates unique constraint \"{name}\"")
        {
            Detail = detail,
            SchemaName = table.Schema,
            TableName = table.Name,
            ConstraintName = name,
        };

    private static PgException? NotNull(EmbeddedConnection connection, PreparedStatement statement, string what)
    {
        var (table, column) = SplitColumn(connection, what);
        return table is null ? null : new PgException(SqlStates.NotNullViolation,
            $"null value in column \"{column}\" of relation \"{table.Name}\" violates not-null constraint")
        {
            Detail = FailingRow(connection, statement, table),
            SchemaName = table.Schema,
            TableName = table.Name,
            ColumnName = column,
        };
    }

    private static PgException? Check(EmbeddedConnection connection, PreparedStatement statement, string name)
    {
        // Only the constraint is named, and two tables may have one of that name: the statement tells which is meant.
        var candidates = connection.Schema.Relations
            .Where(relation => relation.Constraints.Any(c => c.Kind == ConstraintKind.Check && c.Name == name))
            .ToList();
        var table = connection.Rebuilding
            ?? candidates.Find(relation => statement.Sql.Contains(StorageNames.Quote(StorageNames.Of(relation)), StringComparison.Ordinal))
            ?? (candidates is [var only] ? only : null);
        return table is null ? null : new PgException(SqlStates.CheckViolation,
            $"new row for relation \"{table.Name}\" violates check constraint \"{name}\"")
        {
            Detail = FailingRow(connection, statement, table),
            SchemaName = table.Schema,
            TableName = table.Name,
            ConstraintName = name,
        };
    }

    private static string? FailingRow(EmbeddedConnection connection, PreparedStatement statement, RelationInfo table) =>
        FailureProbe.FailingRow(connection, statement, table) is { } row ? $"Failing row contains ({string.Join(", ", row)})." : null;

    /// <summary>The first foreign key with rows that point nowhere.</summary>
    /// <param name="sql">The statement that broke it: one that changes the referenced table only is worded from there.</param>
    /// <param name="concerns">Which keys to look at; null for all.</param>
    public static PgException? FindBroken(EmbeddedConnection connection, string sql, Func<ConstraintInfo, bool>? concerns = null)
    {
        var verb = SqliteErrors.CommandOf(sql);
        bool Changes(RelationInfo relation)
        {
            // The first name after the verb is the table that is changed.
            var at = verb.Length == 0 ? -1 : sql.IndexOf(verb, StringComparison.Ordinal);
            return at >= 0 && sql.AsSpan(at).IndexOf(StorageNames.Quote(StorageNames.Of(relation))) is >= 0 and var name
                && sql.AsSpan(at).IndexOf('"') == name;
        }

        foreach (var child in connection.Schema.Relations)
            foreach (var key in child.Constraints)
            {
                if (key.Kind != ConstraintKind.ForeignKey || concerns?.Invoke(key) == false || FindMissingParent(connection, child, key) is not { } missing) continue;
                var parent = connection.Schema.Find(key.ReferencedSchema!, key.ReferencedTable!)!;
                if (!Changes(parent) || (verb is not "DELETE" && Changes(child))) return missing;
                var values = missing.Detail!.Split(")=(")[1].Split(") is not present")[0];
                return new PgException(SqlStates.ForeignKeyViolation,
                    $"update or delete on table \"{parent.Name}\" violates foreign key constraint \"{key.Name}\" on table \"{child.Name}\"")
                {
                    Detail = $"Key ({string.Join(", ", key.ReferencedColumns)})=({values}) is still referenced from table \"{child.Name}\".",
                    SchemaName = child.Schema,
                    TableName = child.Name,
                    ConstraintName = key.Name,
                };
            }

        return null;
    }

    // table.column, and both may hold dots.
    private static (RelationInfo? Table, string Column) SplitColumn(EmbeddedConnection connection, string text)
    {
        for (var dot = text.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = text.IndexOf('.', dot + 1))
            if (connection.FindByStorageName(text[..dot]) is { } table && table.FindColumn(text[(dot + 1)..]) is not null)
                return (table, text[(dot + 1)..]);
        return (null, text);
    }

    private static string? After(string message, string prefix) =>
        message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : null;
}
