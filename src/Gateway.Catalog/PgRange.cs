using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgRange() : CatalogRelation("pg_range")
{
    public override bool IsStatic => true;

    public override void Fill(SchemaSnapshot snapshot, RowWriter rows) => FillFromData(rows);
}
