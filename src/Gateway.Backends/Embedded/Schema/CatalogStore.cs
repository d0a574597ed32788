using Gateway.Sql.Dialects.Sqlite;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>The engine's own tables in each database file. Clients never see them.</summary>
internal static class CatalogStore
{
    public const long FormatVersion = 2;

    /// <summary>FirstNormalObjectId in PostgreSQL's transam.h.</summary>
    public const uint FirstOid = 16384;

    public static void CreateOrCheck(EmbeddedConnection connection)
    {
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            connection.Run("CREATE TABLE IF NOT EXISTS __pgwire_meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID");
            connection.Run("INSERT OR IGNORE INTO __pgwire_meta VALUES ('format_version', ?), ('next_oid', ?)", FormatVersion, FirstOid);
            var found = connection.Query("SELECT value FROM __pgwire_meta WHERE key = 'format_version'", row => row.GetInt64(0))[0];
            if (found == 1 && !HasCapitals(connection))
            {
                connection.Run("UPDATE __pgwire_meta SET value = ? WHERE key = 'format_version'", FormatVersion);
                found = FormatVersion;
            }

            if (found != FormatVersion)
                throw new PgException(SqlStates.ObjectNotInPrerequisiteState,
                    $"database \"{connection.Database.Name}\" has format {found}; this server reads format {FormatVersion}");

            connection.Run("CREATE TABLE IF NOT EXISTS __pgwire_schemas (oid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, comment TEXT)");
            connection.Run("CREATE TABLE IF NOT EXISTS __pgwire_relations (oid INTEGER PRIMARY KEY, schema TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL, UNIQUE (schema, name))");
            connection.Run("CREATE TABLE IF NOT EXISTS __pgwire_sequences (oid INTEGER PRIMARY KEY, last_value INTEGER NOT NULL, is_called INTEGER NOT NULL)");
            connection.Run("CREATE TABLE IF NOT EXISTS __pgwire_types (oid INTEGER PRIMARY KEY, document TEXT NOT NULL)");
            // 2200 is the OID of public on every server.
            connection.Run("INSERT OR IGNORE INTO __pgwire_schemas VALUES (2200, 'public', 'standard public schema')");
            connection.Run("COMMIT");
        }
        catch
        {
            connection.Run("ROLLBACK");
            throw;
        }
    }

    // Version 1 had names in SQLite as they are; since then a capital letter is written ^ and its small one.
    private static bool HasCapitals(EmbeddedConnection connection) =>
        connection.Query(
            "SELECT document FROM __pgwire_relations",
            row => RelationDocument.Read(row.GetSpan(0)).Info)
        .SelectMany(info => (IEnumerable<string>)[info.Schema, info.Name, .. info.Columns.Select(c => c.Name), .. info.Constraints.Select(c => c.Name), .. info.Indexes.Select(i => i.Name)])
        .Any(name => EmbeddedNames.Stored(name) != name);

    public static SchemaModel Load(EmbeddedConnection connection)
    {
        var model = SchemaModel.Empty;
        var schemas = connection.Query("SELECT oid, name, comment FROM __pgwire_schemas",
            row => new SchemaEntry((uint)row.GetInt64(0), row.GetString(1), row.GetStringOrNull(2)));
        var relations = connection.Query("SELECT document FROM __pgwire_relations",
            row => RelationDocument.Read(row.GetSpan(0)));
        var types = connection.Query("SELECT document FROM __pgwire_types", row => RelationDocument.ReadType(row.GetSpan(0)));
        return model with
        {
            Types = model.Types.AddRange(types.Select(type => KeyValuePair.Create(type.Oid, type))),
            Schemas = model.Schemas.AddRange(schemas.Select(schema => KeyValuePair.Create(schema.Name, schema))),
            Relations = model.Relations.AddRange(relations.Select(relation => KeyValuePair.Create(relation.Info.Oid, relation))),
        };
    }

    public static void LoadSequences(EmbeddedConnection connection, SequenceStates states)
    {
        foreach (var (oid, last, called) in connection.Query("SELECT oid, last_value, is_called FROM __pgwire_sequences",
                     row => ((uint)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2) != 0)))
            states.Set(oid, last, called);
    }

    public static uint LoadNextOid(EmbeddedConnection connection) =>
        (uint)connection.Query("SELECT value FROM __pgwire_meta WHERE key = 'next_oid'", row => row.GetInt64(0))[0];

    public static void SaveNextOid(EmbeddedConnection connection, uint next) =>
        connection.Run("UPDATE __pgwire_meta SET value = ? WHERE key = 'next_oid'", next);

    public static void Save(EmbeddedConnection connection, StoredRelation relation)
    {
        var document = RelationDocument.Write(relation);
        var info = relation.Info;
        connection.Run(
            "INSERT INTO __pgwire_relations VALUES (?, ?, ?, ?, ?) ON CONFLICT (oid) DO UPDATE SET schema = excluded.schema, name = excluded.name, document = excluded.document",
            info.Oid, info.Schema, info.Name, ((char)info.Kind).ToString(), document);
    }

    public static void Delete(EmbeddedConnection connection, uint oid)
    {
        connection.Run("DELETE FROM __pgwire_relations WHERE oid = ?", oid);
        connection.Run("DELETE FROM __pgwire_sequences WHERE oid = ?", oid);
    }

    public static void Save(EmbeddedConnection connection, UserType type) =>
        connection.Run("INSERT INTO __pgwire_types VALUES (?, ?) ON CONFLICT (oid) DO UPDATE SET document = excluded.document", type.Oid, RelationDocument.Write(type));

    public static void DeleteType(EmbeddedConnection connection, uint oid) => connection.Run("DELETE FROM __pgwire_types WHERE oid = ?", oid);

    public static void Save(EmbeddedConnection connection, SchemaEntry schema) =>
        connection.Run("INSERT INTO __pgwire_schemas VALUES (?, ?, ?) ON CONFLICT (oid) DO UPDATE SET name = excluded.name, comment = excluded.comment",
            schema.Oid, schema.Name, schema.Comment);

    public static void DeleteSchema(EmbeddedConnection connection, uint oid) =>
        connection.Run("DELETE FROM __pgwire_schemas WHERE oid = ?", oid);
}
