using System.Collections.Immutable;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Schema;
using Gateway.Catalog;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Iris.Schema;

/// <summary>All metadata of a namespace at one moment: what IRIS has, as the gateway's documents describe it.</summary>
/// <param name="HasTable">The table of the documents is there.</param>
/// <param name="NextOid">For what is made next through the gateway.</param>
internal sealed record IrisCatalog(
    ImmutableArray<SchemaEntry> Schemas, ImmutableArray<StoredRelation> Relations, bool HasTable, uint NextOid)
{
    public static IrisCatalog Of(InformationSchema found, Documents stored)
    {
        var (documents, hasTable) = (stored.All, stored.HasTable);
        var reader = new SchemaReader(found);
        var foreign = reader.Relations();
        var byName = foreign.ToDictionary(relation => (relation.Remote!.Schema.ToUpperInvariant(), relation.Remote.Name.ToUpperInvariant()));
        var schemas = new Dictionary<string, SchemaEntry>(StringComparer.Ordinal) { ["public"] = new(2200, "public", "standard public schema") };
        var relations = new List<StoredRelation>();
        var next = CatalogStore.FirstOid;
        foreach (var (_, kind, text) in documents)
        {
            if (kind == 'n')
            {
                var schema = RelationDocument.ReadSchema(text);
                schemas[schema.Name] = schema;
                next = Math.Max(next, schema.Oid < StableOids.First ? schema.Oid + 1 : next);
                continue;
            }

            var relation = RelationDocument.Read(text);
            next = Math.Max(next, LastOid(relation.Info) + 1);
            if (relation.Info.Kind == RelationKind.Sequence)
            {
                relations.Add(relation);
                continue;
            }

            var name = relation.Info.Remote ?? new RemoteTable(IrisNames.Schema(relation.Info.Schema), relation.Info.Name);
            var key = (name.Schema.ToUpperInvariant(), name.Name.ToUpperInvariant());

            // A view that IRIS could not say is only here.
            if (relation.Info.Kind == RelationKind.View && !byName.ContainsKey(key))
            {
                relations.Add(relation);
                continue;
            }

            // The document holds for what it describes, not for what somebody has put in its place.
            if (!byName.TryGetValue(key, out var actual) || !Matches(relation.Info, actual)) continue;
            byName.Remove(key);
            relations.Add(relation);
        }

        // Two names that PostgreSQL tells apart may be one in lower case.
        var taken = relations.Select(relation => (relation.Info.Schema, relation.Info.Name)).ToHashSet();
        foreach (var relation in foreign)
            if (byName.ContainsValue(relation) && taken.Add((relation.Schema, relation.Name)))
                relations.Add(new StoredRelation(relation) { NextNumber = (short)(relation.Columns.Length + 1) });

        // Whatever case a document gives it, it is the same schema in IRIS.
        var oids = new StableOids();
        var described = schemas.Keys.Select(IrisNames.Schema).ToHashSet(IrisNames.Comparer);
        foreach (var name in reader.Schemas().Where(name => !described.Contains(IrisNames.Schema(name))).Concat(relations.Select(relation => relation.Info.Schema)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (!schemas.ContainsKey(name)) schemas.Add(name, new SchemaEntry(oids.Of('n', name), name));
        var owners = relations.Select(relation => relation.Info.Oid).ToHashSet();
        relations.RemoveAll(relation => relation.Sequence is { OwnerTable: > 0 and var owner } && !owners.Contains(owner));
        return new IrisCatalog([.. schemas.Values], [.. relations.OrderBy(relation => relation.Info.Oid)], hasTable, next);
    }

    /// <summary>After a change made through the gateway.</summary>
    /// <param name="relations">New descriptions, also of what was there.</param>
    /// <param name="gone">OIDs of relations and schemas.</param>
    public IrisCatalog With(IReadOnlyList<StoredRelation> relations, IReadOnlyList<SchemaEntry> schemas, IReadOnlyList<uint> gone)
    {
        var replaced = relations.Select(relation => relation.Info.Oid).Concat(gone).ToHashSet();
        var renamed = schemas.Select(schema => schema.Oid).Concat(gone).ToHashSet();
        var made = relations.Select(relation => LastOid(relation.Info) + 1).Concat(schemas.Where(schema => schema.Oid < StableOids.First).Select(schema => schema.Oid + 1));
        return new IrisCatalog(
            [.. Schemas.Where(schema => !renamed.Contains(schema.Oid)), .. schemas],
            [.. Relations.Where(relation => !replaced.Contains(relation.Info.Oid)).Concat(relations).OrderBy(relation => relation.Info.Oid)],
            true,
            made.Append(NextOid).Max());
    }

    public SchemaSnapshot ToSnapshot(long version) => new(
        version,
        Schemas.Select(schema => schema.Name).Concat(SchemaModel.SystemSchemas),
        Relations.Select(relation => relation.Public).Concat(SystemCatalog.Relations))
    {
        Details = Schemas.ToDictionary(schema => schema.Name, schema => new SchemaEntryInfo(schema.Oid, schema.Name, schema.Comment)),
    };

    private static bool Matches(RelationInfo described, RelationInfo actual) =>
        described.Kind == actual.Kind
        && described.Columns.Select(column => column.Remote?.Name ?? column.Name).ToHashSet(IrisNames.Comparer)
            .SetEquals(actual.Columns.Select(column => column.Remote!.Name!));

    private static uint LastOid(RelationInfo relation) => relation.Constraints.Select(constraint => constraint.Oid)
        .Concat(relation.Indexes.Select(index => index.Oid)).Append(relation.Oid)
        .Where(oid => oid < StableOids.First).DefaultIfEmpty(CatalogStore.FirstOid).Max();
}
