using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Analysis;

/// <summary>schema.sql as a snapshot.</summary>
internal static class TestSchema
{
    public static SchemaSnapshot Snapshot { get; } = new(
        1,
        ["public", "pg_catalog", "information_schema"],
        [
            Table(1, "users", ["id"],
                ("id", Oids.Int4, -1), ("name", Oids.Text, -1), ("email", Oids.VarChar, 104), ("age", Oids.Int2, -1),
                ("balance", Oids.Numeric, Numeric(10, 2)), ("created", Oids.TimestampTz, -1), ("active", Oids.Bool, -1),
                ("tags", Oids.TextArray, -1), ("data", Oids.Jsonb, -1), ("note", Oids.BpChar, 9)),
            Table(2, "orders", ["id"],
                ("id", Oids.Int8, -1), ("user_id", Oids.Int4, -1), ("amount", Oids.Numeric, Numeric(12, 2)), ("placed", Oids.Date, -1),
                ("status", Oids.VarChar, 24), ("qty", Oids.Int4, -1), ("ref", Oids.Uuid, -1), ("total", Oids.Float8, -1)),
            Table(3, "items", ["order_id", "pos"],
                ("order_id", Oids.Int8, -1), ("pos", Oids.Int4, -1), ("sku", Oids.Text, -1), ("price", Oids.Float4, -1),
                ("weight", Oids.Numeric, -1), ("raw", Oids.Bytea, -1), ("t", Oids.Time, -1), ("iv", Oids.Interval, -1),
                ("j", Oids.Json, -1), ("ts", Oids.Timestamp, 3)),
            Generated(),
            Table(5, "active_users", [], ("id", Oids.Int4, -1), ("name", Oids.Text, -1)) with { Kind = RelationKind.View },
            Table(6, "seq", [], ("last_value", Oids.Int8, -1), ("log_cnt", Oids.Int8, -1), ("is_called", Oids.Bool, -1)) with { Kind = RelationKind.Sequence },
        ]);

    private static RelationInfo Generated()
    {
        var table = Table(4, "gen", [], ("id", Oids.Int4, -1), ("a", Oids.Int4, -1), ("b", Oids.Int4, -1));
        return table with
        {
            Columns = [table.Columns[0] with { Identity = 'a' }, table.Columns[1], table.Columns[2] with { Generated = "(a * 2)" }],
        };
    }

    private static RelationInfo Table(uint oid, string name, string[] key, params (string Name, uint Type, int Typmod)[] columns) =>
        new(oid, "public", name, RelationKind.Table,
            [.. columns.Select((column, i) => new ColumnInfo(column.Name, (short)(i + 1), new TypeRef(column.Type, column.Typmod), key.Contains(column.Name)))])
        {
            Constraints = key.Length == 0 ? [] : [new ConstraintInfo(oid + 100, name + "_pkey", ConstraintKind.PrimaryKey, [.. key])],
        };

    private static int Numeric(int precision, int scale) => ((precision << 16) | scale) + 4;
}
