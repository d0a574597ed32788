using System.Text;
using Gateway.Backends.Iris;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

public sealed class ValueTests
{
    private static TypeRef TypeOf(string type) => type switch
    {
        "numeric(6,2)" => new TypeRef(Oids.Numeric, Typmod.Numeric(6, 2)),
        "numeric(30,2)" => new TypeRef(Oids.Numeric, Typmod.Numeric(30, 2)),
        "char(4)" => new TypeRef(Oids.BpChar, Typmod.Length(4)),
        _ => new TypeRef(PgTypes.Find(type)!.Oid),
    };

    /// <summary>PostgreSQL's text, as the client's parameter.</summary>
    private static object Sent(string type, string text)
    {
        using var list = new ValueList();
        list.AddDecoded(Codecs.Get(TypeOf(type).Oid), Format.Text, Encoding.UTF8.GetBytes(text), FormatSettings.Default);
        return IrisParameters.Value(list, 0, TypeOf(type));
    }

    private static string Received(string type, object? value, Type? metadata = null)
    {
        var server = new FakeServer();
        server.Says("SELECT", new Answer(Types: [metadata ?? value?.GetType() ?? typeof(string)], Rows: [[value]]));
        using var iris = new FakeIris(server: server);
        return iris.Run(new Plan([new QueryStep(new RemoteQuery("SELECT", [], [TypeOf(type)]))]))[0];
    }

