using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgProc() : CatalogRelation("pg_proc")
{
    public override bool IsStatic => true;

    public override void Fill(SchemaSnapshot snapshot, RowWriter rows) => FillFromData(rows);
}
