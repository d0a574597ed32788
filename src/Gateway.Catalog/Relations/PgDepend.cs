using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

internal readonly record struct DependItem(uint Class, uint Object, int Column, uint ReferencedClass, uint Referenced, int ReferencedColumn, char Kind);

/// <summary>What PostgreSQL notes of relations, their keys, defaults, sequences and views, and the members of the extension.</summary>
internal sealed class PgDepend : CatalogRelation<DependItem>
{
    public PgDepend()
        : base("pg_depend")
    {
        Set("classid", x => x.Class);
        Set("objid", x => x.Object);
        Set("objsubid", x => x.Column);
        Set("refclassid", x => x.ReferencedClass);
        Set("refobjid", x => x.Referenced);
        Set("refobjsubid", x => x.ReferencedColumn);
        Set("deptype", x => x.Kind);
    }

    protected override IEnumerable<DependItem> Items(CatalogImage image, ICatalogSession? session) =>
        image.Relations.Where(relation => !SystemCatalog.IsSystem(relation.Schema)).SelectMany(relation => Of(image, relation)).Concat(image.Schema.Types.All.SelectMany(type => Of(image, type))).Concat(Members());

    private static IEnumerable<DependItem> Of(CatalogImage image, UserType type)
    {
        yield return new(ClassOids.Type, type.Oid, 0, ClassOids.Namespace, image.NamespaceOid(type.Schema), 0, 'n');
        if (type.ArrayOid != 0) yield return new(ClassOids.Type, type.ArrayOid, 0, ClassOids.Type, type.Oid, 0, 'i');
        if (type.Domain is not { } domain) yield break;
        if (domain.Base >= UserTypes.FirstOid) yield return new(ClassOids.Type, type.Oid, 0, ClassOids.Type, domain.Base, 0, 'n');
        foreach (var check in domain.Checks) yield return new(ClassOids.Constraint, check.Oid, 0, ClassOids.Type, type.Oid, 0, 'a');
    }

    private static IEnumerable<DependItem> Of(CatalogImage image, RelationInfo relation)
    {
        yield return new(ClassOids.Class, relation.Oid, 0, ClassOids.Namespace, image.NamespaceOid(relation.Schema), 0, 'n');
        if (relation.Sequence is { OwnerTable: > 0 } sequence && image.FindRelation(sequence.OwnerTable) is { } owner && owner.FindColumn(sequence.OwnerColumn!) is { } owning)
            yield return new(ClassOids.Class, relation.Oid, 0, ClassOids.Class, owner.Oid, owning.Number, owning.Identity == '\0' ? 'a' : 'i');
        foreach (var column in relation.Columns)
        {
            if (column.Type.Oid >= UserTypes.FirstOid) yield return new(ClassOids.Class, relation.Oid, column.Number, ClassOids.Type, column.Type.Oid, 0, 'n');
            if (!Deparsed.HasDefault(column)) continue;
            var oid = DerivedOids.Default(relation.Oid, column.Number);
            yield return new(ClassOids.Attrdef, oid, 0, ClassOids.Class, relation.Oid, column.Number, 'a');
            foreach (var type in Named(image, column.Default ?? column.Generated, column.Type.Oid)) yield return new(ClassOids.Attrdef, oid, 0, ClassOids.Type, type, 0, 'n');
            if (column.Sequence?.Split('.', 2) is [var schema, var name] && image.Schema.Find(schema, name) is { } used)
                yield return new(ClassOids.Attrdef, oid, 0, ClassOids.Class, used.Oid, 0, 'n');
        }

        foreach (var constraint in relation.Constraints)
        {
            foreach (var type in Named(image, constraint.Expression, 0)) yield return new(ClassOids.Constraint, constraint.Oid, 0, ClassOids.Type, type, 0, 'n');
            foreach (var name in constraint.Columns)
                if (relation.FindColumn(name) is { } column) yield return new(ClassOids.Constraint, constraint.Oid, 0, ClassOids.Class, relation.Oid, column.Number, 'a');
            if (constraint.ReferencedTable is not { } table || image.Schema.Find(constraint.ReferencedSchema ?? relation.Schema, table) is not { } target) continue;
            foreach (var name in constraint.ReferencedColumns)
                if (target.FindColumn(name) is { } column) yield return new(ClassOids.Constraint, constraint.Oid, 0, ClassOids.Class, target.Oid, column.Number, 'n');
            if (IndexKeys.ReferencedBy(constraint, target) is { } index) yield return new(ClassOids.Constraint, constraint.Oid, 0, ClassOids.Class, index.Oid, 0, 'n');
        }

        foreach (var index in relation.Indexes)
        {
            if (IndexKeys.ConstraintOf(relation, index) is { } key)
            {
                yield return new(ClassOids.Class, index.Oid, 0, ClassOids.Constraint, key.Oid, 0, 'i');
                continue;
            }

            foreach (var name in index.Columns)
                yield return new(ClassOids.Class, index.Oid, 0, ClassOids.Class, relation.Oid, relation.FindColumn(name)?.Number ?? 0, 'a');
        }

        if (relation.Kind is not (RelationKind.View or RelationKind.MaterializedView)) yield break;
        var rule = DerivedOids.Rule(relation.Oid);
        yield return new(ClassOids.Rewrite, rule, 0, ClassOids.Class, relation.Oid, 0, 'i');
        yield return new(ClassOids.Rewrite, rule, 0, ClassOids.Class, relation.Oid, 0, 'n');
        foreach (var type in relation.UsesTypes) yield return new(ClassOids.Rewrite, rule, 0, ClassOids.Type, type, 0, 'n');
        foreach (var (read, column) in ViewReads.Of(image, relation)) yield return new(ClassOids.Rewrite, rule, 0, ClassOids.Class, read, column, 'n');
    }

    /// <summary>The types a kept text speaks of, and that of its value.</summary>
    private static IEnumerable<uint> Named(CatalogImage image, string? text, uint target) =>
        text is null ? [] : image.Schema.Types.All.SelectMany(type => (uint[])[type.Oid, type.ArrayOid])
            .Where(type => type != 0 && (type == target || KeptText.Names(text, type)));

    private static IEnumerable<DependItem> Members() =>
        from member in PgExtension.Members select new DependItem(member.Class, member.Oid, 0, ClassOids.Extension, PgExtension.Oid, 0, 'e');
}

/// <summary>pgvector, which is built in.</summary>
internal sealed class PgExtension : CatalogRelation<string>
{
    /// <summary>Below 16384 as the rest of pgvector here: what is built in, pg_dump leaves out.</summary>
    public const uint Oid = 9189;

    public PgExtension()
        : base("pg_extension")
    {
        Set("oid", _ => Oid);
        Set("extname", x => x);
        Set("extowner", _ => SystemCatalog.Owner);
        Set("extnamespace", _ => SystemCatalog.PublicNamespace);
        Set(true, "extrelocatable");
        Set("0.8.0", "extversion");
        Set(CatalogValue.Null, "extconfig", "extcondition");
    }

    public static IReadOnlyList<(uint Class, uint Oid)> Members { get; } =
    [
        .. CatalogData.Read("vector-pg_type").Select(line => (ClassOids.Type, uint.Parse(line[0]!))),
        .. CatalogData.Read("vector-pg_proc").Select(line => (ClassOids.Proc, uint.Parse(line[0]!))),
    ];

    protected override IEnumerable<string> Items(CatalogImage image, ICatalogSession? session) => ["vector"];
}
