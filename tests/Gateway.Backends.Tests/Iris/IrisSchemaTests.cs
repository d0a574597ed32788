using Gateway.Backends.Embedded.Schema;
using Gateway.Backends.Iris.Schema;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class IrisSchemaTests
{
    private static ColumnRow Column(string name, string type, int? length = null, int? precision = null, int? scale = null, int position = 1) =>
        new("Sample", "Person", name, position, null, true, false, type, length, precision, scale, null, false);

    private static InformationSchema Found(params ColumnRow[] columns) => new(
        [new TableRow("Sample", "Person", "BASE TABLE", null)], columns, [], [], [], [], ["Sample", "SQLUser"]);

    [Theory]
    [InlineData("BIT", null, null, null, Oids.Bool, -1)]
    [InlineData("TINYINT", null, 3, 0, Oids.Int2, -1)]
    [InlineData("SMALLINT", null, 5, 0, Oids.Int2, -1)]
    [InlineData("INTEGER", null, 10, 0, Oids.Int4, -1)]
    [InlineData("INTEGER", null, 19, 0, Oids.Int8, -1)]
    [InlineData("BIGINT", null, 19, 0, Oids.Int8, -1)]
    [InlineData("NUMERIC", null, 15, 2, Oids.Numeric, ((15 << 16) | 2) + 4)]
    [InlineData("NUMERIC", null, null, null, Oids.Numeric, -1)]
    [InlineData("DOUBLE", null, 15, null, Oids.Float8, -1)]
    [InlineData("VARCHAR", 50, null, null, Oids.VarChar, 54)]
    [InlineData("VARCHAR", null, null, null, Oids.VarChar, -1)]
    [InlineData("LONGVARCHAR", null, null, null, Oids.Text, -1)]
    [InlineData("VARBINARY", 10, null, null, Oids.Bytea, -1)]
    [InlineData("DATE", null, null, null, Oids.Date, -1)]
    [InlineData("TIME", null, null, null, Oids.Time, -1)]
    [InlineData("TIMESTAMP", null, null, null, Oids.Timestamp, -1)]
    [InlineData("GUID", 36, null, null, Oids.Uuid, -1)]
    [InlineData("unheard of", null, null, null, Oids.Text, -1)]
    public void A_column_gets_its_type_from_what_IRIS_says(string type, int? length, int? precision, int? scale, uint oid, int typmod) =>
        Assert.Equal(new TypeRef(oid, typmod), ForeignTypes.Of(Column("c", type, length, precision, scale)));

    [Fact]
    public void Names_are_shown_in_lower_case_and_kept_as_they_are()
    {
        var catalog = IrisCatalog.Of(Found(Column("Name", "VARCHAR", 40), Column("Age", "INTEGER", precision: 10, position: 2)), Documents.None);
        var person = catalog.ToSnapshot(1).Find("sample", "person")!;
        Assert.Equal(new RemoteTable("Sample", "Person", true), person.Remote);
        Assert.Equal(new RemoteColumn("Name", "VARCHAR", true), person.Columns[0].Remote);
        Assert.Equal(new RemoteColumn("Age", "INTEGER"), person.Columns[1].Remote);
        Assert.Contains("sample", catalog.ToSnapshot(1).Schemas.AsEnumerable());
        Assert.Contains("public", catalog.ToSnapshot(1).Schemas.AsEnumerable());
    }

    [Fact]
    public void OIDs_are_the_same_whatever_else_there_is()
    {
        var alone = IrisCatalog.Of(Found(Column("a", "BIT")), Documents.None).Relations[0].Info.Oid;
        var found = Found(Column("a", "BIT"));
        var more = IrisCatalog.Of(
            found with { Tables = [new TableRow("SQLUser", "Another", "BASE TABLE", null), .. found.Tables] }, Documents.None);
        Assert.Equal(alone, more.Relations.Single(relation => relation.Info.Name == "person").Info.Oid);
        Assert.Equal(2, more.Relations.Select(relation => relation.Info.Oid).Distinct().Count());
    }

    [Fact]
    public void Names_that_meet_in_one_OID_get_different_ones()
    {
        var oids = new StableOids();
        Assert.NotEqual(oids.Of('r', "a", "b"), oids.Of('r', "A", "B"));
        Assert.NotEqual(new StableOids().Of('r', "a", "b"), new StableOids().Of('i', "a", "b"));
    }

    [Fact]
    public void A_document_holds_for_the_table_it_describes_and_for_no_other()
    {
        var described = new StoredRelation(new RelationInfo(16400, "sample", "Person", RelationKind.Table,
            [new ColumnInfo("doc", 1, new TypeRef(Oids.Jsonb), false)])
        {
            Remote = new RemoteTable("Sample", "Person"),
            Comment = "ours",
        });
        var documents = new Documents(true, [new Document(16400, 'r', RelationDocument.Write(described))]);
        var ours = IrisCatalog.Of(Found(Column("DOC", "VARCHAR", 65535)), documents);
        Assert.Equal("ours", Assert.Single(ours.Relations).Info.Comment);
        Assert.Equal(16401u, ours.NextOid);
        var replaced = IrisCatalog.Of(Found(Column("other", "VARCHAR", 10)), documents);
        Assert.True(Assert.Single(replaced.Relations).Info.Remote!.Foreign);
        var gone = IrisCatalog.Of(Found() with { Tables = [] }, documents);
        Assert.Empty(gone.Relations);
    }

    [Fact]
    public void Keys_references_and_indexes_are_found()
    {
        var found = Found(Column("id", "INTEGER", precision: 10), Column("boss", "INTEGER", precision: 10, position: 2)) with
        {
            Keys =
            [
                new KeyRow("Sample", "Person", "PersonKey", "PRIMARY KEY", "id", 1, null, null, null),
                new KeyRow("SAMPLE", "PERSON", "BossKey", "FOREIGN KEY", "boss", 1, "Sample", "Person", "ID"),
            ],
            References = [new ReferenceRow("Sample", "Person", "BossKey", "NO ACTION", "CASCADE")],
            Indexes = [new IndexRow("Sample", "Person", "BossIdx", false, 1, "boss", false)],
        };
        var person = IrisCatalog.Of(found, Documents.None).Relations[0].Info;
        Assert.Equal(["bosskey", "personkey"], person.Constraints.Select(constraint => constraint.Name));
        var key = person.Constraints[0];
        Assert.Equal(("sample", "person", "id", "cascade", null), (key.ReferencedSchema, key.ReferencedTable, key.ReferencedColumns[0], key.OnDelete, key.OnUpdate));
        Assert.Equal("boss", Assert.Single(Assert.Single(person.Indexes).Columns));
    }

    [Theory]
    [InlineData("CREATE TABLE \"SQLUser\".\"t\" (\"a\" INTEGER)", "DROP TABLE \"SQLUser\".\"t\"")]
    [InlineData("CREATE UNIQUE INDEX \"i\" ON TABLE \"SQLUser\".\"t\" (\"a\")", "DROP INDEX \"i\" ON TABLE \"SQLUser\".\"t\"")]
    [InlineData("ALTER TABLE \"SQLUser\".\"t\" ADD COLUMN (\"b\" INTEGER)", "ALTER TABLE \"SQLUser\".\"t\" DROP COLUMN \"b\"")]
    [InlineData("ALTER TABLE \"SQLUser\".\"t\" ALTER COLUMN \"a\" RENAME \"b\"", "ALTER TABLE \"SQLUser\".\"t\" ALTER COLUMN \"b\" RENAME \"a\"")]
    [InlineData("ALTER TABLE \"SQLUser\".\"t\" RENAME \"u\"", "ALTER TABLE \"SQLUser\".\"u\" RENAME \"t\"")]
    [InlineData("DROP TABLE \"SQLUser\".\"t\"", null)]
    public void What_was_added_can_be_taken_away(string done, string? undone) => Assert.Equal(undone, DdlUndo.Of(done));
}
