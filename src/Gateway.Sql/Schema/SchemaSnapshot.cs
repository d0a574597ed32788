using System.Collections.Frozen;
using Gateway.Types;

namespace Gateway.Sql.Schema;

/// <summary>An immutable view of a database's metadata at one moment. Replaced as a whole after DDL.</summary>
public sealed class SchemaSnapshot(long version, IEnumerable<string> schemas, IEnumerable<RelationInfo> relations)
{
    private readonly FrozenDictionary<(string Schema, string Name), RelationInfo> _relations =
        relations.ToFrozenDictionary(relation => (relation.Schema, relation.Name));

    public static SchemaSnapshot Empty { get; } = new(0, ["public", "pg_catalog", "information_schema"], []);

    /// <summary>Nothing but the types of the <see cref="TypeScope"/>: for expressions that name nothing else.</summary>
    public static SchemaSnapshot OnlyTypes =>
        TypeScope.Types is { IsEmpty: false } types ? new(0, ["public", "pg_catalog", "information_schema"], []) { Types = types } : Empty;

    /// <summary>Rises with every change; a cached translation is valid for one version only.</summary>
    public long Version { get; } = version;

    public FrozenSet<string> Schemas { get; } = schemas.ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<RelationInfo> Relations => _relations.Values;

    /// <summary>The database it belongs to; null when any name in front of a schema will do.</summary>
    public string? Database { get; init; }

    /// <summary>OIDs and comments of schemas, where the backend keeps them.</summary>
    public IReadOnlyDictionary<string, SchemaEntryInfo> Details { get; init; } = FrozenDictionary<string, SchemaEntryInfo>.Empty;

    /// <summary>The enums and domains that were created in the database.</summary>
    public UserTypes Types { get; init; } = UserTypes.Empty;

    /// <summary>Columns that every table has beside its own, with the OIDs of their types. tableoid, which is a constant, is not among them.</summary>
    public FrozenDictionary<string, uint> SystemColumns { get; init; } = FrozenDictionary<string, uint>.Empty;

    /// <summary>The same under another version.</summary>
    public SchemaSnapshot With(long version) =>
        new(version, Schemas, _relations.Values) { Database = Database, Details = Details, Types = Types, SystemColumns = SystemColumns };

    public RelationInfo? Find(string schema, string name) => _relations.GetValueOrDefault((schema, name));

    /// <summary>The first match along the search path; pg_catalog comes first unless the path names it, as in PostgreSQL.</summary>
    public RelationInfo? Resolve(string? schema, string name, IReadOnlyList<string> searchPath)
    {
        if (schema is not null) return Find(schema, name);
        if (Find("pg_temp", name) is { } temporary) return temporary;
        if (!searchPath.Contains("pg_catalog") && Find("pg_catalog", name) is { } system) return system;
        foreach (var candidate in searchPath)
            if (Find(candidate, name) is { } found) return found;
        return null;
    }
}
