using Gateway.Sql.Schema;

namespace Gateway.Catalog;

/// <summary>Defaults and generated columns. adbin holds the expression's text, which pg_get_expr returns.</summary>
internal sealed class PgAttrdef() : CatalogRelation("pg_attrdef")
{
    // An OID of its own for each default: the table's and the column's number, out of the range of relations.
    private const uint Base = 0x4000_0000;

    public override void Fill(SchemaSnapshot snapshot, RowWriter rows)
    {
        foreach (var relation in snapshot.Relations)
            foreach (var column in relation.Columns)
                if ((column.Default ?? column.Generated) is { } expression)
                    rows.Number(Base + (relation.Oid % 0x4_0000 * 0x800) + (uint)column.Number).Number(relation.Oid).Number(column.Number).Text(expression).End();
    }
}
