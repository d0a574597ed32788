using Gateway.Catalog;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>pg_catalog as tables of an attached in-memory database, filled when a statement of this connection first reads it.</summary>
/// <remarks>
/// Every relation is filled for one schema version: with the connection's own uncommitted changes, and again after any.
/// What does not depend on the database (types, functions) is filled once.
/// </remarks>
internal sealed class SystemTables(EmbeddedConnection connection)
{
    private readonly HashSet<string> _created = [];
    private long _version = -1;
    private bool _filledInTransaction;

    public static IReadOnlyCollection<RelationInfo> Relations { get; } = [.. SystemCatalog.Relations.Select(relation => relation.Info)];

    /// <summary>At opening: attaching later would not be possible inside a transaction.</summary>
    public void Attach() => connection.Run($"ATTACH ':memory:' AS {SystemCatalog.Schema}");

    public void Refresh(SchemaSnapshot schema)
    {
        if (_version == schema.Version) return;
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            _filledInTransaction = true;
            Fill(schema);
        }
        else
        {
            connection.Control("BEGIN");
            try
            {
                Fill(schema);
                connection.Control("COMMIT");
            }
            catch
            {
                connection.Control("ROLLBACK");
                _filledInTransaction = true;
                RolledBack();
                throw;
            }
        }

        _version = schema.Version;
    }

    /// <summary>What was filled inside the transaction may be gone with it.</summary>
    public void RolledBack()
    {
        if (!_filledInTransaction) return;
        _filledInTransaction = false;
        _version = -1;
        foreach (var relation in SystemCatalog.Relations) connection.Run($"DROP TABLE IF EXISTS {EmbeddedNames.Table(relation.Info)}");
        _created.Clear();
    }

    public void Committed() => _filledInTransaction = false;

    private void Fill(SchemaSnapshot schema)
    {
        foreach (var relation in SystemCatalog.Relations)
        {
            var table = EmbeddedNames.Table(relation.Info);
            var columns = relation.Info.Columns;
            if (_created.Add(relation.Info.Name))
            {
                connection.Run($"CREATE TABLE {table} ({string.Join(", ", columns.Select(column => EmbeddedNames.Quote(column.Name)))})");
                if (columns[0].Name == "oid") connection.Run($"CREATE INDEX {SystemCatalog.Schema}.{EmbeddedNames.Quote(relation.Info.Name + "_oid")} ON {EmbeddedNames.Quote(relation.Info.Name)} (oid)");
            }
            else if (relation.IsStatic)
            {
                continue;
            }
            else
            {
                connection.Run($"DELETE FROM {table}");
            }

            var insert = connection.Prepare($"INSERT INTO {table} VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))})");
            try
            {
                relation.Fill(schema, new RowWriter(relation.Info, values => Insert(insert, values)));
            }
            finally
            {
                connection.Return(insert);
            }
        }
    }

    private void Insert(PreparedStatement insert, ValueList values)
    {
        for (var i = 0; i < values.Count; i++) insert.Bind(i + 1, values, i);
        connection.Step(insert);
        insert.Reset();
    }
}
