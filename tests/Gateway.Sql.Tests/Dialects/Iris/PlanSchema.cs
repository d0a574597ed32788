using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Sql.Tests.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Iris;

/// <summary>The analyzer's test schema, a view with a text, two tables that were in IRIS before the gateway, and pg_class.</summary>
internal static class PlanSchema
{
    public static SchemaSnapshot Snapshot { get; } = new(
        1,
        ["public", "hospital", "pg_catalog", "information_schema"],
        [
            .. TestSchema.Snapshot.Relations,
            new RelationInfo(20, "public", "paid", RelationKind.View, [Column(1, "id", Oids.Int8), Column(2, "who", Oids.Text), Column(3, "amount", Oids.Numeric, ((12 << 16) | 2) + 4)])
            {
                Definition = "SELECT o.id, initcap(u.name), o.amount FROM orders o JOIN users u ON u.id = o.user_id WHERE o.status = 'paid'",
            },
            Foreign(21, "patient", [Column(1, "id", Oids.Int4), Folding(2, "name", Oids.VarChar, 54), Column(3, "born", Oids.Date), Folding(4, "city", Oids.VarChar, 54)]),
            Foreign(22, "visit", [Column(1, "id", Oids.Int4), Column(2, "patient", Oids.Int4), Column(3, "seen", Oids.Timestamp), Folding(4, "ward", Oids.VarChar, 24)]),
            new RelationInfo(23, "public", "embeddings", RelationKind.Table, [Column(1, "id", Oids.Int8), Column(2, "body", Oids.Text), Column(3, "v", Oids.Vector, 3), Column(4, "w", Oids.Vector, 3) with { NotNull = true }]),
            new RelationInfo(1259, "pg_catalog", "pg_class", RelationKind.Table, [Column(1, "oid", Oids.Oid), Column(2, "relname", Oids.Name), Column(3, "relkind", Oids.Char)]),
        ]);

    private static RelationInfo Foreign(uint oid, string name, ImmutableArray<ColumnInfo> columns) =>
        new(oid, "hospital", name, RelationKind.Table, columns) { Remote = new RemoteTable("Hospital", name, Foreign: true) };

    private static ColumnInfo Column(short number, string name, uint type, int typmod = -1) => new(name, number, new TypeRef(type, typmod), name == "id");

    private static ColumnInfo Folding(short number, string name, uint type, int typmod) =>
        Column(number, name, type, typmod) with { Remote = new RemoteColumn(DataType: "VARCHAR", FoldsCase: true) };
}
