using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

internal sealed class PgNamespace : CatalogRelation<SchemaEntryInfo>
{
    public PgNamespace()
        : base("pg_namespace")
    {
        Set("oid", x => x.Oid);
        Set("nspname", x => x.Name);
        Set("nspowner", _ => SystemCatalog.Owner);
        Set(CatalogValue.Null, "nspacl");
    }

    protected override bool HasData => true;

    protected override IEnumerable<SchemaEntryInfo> Items(CatalogImage image, ICatalogSession? session) =>
        from name in image.Schema.Schemas.Order(StringComparer.Ordinal)
        where name is not ("pg_catalog" or "public" or "information_schema")
        select new SchemaEntryInfo(image.NamespaceOid(name), name);
}

internal sealed class PgSequence : CatalogRelation<RelationInfo>
{
    public PgSequence()
        : base("pg_sequence")
    {
        Set("seqrelid", x => x.Oid);
        Set("seqtypid", x => x.Sequence?.Type ?? Oids.Int8);
        Set("seqstart", x => x.Sequence?.Start ?? 1);
        Set("seqincrement", x => x.Sequence?.Increment ?? 1);
        Set("seqmax", x => x.Sequence?.Max ?? long.MaxValue);
        Set("seqmin", x => x.Sequence?.Min ?? 1);
        Set(1L, "seqcache");
        Set("seqcycle", x => x.Sequence?.Cycle ?? false);
    }

    protected override IEnumerable<RelationInfo> Items(CatalogImage image, ICatalogSession? session) =>
        image.Relations.Where(relation => relation.Kind == RelationKind.Sequence);
}

/// <summary>The rule _RETURN of each view.</summary>
internal sealed class PgRewrite : CatalogRelation<RelationInfo>
{
    public PgRewrite()
        : base("pg_rewrite")
    {
        Set("oid", x => DerivedOids.Rule(x.Oid));
        Set("_RETURN", "rulename");
        Set("ev_class", x => x.Oid);
        Set('1', "ev_type");
        Set('O', "ev_enabled");
        Set(true, "is_instead");
        Set("<>", "ev_qual");
        Set("ev_action", x => x.Definition);
    }

    protected override IEnumerable<RelationInfo> Items(CatalogImage image, ICatalogSession? session) =>
        image.Relations.Where(relation => relation.Kind is RelationKind.View or RelationKind.MaterializedView);
}

internal readonly record struct DescriptionItem(uint Class, uint Object, int Column, string Text);

internal sealed class PgDescription : CatalogRelation<DescriptionItem>
{
    public PgDescription()
        : base("pg_description")
    {
        Set("objoid", x => x.Object);
        Set("classoid", x => x.Class);
        Set("objsubid", x => x.Column);
        Set("description", x => x.Text);
    }

    protected override bool HasData => true;

    protected override IEnumerable<DescriptionItem> Items(CatalogImage image, ICatalogSession? session)
    {
        foreach (var schema in image.Schema.Details.Values)
            if (schema.Comment is { } comment) yield return new(ClassOids.Namespace, schema.Oid, 0, comment);
        if (!image.Schema.Details.ContainsKey("public")) yield return new(ClassOids.Namespace, SystemCatalog.PublicNamespace, 0, "standard public schema");
        foreach (var type in image.Schema.Types.All)
            if (type.Comment is { } text) yield return new(ClassOids.Type, type.Oid, 0, text);
        foreach (var relation in image.Relations)
        {
            if (relation.Comment is { } comment) yield return new(ClassOids.Class, relation.Oid, 0, comment);
            foreach (var column in relation.Columns)
                if (column.Comment is { } text) yield return new(ClassOids.Class, relation.Oid, column.Number, text);
            foreach (var index in relation.Indexes)
                if (index.Comment is { } text) yield return new(ClassOids.Class, index.Oid, 0, text);
            foreach (var constraint in relation.Constraints)
                if (constraint.Comment is { } text) yield return new(ClassOids.Constraint, constraint.Oid, 0, text);
        }
    }
}

/// <summary>pg_class OIDs of catalogs, as classoid and refclassid name them.</summary>
internal static class ClassOids
{
    public const uint Type = 1247;
    public const uint Class = 1259;
    public const uint Proc = 1255;
    public const uint Attrdef = 2604;
    public const uint Constraint = 2606;
    public const uint Namespace = 2615;
    public const uint Rewrite = 2618;
    public const uint Extension = 3079;
}