    [Theory]
    [InlineData("bool", "t", 1)]
    [InlineData("bool", "f", 0)]
    [InlineData("int2", "-5", -5)]
    [InlineData("int4", "2147483647", 2147483647)]
    [InlineData("int8", "2147483648", 2147483648L)]
    [InlineData("float4", "1.5", 1.5)]
    [InlineData("float8", "-0.1", -0.1)]
    [InlineData("text", "", "")]
    [InlineData("text", "a ", "a ")]
    [InlineData("bpchar", "a  ", "a")]
    [InlineData("date", "2024-02-29", "2024-02-29")]
    [InlineData("date", "1840-12-31", "1840-12-31")]
    [InlineData("time", "12:00", "12:00:00")]
    [InlineData("time", "23:59:59.000010", "23:59:59.00001")]
    [InlineData("timestamp", "0001-01-01 00:00:00", "0001-01-01 00:00:00")]
    [InlineData("timestamp", "9999-12-31 23:59:59.999999", "9999-12-31 23:59:59.999999")]
    [InlineData("timestamp", "1999-12-31 23:59:59.5", "1999-12-31 23:59:59.5")]
    [InlineData("timestamptz", "2024-01-01 00:00:00+02", "2023-12-31 22:00:00")]
    [InlineData("uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("numeric", "1.50", "1.50")]
    [InlineData("numeric", "NaN", "NaN")]
    [InlineData("jsonb", "{\"b\":1, \"a\":2}", "{\"a\": 2, \"b\": 1}")]
    [InlineData("interval", "1 day", "1 day")]
    [InlineData("_int4", "{1,2}", "{1,2}")]
    public void A_parameter_goes_as_its_storage_says(string type, string text, object expected) => Assert.Equal(expected, Sent(type, text));

    [Fact]
    public void Numbers_of_few_digits_go_as_decimals_and_others_as_text()
    {
        Assert.Equal(12.50m, Sent("numeric(6,2)", "12.50"));
        Assert.Equal("1234567890123456789012345678.90", Sent("numeric(30,2)", "1234567890123456789012345678.90"));
        Assert.Equal([0x00, 0xFF], (byte[])Sent("bytea", "\\x00ff"));
    }

    [Theory]
    [InlineData("date", "1840-12-30", "22008")]
    [InlineData("date", "10000-01-01", "22008")]
    [InlineData("date", "infinity", "22008")]
    [InlineData("timestamp", "-infinity", "22008")]
    [InlineData("timestamp", "0001-12-31 BC", "22008")]
    [InlineData("timestamptz", "10000-01-01 00:00:00+00", "22008")]
    [InlineData("time", "24:00", "22008")]
    [InlineData("float8", "NaN", "22003")]
    [InlineData("float4", "-Infinity", "22003")]
    [InlineData("numeric(6,2)", "NaN", "22003")]
    public void What_IRIS_cannot_keep_is_refused(string type, string text, string state) => Engine.Fails(state, () => Sent(type, text));

    [Fact]
    public void A_NUL_character_is_refused()
    {
        using var list = new ValueList();
        list.Add(Carrier.Text, "a\0b"u8);
        Engine.Fails("22021", () => IrisParameters.Value(list, 0, TypeOf("text")));
    }

    public static TheoryData<string, object?, string> Results() => new()
    {
        { "bool", true, "t" },
        { "bool", 0, "f" },
        { "bool", "1", "t" },
        { "int2", (short)7, "7" },
        { "int4", 7m, "7" },
        { "int4", "7", "7" },
        { "int4", 7.0, "7" },
        { "int8", long.MinValue, "-9223372036854775808" },
        { "int8", 5, "5" },
        { "float8", 0.1, "0.1" },
        { "float8", 3, "3" },
        { "float8", 0.5m, "0.5" },
        { "float8", "1e300", "1e+300" },
        { "float4", 0.1, "0.1" },
        { "numeric", 12.5m, "12.5" },
        { "numeric", ".5", "0.5" },
        { "numeric", "-.25", "-0.25" },
        { "numeric(6,2)", 12.5m, "12.50" },
        { "numeric(6,2)", ".5", "0.50" },
        { "numeric(6,2)", 3, "3.00" },
        { "numeric(6,2)", 0.1, "0.10" },
        { "text", "\0", "" },
        { "text", "", "" },
        { "text", "é😀", "é😀" },
        { "text", 12, "12" },
        { "char(4)", "ab", "ab  " },
        { "char(4)", "\0", "    " },
        { "date", new DateTime(2024, 2, 29), "2024-02-29" },
        { "date", "2024-02-29", "2024-02-29" },
        { "date", 66899, "2024-02-29" },
        { "time", new TimeSpan(0, 23, 59, 59, 999), "23:59:59.999" },
        { "time", new DateTime(1, 1, 1, 8, 30, 0), "08:30:00" },
        { "time", "08:30:00.5", "08:30:00.5" },
        { "timestamp", new DateTime(2024, 1, 2, 3, 4, 5).AddTicks(10), "2024-01-02 03:04:05.000001" },
        { "timestamp", new DateTime(1, 1, 1), "0001-01-01 00:00:00" },
        { "timestamp", "1999-12-31 23:59:59.999999", "1999-12-31 23:59:59.999999" },
        { "timestamptz", new DateTime(2024, 1, 1), "2024-01-01 00:00:00+00" },
        { "timestamptz", "2024-01-01 00:00:00", "2024-01-01 00:00:00+00" },
        { "uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" },
        { "uuid", Guid.Parse("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" },
        { "bytea", new byte[] { 0, 255 }, "\\x00ff" },
        { "bytea", "\u0001ÿ", "\\x01ff" },
        { "jsonb", "{\"a\": 1}", "{\"a\": 1}" },
        { "interval", "1 day 02:00:00", "1 day 02:00:00" },
        { "_text", "{a,\"b c\",NULL}", "{a,\"b c\",NULL}" },
        { "text", null, "NULL" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void A_result_is_read_by_its_own_type_and_the_expected_one(string type, object? value, string expected) =>
        Assert.Equal(expected, Received(type, value));

    [Theory]
    [InlineData("int4", 7, typeof(string))]
    [InlineData("text", "7", typeof(int))]
    [InlineData("numeric", "7", typeof(decimal))]
    public void Metadata_that_is_wrong_is_not_believed(string type, object value, Type metadata) => Assert.Equal("7", Received(type, value, metadata));

    [Theory]
    [InlineData("int4", 3000000000L, "22003")]
    [InlineData("int4", "x", "22P02")]
    [InlineData("int4", "", "42804")]
    [InlineData("bytea", "日", "42804")]
    public void A_result_that_does_not_fit_its_type_is_an_error_and_no_other_value(string type, object value, string state) =>
        Engine.Fails(state, () => Received(type, value));

    [Fact]
    public void Half_a_character_is_an_error_and_no_replacement() =>
        Engine.Fails("22021", () => Received("text", "a" + (char)0xD83D));

    [Fact]
    public void Rows_put_aside_come_back_the_same_from_memory_and_from_a_file()
    {
        foreach (var memory in (long[])[1 << 20, 100])
        {
            var server = new FakeServer();
            var rows = Enumerable.Range(0, 5000).Select(i => new object?[] { i, i % 7 == 0 ? null : new string('x', i % 300), i / 3.0 }).ToArray();
            server.Says("SELECT a", Answer.Table(rows));
            using var iris = new FakeIris(options => options with { Limits = new(memory, 1 << 26) }, server);
            using var none = new ValueList();
            var query = new RemoteQuery("SELECT a", [], [TypeOf("int4"), TypeOf("text"), TypeOf("float8")]);
            using var half = iris.Connection.Execute(new Plan([new QueryStep(query)]), none);
            Assert.True(half.Read());
            iris.Run(new Plan([new CommandStep("UPDATE", [])]));
            for (var i = 1; i < rows.Length; i++)
            {
                Assert.True(half.Read());
                Assert.Equal(i, half.GetInt64(0));
                Assert.Equal(rows[i][1] is null, half.IsNull(1));
                if (!half.IsNull(1)) Assert.Equal(i % 300, half.GetSpan(1).Length);
                Assert.Equal(i / 3.0, half.GetFloat64(2));
            }

            Assert.False(half.Read());
        }
    }
}
