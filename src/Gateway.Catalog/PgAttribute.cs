using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgAttribute() : CatalogRelation("pg_attribute")
{
    public override void Fill(SchemaSnapshot snapshot, RowWriter rows)
    {
        foreach (var relation in snapshot.Relations)
            foreach (var column in relation.Columns) Row(rows, relation, column);
    }

    private static void Row(RowWriter rows, RelationInfo relation, ColumnInfo column)
    {
        var type = Types.PgTypes.Find(column.Type.Oid);
        var storage = TypeStorage.Of(column.Type.Oid);
        rows.Number(relation.Oid).Text(column.Name).Number(column.Type.Oid).Number(-1).Number(type?.Length ?? -1);
        rows.Number(column.Number).Number(type?.IsArray == true ? 1 : 0).Number(-1).Number(column.Type.Typmod);
        rows.Bool(storage.ByValue).Text(storage.Align).Text(storage.Storage).Text("");                  // attcompression
        rows.Bool(column.NotNull).Bool(column.Default is not null || column.Generated is not null).Bool(false);
        rows.Text(column.Identity == '\0' ? "" : column.Identity.ToString());
        rows.Text(column.Generated is null ? "" : "s").Bool(false).Bool(true).Number(0).Number(storage.Collation);
        rows.Null().Null().Null().Null().End();
    }
}
