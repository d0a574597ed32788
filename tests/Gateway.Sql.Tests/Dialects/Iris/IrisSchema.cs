using Gateway.Sql.Schema;
using Gateway.Sql.Tests.Analysis;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Iris;

/// <summary>The tables of <see cref="TestSchema"/>, and some that were in IRIS before the gateway.</summary>
internal static class IrisSchema
{
    public static SchemaSnapshot Snapshot { get; } = new(
        1,
        ["public", "hospital", "pg_catalog", "information_schema"],
        [
            .. TestSchema.Snapshot.Relations,
            Foreign(
                50, "patient", "Hospital", "Patient",
                new("id", 1, new TypeRef(Oids.Int4), true) { Remote = new RemoteColumn("ID", "INTEGER") },
                new("name", 2, new TypeRef(Oids.VarChar, 54), false) { Remote = new RemoteColumn("Name", "VARCHAR", FoldsCase: true) },
                new("city", 3, new TypeRef(Oids.VarChar, 54), false) { Remote = new RemoteColumn("City", "VARCHAR", FoldsCase: true) },
                new("code", 4, new TypeRef(Oids.VarChar, 14), false) { Remote = new RemoteColumn("Code", "VARCHAR") },
                new("born", 5, new TypeRef(Oids.Date), false) { Remote = new RemoteColumn("Born", "DATE") },
                new("alive", 6, new TypeRef(Oids.Bool), true) { Remote = new RemoteColumn("Alive", "BIT") },
                new("notes", 7, new TypeRef(Oids.Text), false) { Remote = new RemoteColumn("Notes", "LONGVARCHAR") },
                new("fee", 8, new TypeRef(Oids.Numeric, Typmod.Numeric(8, 2)), false) { Remote = new RemoteColumn("Fee", "NUMERIC") },
                new("seen", 9, new TypeRef(Oids.Timestamp), false) { Remote = new RemoteColumn("Seen", "TIMESTAMP") }),
            Foreign(
                51, "visit", "Hospital", "Visit",
                new("patient", 1, new TypeRef(Oids.Int4), true) { Remote = new RemoteColumn("Patient", "INTEGER") },
                new("ward", 2, new TypeRef(Oids.VarChar, 24), false) { Remote = new RemoteColumn("Ward", "VARCHAR", FoldsCase: true) },
                new("cost", 3, new TypeRef(Oids.Numeric, Typmod.Numeric(8, 2)), true) { Remote = new RemoteColumn("Cost", "NUMERIC") }),
            new RelationInfo(60, "public", "odd", RelationKind.Table, [
                new ColumnInfo("a.b", 1, new TypeRef(Oids.Int4), false) { Remote = new RemoteColumn("a_b") },
                new ColumnInfo("Name", 2, new TypeRef(Oids.Text), false),
                new ColumnInfo("name", 3, new TypeRef(Oids.Text), false) { Remote = new RemoteColumn("name_2") },
                new ColumnInfo("say \"x\"", 4, new TypeRef(Oids.Int4), false),
            ]) { Remote = new RemoteTable("SQLUser", "odd_2") },
        ]);

    private static RelationInfo Foreign(uint oid, string name, string remoteSchema, string remoteName, params ColumnInfo[] columns) =>
        new(oid, "hospital", name, RelationKind.Table, [.. columns])
        {
            Remote = new RemoteTable(remoteSchema, remoteName, Foreign: true),
            Constraints = name == "patient" ? [new ConstraintInfo(oid + 100, "patient_pkey", ConstraintKind.PrimaryKey, ["id"])] : [],
        };
}
