using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>A column of a relation, or of an index (then with its number there); with neither, a column that was dropped, of which the number is left.</summary>
internal readonly record struct AttributeItem(RelationInfo Relation, ColumnInfo? Column, IndexInfo? Index, int Number)
{
    public bool IsDropped => Column is null && Index is null;

    public uint Type => IsDropped ? 0 : Column?.Type.Oid ?? Deparsed.TypeOf(Relation, Index!.Columns[Number - 1]);

    public TypeStorage Storage => TypeStorage.Of(Type);
}

internal sealed class PgAttribute : CatalogRelation<AttributeItem>
{
    public PgAttribute()
        : base("pg_attribute")
    {
        Set("attrelid", x => x.Index?.Oid ?? x.Relation.Oid);
        Set("attname", x => x.IsDropped ? $"........pg.dropped.{x.Number}........" : x.Index is null ? x.Column!.Name : IndexKeys.Label(x.Index, x.Number));
        Set("atttypid", x => x.Type);
        Set(-1L, "attstattarget", "attcacheoff");
        Set("attlen", x => PgTypes.Find(x.Type)?.Length ?? -1);
        Set("attnum", x => x.Number);
        Set("attndims", x => PgTypes.Find(x.Type)?.IsArray == true ? 1 : 0);
        Set("atttypmod", x => x.Column?.Type.Typmod ?? -1);
        Set("attbyval", x => x.Storage.ByValue);
        Set("attalign", x => x.Storage.Align);
        Set("attstorage", x => x.Storage.Storage);
        Set("", "attcompression");
        Set("attnotnull", x => x.Column is { NotNull: true } && x.Index is null);
        Set("atthasdef", x => x.Index is null && x.Column is { } column && Deparsed.HasDefault(column));
        Set("attisdropped", x => x.IsDropped);
        Set(false, "atthasmissing");
        Set("attidentity", x => x.Index is null && x.Column is { } column ? column.Identity : '\0');
        Set("attgenerated", x => x.Index is null && x.Column is { Generated: not null } ? 's' : '\0');
        Set(true, "attislocal");
        Set(0L, "attinhcount");
        Set("attcollation", x => SystemCatalog.IsSystem(x.Relation.Schema) && x.Storage.Collation == 100 ? 950 : x.Storage.Collation);
        Set(CatalogValue.Null, "attacl", "attoptions", "attfdwoptions", "attmissingval");
    }

    protected override IEnumerable<AttributeItem> Items(CatalogImage image, ICatalogSession? session)
    {
        foreach (var relation in image.Relations)
        {
            var number = 0;
            foreach (var column in relation.Columns)
            {
                while (++number < column.Number) yield return new(relation, null, null, number);
                yield return new(relation, column, null, column.Number);
            }

            foreach (var index in relation.Indexes)
                for (var i = 0; i < index.Columns.Length; i++) yield return new(relation, IndexKeys.Column(relation, index.Columns[i]), index, i + 1);
        }
    }
}

/// <summary>Defaults and generated columns. adbin holds the expression as PostgreSQL shows it, which pg_get_expr returns.</summary>
internal sealed class PgAttrdef : CatalogRelation<AttributeItem>
{
    public PgAttrdef()
        : base("pg_attrdef")
    {
        Set("oid", x => DerivedOids.Default(x.Relation.Oid, x.Column!.Number));
        Set("adrelid", x => x.Relation.Oid);
        Set("adnum", x => x.Number);
        Set("adbin", x => Deparsed.Default(x.Relation, x.Column!));
    }

    protected override IEnumerable<AttributeItem> Items(CatalogImage image, ICatalogSession? session) =>
        from relation in image.Relations
        from column in relation.Columns
        where Deparsed.HasDefault(column)
        select new AttributeItem(relation, column, null, column.Number);
}

/// <summary>OIDs of what has none in the snapshot, from the OID of what it belongs to; out of the range of relations.</summary>
internal static class DerivedOids
{
    public static uint Default(uint relation, short column) => 0x4000_0000u + (relation % 0x4_0000 * 0x800) + (uint)column;

    /// <summary>A view's rule _RETURN.</summary>
    public static uint Rule(uint view) => 0x6000_0000u + (view & 0x0FFF_FFFF);
}
