using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Catalog;

/// <summary>The relations of pg_catalog and information_schema that exist here. A name that is not among them is an unknown relation, never an empty one.</summary>
public static class SystemCatalog
{
    public const string Schema = "pg_catalog";
    public const string InformationSchema = "information_schema";

    /// <summary>pg_namespace OIDs that are the same everywhere; others come from the backend.</summary>
    public const uint CatalogNamespace = 11;
    public const uint PublicNamespace = 2200;
    public const uint InformationNamespace = 13207;

    /// <summary>The bootstrap superuser, who owns everything.</summary>
    public const uint Owner = 10;

    private static readonly string[] Data =
    [
        "pg_aggregate", "pg_am", "pg_amop", "pg_amproc", "pg_auth_members", "pg_cast", "pg_collation", "pg_conversion", "pg_init_privs", "pg_language",
        "pg_opclass", "pg_operator", "pg_opfamily", "pg_proc", "pg_range", "pg_tablespace", "pg_ts_config", "pg_ts_config_map", "pg_ts_dict",
        "pg_timezone_abbrevs", "pg_ts_parser", "pg_ts_template",
    ];

    private static readonly string[] InformationData = ["sql_features", "sql_implementation_info", "sql_parts", "sql_sizing"];

    // No backend has any of these; a statement that would make one is refused.
    private static readonly string[] Empty =
    [
        "pg_db_role_setting", "pg_default_acl", "pg_event_trigger", "pg_foreign_data_wrapper", "pg_foreign_server", "pg_foreign_table",
        "pg_inherits", "pg_largeobject", "pg_largeobject_metadata", "pg_parameter_acl", "pg_partitioned_table", "pg_policy",
        "pg_publication", "pg_publication_namespace", "pg_publication_rel", "pg_replication_origin", "pg_seclabel", "pg_shdepend",
        "pg_shdescription", "pg_shseclabel", "pg_statistic", "pg_statistic_ext", "pg_statistic_ext_data", "pg_subscription",
        "pg_subscription_rel", "pg_transform", "pg_trigger", "pg_user_mapping",
    ];

    private static readonly Lazy<ImmutableDictionary<(string, string), RelationInfo>> Descriptions = new(Load);

    private static readonly Lazy<ImmutableArray<CatalogRelation>> All = new(() =>
    [
        .. Data.Select(name => new DataRelation(name)),
        .. InformationData.Select(name => new DataRelation(name, InformationSchema)),
        .. Empty.Select(name => new EmptyRelation(name)),
        new PgNamespace(), new PgClass(), new PgAttribute(), new PgAttrdef(), new PgIndex(), new PgConstraint(), new PgSequence(), new PgRewrite(),
        new TypeCatalog(), new EnumCatalog(), new PgDescription(), new PgDepend(), new PgExtension(), new PgDatabase(), new PgAuthid(), new PgStatActivity(), new PgStatSsl(), new PgStatDatabase(), new PgCursors(), new PgPreparedStatements(), new PgLocks(), new PgSettings(), new PgTimezoneNames(),
    ]);

    private static readonly Lazy<Dictionary<uint, string>> Roles = new(() => CatalogData.Read("pg_authid").ToDictionary(line => Number(line[0]!), line => line[1]!));

    private static readonly Lazy<Dictionary<uint, string>> Privileges = new(() => CatalogData.Read("pg_init_privs")
        .Where(line => line[1] == "1259").ToDictionary(line => Number(line[0]!), line => line[4]!));

    private static readonly Lazy<CatalogRelation> Describes = new(() => All.Value.First(relation => relation is PgDescription));

    private static readonly Lazy<ImmutableArray<RelationInfo>> Known = new(() => [.. All.Value.Select(relation => relation.Info), .. SystemViews.All]);

    internal static CatalogRelation Description => Describes.Value;

    /// <summary>The tables, whose rows are computed here.</summary>
    public static ImmutableArray<CatalogRelation> Tables => All.Value;

    /// <summary>Tables and views.</summary>
    public static ImmutableArray<RelationInfo> Relations => Known.Value;

    /// <summary>pg_get_keywords(): word, catcode, barelabel, catdesc, baredesc.</summary>
    public static IEnumerable<string?[]> Keywords => CatalogData.Read("keywords");

    /// <summary>ts_token_type() of the default parser: alias and description, in the order of their numbers.</summary>
    public static IEnumerable<string?[]> TokenTypes => CatalogData.Read("tokens");

    /// <summary>The OID of a role; any other than the predefined ones is the user.</summary>
    public static long RoleOid(string name) => Roles.Value.FirstOrDefault(role => role.Value == name) is { Key: > 0 and var oid } ? oid : Owner;

    /// <summary>A table of pg_catalog.</summary>
    public static CatalogRelation Table(string name) => All.Value.First(relation => relation.Info.Name == name);

    /// <summary>pg_database as a session sees it.</summary>
    public static IEnumerable<(string Name, uint Oid)> Databases(ICatalogSession session) => PgDatabase.NamesFor(session).Select(name => (name, PgDatabase.OidOf(name)));

    /// <summary>The OID of a view's rule _RETURN; 0 for what is no view.</summary>
    public static uint RuleOf(RelationInfo relation) => relation.Kind is RelationKind.View or RelationKind.MaterializedView ? DerivedOids.Rule(relation.Oid) : 0;

    /// <summary>A predefined role; the session's own user is not among them.</summary>
    public static string? RoleName(uint oid) => Roles.Value.GetValueOrDefault(oid);

    /// <summary>relacl of a relation of PostgreSQL's own.</summary>
    internal static string? InitialPrivileges(uint relation) => Privileges.Value.GetValueOrDefault(relation);

    /// <summary>Whether relations of the schema are PostgreSQL's own.</summary>
    public static bool IsSystem(string schema) => schema is Schema or InformationSchema;

    internal static RelationInfo Describe(string schema, string name) => Descriptions.Value[(schema, name)];

    /// <summary>pg_namespace.oid of a schema.</summary>
    public static uint NamespaceOid(string schema, SchemaSnapshot snapshot) => schema switch
    {
        Schema => CatalogNamespace,
        "public" => PublicNamespace,
        InformationSchema => InformationNamespace,
        _ => snapshot.Details.TryGetValue(schema, out var entry) ? entry.Oid : Hashed(schema),
    };

    /// <summary>For what has no OID: stable for a name, positive, outside of what relations use.</summary>
    internal static uint Hashed(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619;
        return 0x7000_0000u | (hash & 0x0FFF_FFFF);
    }

    private static ImmutableDictionary<(string, string), RelationInfo> Load()
    {
        var relations = ImmutableDictionary.CreateBuilder<(string, string), RelationInfo>();
        foreach (var group in CatalogData.Read("columns").GroupBy(line => (line[1]!, line[2]!)))
        {
            var columns = group.Select(line => new ColumnInfo(
                line[5]!, short.Parse(line[4]!, CultureInfo.InvariantCulture),
                new TypeRef(Number(line[6]!), int.Parse(line[7]!, CultureInfo.InvariantCulture)), line[8] == "t"));
            var first = group.First();
            relations[group.Key] = new RelationInfo(
                Number(first[0]!), group.Key.Item1, group.Key.Item2, first[3] == "v" ? RelationKind.View : RelationKind.Table, [.. columns]);
        }

        return relations.ToImmutable();
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
