using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Gateway.Sql.Schema;

namespace Gateway.Catalog;

/// <summary>The catalogs of one snapshot, shared by all connections that see it; what is asked for is made once.</summary>
public sealed class CatalogImage
{
    private static readonly ConditionalWeakTable<SchemaSnapshot, CatalogImage> Images = [];
    private static readonly ConcurrentDictionary<string, CatalogRows> DataOf = new();

    private readonly ConcurrentDictionary<string, CatalogRows> _rows = new();
    private readonly Lazy<Dictionary<uint, CatalogObject>> _objects;

    private readonly Lazy<HashSet<(string Schema, string Name)>> _referenced;

    private CatalogImage(SchemaSnapshot schema)
    {
        Schema = schema;
        _objects = new(Collect);
        _referenced = new(() => Relations!.SelectMany(relation => relation.Constraints.Where(constraint => constraint.ReferencedTable is not null)
            .Select(constraint => (constraint.ReferencedSchema ?? relation.Schema, constraint.ReferencedTable!))).ToHashSet());
        Relations = [.. schema.Relations.OrderBy(relation => relation.Oid)];
    }

    public SchemaSnapshot Schema { get; }

    /// <summary>By OID, system relations included.</summary>
    internal RelationInfo[] Relations { get; }

    public static CatalogImage Of(SchemaSnapshot schema) => Images.GetValue(schema, static schema => new CatalogImage(schema));

    public CatalogRows Rows(CatalogRelation relation, ICatalogSession? session) =>
        relation.IsVolatile
            ? relation.Rows(this, session)
            : _rows.GetOrAdd(relation.Info.Name, static (_, args) => args.relation.Rows(args.image, null), (relation, image: this));

    /// <summary>The relation, index, constraint… that has an OID; null when it is none of the snapshot's.</summary>
    public CatalogObject? Find(uint oid) => _objects.Value.GetValueOrDefault(oid);

    public RelationInfo? FindRelation(uint oid) => Find(oid) is { Index: null, Constraint: null } found ? found.Relation : null;

    /// <summary>A foreign key refers to it.</summary>
    internal bool IsReferenced(RelationInfo relation) => _referenced.Value.Contains((relation.Schema, relation.Name));

    public uint NamespaceOid(string schema) => SystemCatalog.NamespaceOid(schema, Schema);

    internal CatalogRows Data(RelationInfo relation) =>
        DataOf.GetOrAdd(relation.Name, static (name, info) => new DataRows(info, CatalogData.Read(name)), relation);

    private Dictionary<uint, CatalogObject> Collect()
    {
        var objects = new Dictionary<uint, CatalogObject>();
        foreach (var relation in Relations)
        {
            objects[relation.Oid] = new CatalogObject(relation, null, null);
            foreach (var index in relation.Indexes) objects[index.Oid] = new CatalogObject(relation, index, null);
            foreach (var constraint in relation.Constraints) objects[constraint.Oid] = new CatalogObject(relation, null, constraint);
        }

        foreach (var type in Schema.Types.All)
            if (type.Domain is { } domain)
                foreach (var check in domain.Checks) objects[check.Oid] = DomainConstraints.Of(this, type, check);

        return objects;
    }
}

/// <summary>A relation, or an index or constraint of it.</summary>
public sealed record CatalogObject(RelationInfo Relation, IndexInfo? Index, ConstraintInfo? Constraint);
