using System.Text;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Writes a table's metadata as SQLite's DDL.</summary>
/// <remarks>
/// Columns are BLOB, which has no affinity. A primary key on one integer column is the table's own b-tree (WITHOUT ROWID:
/// an INTEGER PRIMARY KEY would be faster still, but it ignores its DEFAULT and takes NULL for "the next number");
/// every other key is a unique index with the constraint's name, which can be added and dropped without touching the table.
/// </remarks>
internal static class TableSql
{
    public static string Create(RelationInfo table, string name, DdlExpressions expressions)
    {
        if (table.Columns.IsEmpty) throw PgException.Unsupported("a table without columns is not supported by the embedded engine");
        var sql = new StringBuilder("CREATE TABLE ").Append(name).Append(" (");
        var clustered = EmbeddedNames.ClusteredColumn(table);
        var first = true;
        foreach (var column in table.Columns)
        {
            if (!first) sql.Append(", ");
            first = false;
            sql.Append(StorageNames.Quote(column.Name));
            sql.Append(" BLOB");
            if (column.Name == clustered) sql.Append(" PRIMARY KEY");
            if (column.NotNull) sql.Append(" NOT NULL");
            if (expressions.Below(column.Type).Oid == Oids.Numeric) sql.Append(" COLLATE pg_numeric");
            if (column.Generated is { } generated)
                sql.Append(" GENERATED ALWAYS AS (").Append(expressions.Render(generated, table, column.Type)).Append(") STORED");
            else if (column.Sequence is not null && (column.Identity != '\0' || column.Default?.StartsWith("nextval(", StringComparison.Ordinal) == true))
                sql.Append(" DEFAULT (").Append(expressions.NextValue(column)).Append(')');
            else if (expressions.DefaultOf(column) is { } value)
                sql.Append(" DEFAULT (").Append(expressions.Render(value, null, column.Type)).Append(')');
        }

        foreach (var column in table.Columns)
            if (expressions.DomainCheck(column) is { } check) sql.Append(", CHECK (").Append(check).Append(')');

        foreach (var constraint in table.Constraints)
            switch (constraint.Kind)
            {
                case ConstraintKind.Check:
                    sql.Append(", CONSTRAINT ").Append(StorageNames.Quote(constraint.Name)).Append(" CHECK (")
                        .Append(expressions.Render(constraint.Expression!, table, new(Oids.Bool))).Append(')');
                    break;
                case ConstraintKind.ForeignKey:
                    sql.Append(", CONSTRAINT ").Append(StorageNames.Quote(constraint.Name)).Append(" FOREIGN KEY (")
                        .Append(StorageNames.Columns(constraint.Columns)).Append(") REFERENCES ")
                        .Append(StorageNames.Quote(StorageNames.Of(constraint.ReferencedSchema!, constraint.ReferencedTable!)))
                        .Append(" (").Append(StorageNames.Columns(constraint.ReferencedColumns)).Append(')');
                    AppendAction(sql, "DELETE", constraint.OnDelete);
                    AppendAction(sql, "UPDATE", constraint.OnUpdate);
                    if (constraint.InitiallyDeferred) sql.Append(" DEFERRABLE INITIALLY DEFERRED");
                    break;
            }

        return sql.Append(clustered is null ? ")" : ") WITHOUT ROWID").ToString();
    }

    /// <summary>The unique indexes that stand for keys.</summary>
    public static IEnumerable<string> CreateKeys(RelationInfo table, string tableName)
    {
        var clustered = EmbeddedNames.ClusteredColumn(table);
        foreach (var constraint in table.Constraints)
            if (IsIndex(constraint, clustered)) yield return CreateKey(table, constraint, tableName);
    }

    public static string CreateKey(RelationInfo table, ConstraintInfo key, string tableName) =>
        $"CREATE UNIQUE INDEX {IndexName(table, key.Name)} ON {tableName} ({string.Join(", ", key.Columns.Select(column => KeyColumns.Term(column, table.FindColumn(column)!.Type.Oid)))})";

    public static bool IsIndex(ConstraintInfo constraint, string? clustered) =>
        constraint.Kind == ConstraintKind.Unique || (constraint.Kind == ConstraintKind.PrimaryKey && clustered is null);

    public static string IndexName(RelationInfo table, string index) =>
        (table.Temporary ? "temp." : "main.") + StorageNames.Quote(StorageNames.Of(table.Schema, index));

    // NO ACTION and RESTRICT differ only in when they are checked; SQLite's NO ACTION is checked at the statement's end.
    private static void AppendAction(StringBuilder sql, string on, string? action)
    {
        if (action is "cascade" or "set null" or "set default") sql.Append(" ON ").Append(on).Append(' ').Append(action.ToUpperInvariant());
    }
}
