using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Tests.Dialects.Iris;

public sealed class TypeTests
{
    [Theory]
    [InlineData(Oids.Bool, -1, "BIT", Storage.Boolean)]
    [InlineData(Oids.Int2, -1, "SMALLINT", Storage.Integer)]
    [InlineData(Oids.Int4, -1, "INTEGER", Storage.Integer)]
    [InlineData(Oids.Int8, -1, "BIGINT", Storage.Integer)]
    [InlineData(Oids.Numeric, -1, "VARCHAR(2000) COLLATE %EXACT", Storage.PgText)]
    [InlineData(Oids.Float4, -1, "DOUBLE", Storage.Double)]
    [InlineData(Oids.Text, -1, "VARCHAR(65535) COLLATE %EXACT", Storage.Text)]
    [InlineData(Oids.VarChar, 24, "VARCHAR(20) COLLATE %EXACT", Storage.Text)]
    [InlineData(Oids.Name, -1, "VARCHAR(64) COLLATE %EXACT", Storage.Text)]
    [InlineData(Oids.BpChar, 9, "VARCHAR(5) COLLATE %EXACT", Storage.BlankStripped)]
    [InlineData(Oids.Date, -1, "DATE", Storage.Date)]
    [InlineData(Oids.Time, -1, "TIME(6)", Storage.Time)]
    [InlineData(Oids.Timestamp, -1, "TIMESTAMP", Storage.Timestamp)]
    [InlineData(Oids.TimestampTz, -1, "TIMESTAMP", Storage.Timestamp)]
    [InlineData(Oids.Uuid, -1, "VARCHAR(36) COLLATE %EXACT", Storage.Uuid)]
    [InlineData(Oids.Bytea, -1, "VARBINARY(65535)", Storage.Bytes)]
    [InlineData(Oids.Jsonb, -1, "VARCHAR(65535) COLLATE %EXACT", Storage.PgText)]
    [InlineData(Oids.Interval, -1, "VARCHAR(65535) COLLATE %EXACT", Storage.PgText)]
    [InlineData(Oids.TextArray, -1, "VARCHAR(65535) COLLATE %EXACT", Storage.PgText)]
    public void A_type_is_kept_in(uint type, int typmod, string ddl, Storage storage)
    {
        Assert.Equal(ddl, IrisTypes.DdlType(new TypeRef(type, typmod)));
        Assert.Equal(storage, IrisTypes.StorageOf(new TypeRef(type, typmod)));
    }

    [Theory]
    [InlineData(10, 2, "NUMERIC(10,2)", true)]
    [InlineData(18, 18, "NUMERIC(18,18)", true)]
    [InlineData(19, 2, "VARCHAR(2000) COLLATE %EXACT", false)]
    [InlineData(5, -2, "VARCHAR(2000) COLLATE %EXACT", false)]
    [InlineData(3, 5, "VARCHAR(2000) COLLATE %EXACT", false)]
    public void Numbers_that_IRIS_computes_with_are_numbers_there(int precision, int scale, string ddl, bool comparable)
    {
        var type = new TypeRef(Oids.Numeric, Typmod.Numeric(precision, scale));
        Assert.Equal(ddl, IrisTypes.DdlType(type));
        Assert.Equal(comparable, IrisTypes.Comparable(type));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A b", true)]
    [InlineData("1a", true)]
    [InlineData("", false)]
    [InlineData("a.b", false)]
    [InlineData("a,b", false)]
    [InlineData("a^b", false)]
    [InlineData("a->b", false)]
    [InlineData("*a", false)]
    [InlineData("%vid", false)]
    [InlineData("+-", false)]
    [InlineData("?column?", false)]
    public void IRIS_can_write_a_name(string name, bool writable) => Assert.Equal(writable, IrisNames.IsWritable(name));

    [Fact]
    public void Columns_get_names_that_differ_by_more_than_case()
    {
        var taken = new HashSet<string>(IrisNames.Comparer);
        string[] names = ["id", "ID", "a.b", "a,b", "?column?", "", "*x"];
        Assert.Equal(["id", "ID_2", "a_b", "a_b_2", "column", "c_0", "x"], names.Select(name => IrisNames.Unique(name, taken)));
    }

    [Theory]
    [InlineData("public", "SQLUser")]
    [InlineData("hospital", "hospital")]
    public void Schemas_go_there_and_back(string schema, string remote)
    {
        Assert.Equal(remote, IrisNames.Schema(schema));
        Assert.Equal(schema, IrisNames.FromSchema(remote));
    }

    [Fact]
    public void Names_are_quoted_and_qualified()
    {
        var table = new RelationInfo(1, "public", "say \"x\"", RelationKind.Table, [new ColumnInfo("a", 1, new TypeRef(Oids.Int4), false)]);
        Assert.Equal("\"SQLUser\".\"say \"\"x\"\"\"", IrisNames.Table(table));
        Assert.Equal("\"a\"", IrisNames.Column(table.Columns[0]));
        var other = table with { Remote = new RemoteTable("Sample", "Person") };
        Assert.Equal("\"Sample\".\"Person\"", IrisNames.Table(other));
    }

    [Theory]
    [InlineData("2024.1", false, false, true)]
    [InlineData("2025.1", true, true, true)]
    [InlineData("2025.2.0.123", true, true, true)]
    [InlineData("2023.3", false, false, false)]
    public void What_a_version_has(string version, bool limit, bool trunc, bool vector)
    {
        var options = new IrisOptions(Version.Parse(version), false);
        Assert.Equal((limit, trunc, vector), (options.HasLimit, options.HasDateTrunc, options.HasVector));
    }
}
