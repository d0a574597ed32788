using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

internal readonly record struct ConstraintItem(CatalogImage Image, RelationInfo Relation, ConstraintInfo Constraint, uint Domain = 0)
{
    public RelationInfo? Referenced => Constraint.ReferencedTable is { } table
        ? Image.Schema.Find(Constraint.ReferencedSchema ?? Relation.Schema, table) : null;

    public bool IsForeign => Constraint.Kind == ConstraintKind.ForeignKey;

    /// <summary>The index of a key, or the one a foreign key refers to.</summary>
    public IndexInfo? Index
    {
        get
        {
            var constraint = Constraint;
            return IsForeign ? IndexKeys.ReferencedBy(constraint, Referenced)
                : constraint.Kind == ConstraintKind.Check ? null : Relation.Indexes.FirstOrDefault(index => index.Name == constraint.Name);
        }
    }
}

internal sealed class PgConstraint : CatalogRelation<ConstraintItem>
{
    public PgConstraint()
        : base("pg_constraint")
    {
        Set("oid", x => x.Constraint.Oid);
        Set("conname", x => x.Constraint.Name);
        Set("connamespace", x => x.Image.NamespaceOid(x.Relation.Schema));
        Set("contype", x => (char)x.Constraint.Kind);
        Set("condeferrable", x => x.Constraint.Deferrable);
        Set("condeferred", x => x.Constraint.InitiallyDeferred);
        Set(true, "convalidated", "conislocal");
        Set("conrelid", x => x.Relation.Oid);
        Set(0L, "conparentid", "coninhcount");
        Set("contypid", x => x.Domain);
        Set("conindid", x => x.Index?.Oid ?? 0);
        Set("confrelid", x => x.Referenced?.Oid ?? 0);
        Set("confupdtype", x => x.IsForeign ? Action(x.Constraint.OnUpdate) : ' ');
        Set("confdeltype", x => x.IsForeign ? Action(x.Constraint.OnDelete) : ' ');
        Set("confmatchtype", x => x.IsForeign ? 's' : ' ');
        Set("connoinherit", x => x.Constraint.Kind != ConstraintKind.Check);
        Parse("conkey", x => x.Domain != 0 ? null : Numbers(x.Relation, x.Constraint.Columns));
        Parse("confkey", x => x.Referenced is { } table ? Numbers(table, x.Constraint.ReferencedColumns) : null);
        foreach (var column in (ReadOnlySpan<string>)["conpfeqop", "conppeqop", "conffeqop"])
            Parse(column, x => x.IsForeign ? Equalities(x.Relation, x.Constraint.Columns) : null);
        Set(CatalogValue.Null, "confdelsetcols", "conexclop");
        Set("conbin", x => x.Constraint.Kind == ConstraintKind.Check ? Deparsed.Condition(x.Relation, x.Constraint.Expression!) : null);
    }

    protected override IEnumerable<ConstraintItem> Items(CatalogImage image, ICatalogSession? session) =>
        (from relation in image.Relations from constraint in relation.Constraints select new ConstraintItem(image, relation, constraint))
        .Concat(from type in image.Schema.Types.All from check in type.Domain?.Checks ?? []
                let found = DomainConstraints.Of(image, type, check) select new ConstraintItem(image, found.Relation, found.Constraint!, type.Oid));

    private static char Action(string? action) => action switch
    {
        "restrict" => 'r',
        "cascade" => 'c',
        "set null" => 'n',
        "set default" => 'd',
        _ => 'a',
    };

    private static string Numbers(RelationInfo relation, ImmutableArray<string> columns) =>
        "{" + string.Join(',', columns.Select(name => (relation.FindColumn(name)?.Number ?? 0).ToString(CultureInfo.InvariantCulture))) + "}";

    private static string Equalities(RelationInfo relation, ImmutableArray<string> columns) =>
        "{" + string.Join(',', columns.Select(name => Equality(relation.FindColumn(name)?.Type.Oid ?? 0).ToString(CultureInfo.InvariantCulture))) + "}";

    /// <summary>pg_operator.oid of the type's =; that of text for the string types, which have none.</summary>
    private static uint Equality(uint type)
    {
        foreach (var op in Sql.Analysis.Catalog.Operators("="))
            if (op.Left == type && op.Right == type) return op.Oid;
        return 98;
    }
}

/// <summary>A check of a domain as one of a relation whose only column is VALUE.</summary>
internal static class DomainConstraints
{
    public static CatalogObject Of(CatalogImage image, UserType type, DomainCheck check)
    {
        using var scope = TypeScope.Enter(image.Schema.Types, null);
        return new CatalogObject(
            Sql.Analysis.Domains.ValueOf(type.Schema, Sql.Analysis.Domains.Below(new Sql.Tree.TypeRef(type.Oid))),
            null,
            new ConstraintInfo(check.Oid, check.Name, ConstraintKind.Check, [], check.Expression));
    }
}
