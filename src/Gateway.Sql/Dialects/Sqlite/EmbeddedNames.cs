using Gateway.Sql.Schema;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Where a PostgreSQL relation lies in SQLite: one file has no schemas, so the schema becomes part of the name.</summary>
public static class EmbeddedNames
{
    /// <summary><c>public.t</c> is main."t", <c>s.t</c> main."s.t", <c>pg_temp.t</c> temp."t"; catalogs are attached databases.</summary>
    public static string Table(string schema, string name) => schema switch
    {
        "pg_temp" => "temp." + Quote(name),
        "pg_catalog" or "information_schema" => Quote(schema) + "." + Quote(name),
        _ => "main." + Quote(Plain(schema, name)),
    };

    public static string Table(RelationInfo relation) =>
        Table(relation.Temporary ? "pg_temp" : relation.Schema, relation.Name);

    /// <summary>The name inside its SQLite database, unquoted.</summary>
    public static string Plain(string schema, string name) => schema is "public" or "pg_temp" ? name : schema + "." + name;

    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"") + "\"";
}
