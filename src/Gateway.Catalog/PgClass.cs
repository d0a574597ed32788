using Gateway.Sql.Schema;

namespace Gateway.Catalog;

internal sealed class PgClass() : CatalogRelation("pg_class")
{
    private const int HeapAccessMethod = 2;
    private const int BtreeAccessMethod = 403;

    public override void Fill(SchemaSnapshot snapshot, RowWriter rows)
    {
        foreach (var relation in snapshot.Relations)
        {
            var checks = relation.Constraints.Count(constraint => constraint.Kind == ConstraintKind.Check);
            var kind = (char)relation.Kind;
            Row(rows, relation.Oid, relation.Name, SystemCatalog.NamespaceOid(relation.Schema, snapshot),
                relation.Kind is RelationKind.Table or RelationKind.MaterializedView ? HeapAccessMethod : 0,
                kind, relation.Columns.Length, checks,
                hasIndex: relation.Indexes.Length > 0,
                hasRules: relation.Kind == RelationKind.View,
                hasTriggers: relation.Constraints.Any(constraint => constraint.Kind == ConstraintKind.ForeignKey),
                persistence: relation.Temporary ? 't' : 'p');
            foreach (var index in relation.Indexes)
                Row(rows, index.Oid, index.Name, SystemCatalog.NamespaceOid(relation.Schema, snapshot), BtreeAccessMethod,
                    'i', index.Columns.Length, 0, false, false, false, relation.Temporary ? 't' : 'p');
        }
    }

    private static void Row(
        RowWriter rows, uint oid, string name, uint schema, int accessMethod, char kind, int columns, int checks,
        bool hasIndex, bool hasRules, bool hasTriggers, char persistence)
    {
        rows.Number(oid).Text(name).Number(schema);
        rows.Number(0).Number(0).Number(SystemCatalog.Owner).Number(accessMethod);                      // reltype … relam
        rows.Number(kind is 'v' ? 0 : oid).Number(0).Number(0).Text("-1").Number(0).Number(0);          // relfilenode … reltoastrelid
        rows.Bool(hasIndex).Bool(false).Text(persistence.ToString()).Text(kind.ToString());
        rows.Number(columns).Number(checks).Bool(hasRules).Bool(hasTriggers).Bool(false);
        rows.Bool(false).Bool(false).Bool(true).Text(kind is 'r' ? "d" : "n").Bool(false);              // relrowsecurity … relispartition
        rows.Number(0).Number(0).Number(0).Null().Null().Null().End();
    }
}
