using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgNamespace() : CatalogRelation("pg_namespace")
{
    public override void Fill(SchemaSnapshot snapshot, RowWriter rows)
    {
        FillFromData(rows);
        foreach (var schema in snapshot.Schemas)
        {
            if (schema is "pg_catalog" or "public" or "information_schema") continue;
            rows.Number(SystemCatalog.NamespaceOid(schema, snapshot)).Text(schema).Number(SystemCatalog.Owner).Null().End();
        }
    }
}
