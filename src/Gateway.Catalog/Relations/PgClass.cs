using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal readonly record struct ClassItem(CatalogImage Image, RelationInfo Relation, IndexInfo? Index)
{
    public char Kind => Index is null ? (char)Relation.Kind : 'i';
}

internal sealed class PgClass : CatalogRelation<ClassItem>
{
    public PgClass()
        : base("pg_class")
    {
        Set("oid", x => x.Index?.Oid ?? x.Relation.Oid);
        Set("relname", x => x.Index?.Name ?? x.Relation.Name);
        Set("relnamespace", x => x.Image.NamespaceOid(x.Relation.Schema));
        Set(0L, "reltype", "reloftype", "reltablespace", "relallvisible", "reltoastrelid", "relrewrite", "relfrozenxid", "relminmxid");
        Set("relowner", _ => SystemCatalog.Owner);
        Set("relam", x => x.Kind switch { 'i' => AccessMethods.Oid(x.Index!.Method), 'r' or 'm' => AccessMethods.Heap, _ => 0 });
        Set("relfilenode", x => x.Kind == 'v' ? 0 : x.Index?.Oid ?? x.Relation.Oid);

        // Never analyzed; an index has its first page from the start.
        Set("relpages", x => x.Kind is 'i' or 'S' ? 1 : 0);
        Set("reltuples", x => CatalogValue.Of(x.Kind switch { 'v' or 'i' => 0, 'S' => 1, _ => -1 }));
        Set("relhasindex", x => x.Index is null && x.Relation.Indexes.Length > 0);
        Set("relisshared", x => x.Relation.Oid is 1213 or 1214 or 1260 or 1261 or 1262 or 2396 or 2964 or 3592 or 6000 or 6100 or 6243);
        Set("relpersistence", x => x.Relation.Temporary ? 't' : 'p');
        Set("relkind", x => x.Kind);
        Set("relnatts", x => x.Index?.Columns.Length ?? (x.Relation.Columns is [.., var last] ? last.Number : 0));
        Set("relchecks", x => x.Index is null ? x.Relation.Constraints.Count(constraint => constraint.Kind == ConstraintKind.Check) : 0);
        Set("relhasrules", x => x.Kind is 'v' or 'm');
        Set("relhastriggers", x => x.Index is null && (x.Image.IsReferenced(x.Relation) || x.Relation.Constraints.Any(constraint => constraint.Kind == ConstraintKind.ForeignKey)));
        Set(false, "relhassubclass", "relrowsecurity", "relforcerowsecurity", "relispartition");
        Set(true, "relispopulated");
        Set("relreplident", x => x.Kind is 'r' or 'm' && x.Relation.Schema != SystemCatalog.Schema ? 'd' : 'n');
        Set(CatalogValue.Null, "relpartbound");
        Parse("relacl", x => x.Index is null ? SystemCatalog.InitialPrivileges(x.Relation.Oid) : null);
        Parse("reloptions", x => x.Index?.Options is { } options ? "{" + string.Join(',', options.Split(',').Select(option => option.Trim().Replace(" ", ""))) + "}" : null);
    }

    protected override IEnumerable<ClassItem> Items(CatalogImage image, ICatalogSession? session)
    {
        foreach (var relation in image.Relations)
        {
            yield return new(image, relation, null);
            foreach (var index in relation.Indexes) yield return new(image, relation, index);
        }
    }
}

/// <summary>OIDs of pg_am. pgvector's own, which PostgreSQL would count from 16384, lie beside its types.</summary>
public static class AccessMethods
{
    internal const long Heap = 2;

    private static readonly (string Name, long Oid)[] Known =
    [
        ("btree", 403), ("hash", 405), ("gist", 783), ("gin", 2742), ("brin", 3580), ("spgist", 4000), ("ivfflat", 9190), ("hnsw", 9191),
    ];

    /// <summary>0 for what is no index's.</summary>
    public static long Oid(string method) => Known.FirstOrDefault(known => known.Name == method).Oid;

    /// <summary>Null for what is no index's.</summary>
    public static string? Name(long oid) => Known.FirstOrDefault(known => known.Oid == oid).Name;
}
