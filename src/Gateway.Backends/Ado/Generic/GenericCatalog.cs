using System.Data;
using System.Data.Common;
using System.Globalization;
using Gateway.Sql.Dialects.Remote.Generic;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>
/// Tables and views from the provider's schema collections, or from INFORMATION_SCHEMA where it has none; columns from the provider's
/// description of <c>SELECT *</c>. SQLite has its own tables and declared types.
/// </summary>
internal sealed class GenericCatalog(DbConnection connection, ServerKind kind, ServerNames names)
{
    /// <summary>Below it are PostgreSQL's own.</summary>
    private const uint FirstOid = 16384;

    private uint _oid = FirstOid;

    public List<RelationInfo> Read()
    {
        var relations = new List<RelationInfo>();
        foreach (var (schema, name, isView) in (kind.IsSqlite ? SqliteTables() : Own([.. Tables()])).OrderBy(table => table.Schema, StringComparer.Ordinal).ThenBy(table => table.Name, StringComparer.Ordinal))
        {
            var isOwn = schema.Length == 0 || schema is "dbo" or "main" || string.Equals(schema, connection.Database, StringComparison.OrdinalIgnoreCase);
            var relation = new RelationInfo(_oid++, isOwn ? "public" : schema, name, isView ? RelationKind.View : RelationKind.Table, [])
            {
                Remote = new RemoteTable(isOwn ? "" : schema, name, Foreign: true),
            };
            var columns = kind.IsSqlite ? SqliteColumns(name) : Columns(relation);
            var key = columns.Where(column => column.Key > 0).OrderBy(column => column.Key).Select(column => column.Column.Name).ToList();
            relations.Add(relation with
            {
                Columns = [.. columns.Select(column => column.Column)],
                Constraints = key.Count == 0 || isView ? [] : [new ConstraintInfo(_oid++, $"{name}_pkey", ConstraintKind.PrimaryKey, [.. key])],
            });
        }

        return relations;
    }

    public static bool IsSame(SchemaSnapshot known, List<RelationInfo> relations) =>
        known.Relations.Count(relation => relation.Remote is not null) == relations.Count && relations.TrueForAll(relation => known.Find(relation.Schema, relation.Name) is { } old
            && old.Oid == relation.Oid && old.Kind == relation.Kind && old.Columns.SequenceEqual(relation.Columns)
            && old.Constraints.Length == relation.Constraints.Length
            && old.Constraints.Zip(relation.Constraints).All(pair => pair.First.Columns.SequenceEqual(pair.Second.Columns)));

    /// <summary>Where a schema is a database (MySQL), only the connection's own.</summary>
    private List<(string Schema, string Name, bool IsView)> Own(List<(string Schema, string Name, bool IsView)> tables) =>
        tables.FindAll(table => table.Schema == connection.Database) is { Count: > 0 } own ? own : tables;

    private IEnumerable<(string Schema, string Name, bool IsView)> Tables()
    {
        DataTable? tables = null;
        try
        {
            tables = connection.GetSchema("Tables");
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or DbException)
        {
            // It has no such collection.
        }

        if (tables is null || !tables.Columns.Contains("TABLE_NAME"))
            return [.. Ask("SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES").Select(row => (Text(row[0]), Text(row[1]), IsView(row[2])))];
        var schema = tables.Columns.Contains("TABLE_SCHEMA") ? "TABLE_SCHEMA" : tables.Columns.Contains("TABLE_SCHEM") ? "TABLE_SCHEM" : null;
        return [.. tables.Rows.Cast<DataRow>().Select(row => (schema is null ? "" : Text(row[schema]), Text(row["TABLE_NAME"]), tables.Columns.Contains("TABLE_TYPE") && IsView(row["TABLE_TYPE"])))
            .Where(table => table.Item1.ToUpperInvariant() is not ("INFORMATION_SCHEMA" or "PERFORMANCE_SCHEMA" or "MYSQL" or "SYS" or "PG_CATALOG"))];

        static bool IsView(object? type) => Text(type).Contains("VIEW", StringComparison.OrdinalIgnoreCase);
    }

    private List<(ColumnInfo Column, int Key)> Columns(RelationInfo relation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {names.Table(relation)} WHERE 1 = 0";
        using var reader = command.ExecuteReader(CommandBehavior.KeyInfo | CommandBehavior.SchemaOnly);
        var columns = new List<(ColumnInfo, int)>();
        foreach (var column in reader.GetColumnSchema())
        {
            if (column.IsHidden == true || column.ColumnName.Length == 0) continue;
            var type = ProviderTypes.Of(column);
            columns.Add((new ColumnInfo(column.ColumnName, (short)(columns.Count + 1), type ?? new TypeRef(Oids.Text), column.AllowDBNull == false)
            {
                Remote = type is null ? new RemoteColumn(DataType: column.DataTypeName ?? column.DataType?.Name) : null,
            }, column.IsKey == true ? columns.Count + 1 : 0));
        }

        return columns;
    }

    private List<(string Schema, string Name, bool IsView)> SqliteTables() =>
        [.. Ask("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
            .Select(row => ("", Text(row[0]), Text(row[1]) == "view"))];

    private List<(ColumnInfo Column, int Key)> SqliteColumns(string table)
    {
        var columns = new List<(ColumnInfo, int)>();
        foreach (var row in Ask($"SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo('{table.Replace("'", "''", StringComparison.Ordinal)}')"))
        {
            if (Whole(row[4]) == 1) continue;
            var type = ProviderTypes.OfSqlite(Text(row[1]));
            columns.Add((new ColumnInfo(Text(row[0]), (short)(columns.Count + 1), type ?? new TypeRef(Oids.Text), Whole(row[2]) != 0 || Whole(row[3]) != 0)
            {
                Remote = type is null ? new RemoteColumn(DataType: Text(row[1])) : null,
            }, Whole(row[3])));
        }

        return columns;
    }

    private List<object?[]> Ask(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static int Whole(object? value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);
}
