using Gateway.Sql.Schema;

namespace Gateway.Catalog;

/// <summary>No backend has enum types yet, so there are no labels.</summary>
internal sealed class PgEnum() : CatalogRelation("pg_enum")
{
    public override void Fill(SchemaSnapshot snapshot, RowWriter rows)
    {
    }
}
