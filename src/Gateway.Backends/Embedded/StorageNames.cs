using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded;

/// <summary>SQLite has one namespace per file, so a relation outside of public carries its schema in its name.</summary>
internal static class StorageNames
{
    public static string Of(RelationInfo relation) => Of(relation.Schema, relation.Name);

    /// <summary>As SQLite's own tables have it.</summary>
    public static string Stored(RelationInfo relation) => EmbeddedNames.Stored(Of(relation));

    public static string Stored(string schema, string name) => EmbeddedNames.Stored(Of(schema, name));

    public static string Of(string schema, string name) => schema is "public" or "pg_temp" ? name : $"{schema}.{name}";

    /// <summary>The relation's name as SQL, with the database it lies in.</summary>
    public static string Sql(RelationInfo relation) => (relation.Temporary ? "temp." : "main.") + Quote(Of(relation));

    public static string Quote(string name) => EmbeddedNames.Quote(name);

    public static string Columns(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
