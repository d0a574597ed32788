using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Catalog;

/// <summary>The relations of pg_catalog that exist here. A name that is not among them is an unknown relation, never an empty one.</summary>
public static class SystemCatalog
{
    public const string Schema = "pg_catalog";

    /// <summary>pg_namespace OIDs that are the same everywhere; others come from the backend.</summary>
    public const uint CatalogNamespace = 11;
    public const uint PublicNamespace = 2200;

    /// <summary>The bootstrap superuser, who owns everything.</summary>
    public const uint Owner = 10;

    private static readonly Lazy<ImmutableDictionary<string, RelationInfo>> Descriptions = new(Load);

    private static readonly Lazy<ImmutableArray<CatalogRelation>> All = new(() =>
    [
        new PgNamespace(), new PgType(), new PgClass(), new PgAttribute(), new PgAttrdef(), new PgProc(), new PgRange(), new PgEnum(),
    ]);

    public static ImmutableArray<CatalogRelation> Relations => All.Value;

    internal static RelationInfo Describe(string name) => Descriptions.Value[name];

    /// <summary>pg_namespace.oid of a schema.</summary>
    public static uint NamespaceOid(string schema, SchemaSnapshot snapshot) => schema switch
    {
        Schema => CatalogNamespace,
        "public" => PublicNamespace,
        "information_schema" => 13207,
        _ => OtherNamespace(schema, snapshot),
    };

    // Until schemas have OIDs in the snapshot: stable for a name, positive, outside of what relations use.
    private static uint OtherNamespace(string schema, SchemaSnapshot snapshot)
    {
        _ = snapshot;
        var hash = 2166136261u;
        foreach (var c in schema) hash = (hash ^ c) * 16777619;
        return 0x7000_0000u | (hash & 0x0FFF_FFFF);
    }

    private static ImmutableDictionary<string, RelationInfo> Load()
    {
        var relations = ImmutableDictionary.CreateBuilder<string, RelationInfo>();
        foreach (var group in CatalogData.Read("columns").GroupBy(line => line[1]!))
        {
            var columns = group.Select(line => new ColumnInfo(
                line[3]!, short.Parse(line[2]!, CultureInfo.InvariantCulture), new TypeRef(Number(line[4]!)), line[5] == "t"));
            relations[group.Key] = new RelationInfo(Number(group.First()[0]!), Schema, group.Key, RelationKind.Table, [.. columns]);
        }

        return relations.ToImmutable();
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
