using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgType() : CatalogRelation("pg_type")
{
    public override bool IsStatic => true;

    public override void Fill(SchemaSnapshot snapshot, RowWriter rows) => FillFromData(rows);
}
