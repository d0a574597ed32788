using System.Text;
using Gateway.Backends.Tests.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Iris;

/// <summary>Every .NET type a driver may deliver a value in comes to the same value, whatever the metadata says.</summary>
public sealed class DriverTypeTests
{
    private static readonly DateTime Moment = new DateTime(2024, 2, 29, 23, 59, 58).AddTicks(1_234_560);

    private static readonly Dictionary<string, (string Expected, object[] Delivered)> Cases = new()
    {
        ["bool"] = ("t", [true, (sbyte)1, (byte)1, (short)1, 1, 1L, 1m, 1.0, "1", "true"]),
        ["int2"] = ("7", [(sbyte)7, (byte)7, (short)7, 7, 7L, 7UL, 7m, 7.00m, 7f, 7.0, "7", "7"u8.ToArray()]),
        ["int4"] = ("-70000", [-70000, -70000L, -70000m, -70000.0, "-70000"]),
        ["int8"] = ("3000000000", [3000000000L, 3000000000UL, 3000000000m, 3000000000.0, "3000000000"]),
        ["numeric"] = ("0.5", [0.5m, 0.5, 0.5f, ".5", "0.5", ".5"u8.ToArray(), Reader(".5")]),
        ["numeric(6,2)"] = ("12.50", [12.5m, 12.50m, 12.5, 12.5f, "12.5", "12.500", Bytes("12.5")]),
        ["float8"] = ("1.5", [1.5, 1.5f, 1.5m, "1.5", "15E-1"]),
        ["date"] = ("2024-02-29", [new DateTime(2024, 2, 29), Moment, new DateOnly(2024, 2, 29), 66899, 66899L, 66899m, "2024-02-29", "2024-02-29 00:00:00"]),
        ["time"] = ("23:59:58.123456", [Moment.TimeOfDay, Moment, TimeOnly.FromDateTime(Moment), "23:59:58.123456"]),
        ["timestamp"] = ("2024-02-29 23:59:58.123456",
            [Moment, DateTime.SpecifyKind(Moment, DateTimeKind.Utc), "2024-02-29 23:59:58.123456", 1709251198123456L ^ (1L << 60), new DateTimeOffset(Moment, TimeSpan.FromHours(5))]),
        ["timestamptz"] = ("2024-02-29 23:59:58.123456+00",
            [Moment, DateTime.SpecifyKind(Moment, DateTimeKind.Utc), "2024-02-29 23:59:58.123456", new DateTimeOffset(Moment, TimeSpan.Zero)]),
        ["uuid"] = ("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            [Guid.Parse("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"]),
        ["text"] = ("é😀", ["é😀", "é😀".ToCharArray(), Reader("é😀"), Bytes("é😀"), Encoding.UTF8.GetBytes("é😀")]),
        ["bytea"] = ("\\x00ff", [new byte[] { 0, 255 }, new MemoryStream([0, 255]), "\0ÿ", Reader("\0ÿ")]),
        ["vector"] = ("[1,2.5]", ["1,2.5", "[1,2.5]", Reader("1,2.5"), Bytes("1,2.5")]),
    };

    private static Func<object> Reader(string text) => () => new StringReader(text);

    private static Func<object> Bytes(string text) => () => new MemoryStream(Encoding.UTF8.GetBytes(text));

    private static readonly Type[] Claims =
    [
        typeof(string), typeof(bool), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(double),
        typeof(DateTime), typeof(TimeSpan), typeof(byte[]), typeof(Guid), typeof(object),
    ];

    public static TheoryData<string> Types() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_value_is_the_same_in_whatever_type_it_comes(string type)
    {
        var (expected, delivered) = Cases[type];
        foreach (var value in delivered)
        {
            foreach (var claim in (Type[])[Fresh(value).GetType(), .. Claims])
            {
                var found = Received(type, Fresh(value), claim);
                Assert.True(expected == found, $"{type} as {Fresh(value).GetType().Name}, called {claim.Name}: {found}");
            }
        }
    }

    [Theory]
    [InlineData("text", "")]
    [InlineData("bpchar", "")]
    [InlineData("jsonb", null)]
    public void One_zero_byte_is_the_empty_string(string type, string? expected)
    {
        foreach (var value in (object[])["\0", Reader("\0"), "\0".ToCharArray()])
            if (expected is null) Engine.Fails("22P02", () => Received(type, Fresh(value), typeof(string)));
            else Assert.Equal(expected, Received(type, Fresh(value), typeof(string)));
    }

    [Theory]
    [InlineData("text", "a\0b", "22021")]
    [InlineData("int4", 1.5, "22P02")]
    [InlineData("int8", 1e300, "22P02")]
    [InlineData("time", 86400, "42804")]
    [InlineData("timestamp", 5, "42804")]
    [InlineData("date", 99999999, "42804")]
    public void What_cannot_be_the_value_is_an_error(string type, object value, string state) =>
        Engine.Fails(state, () => Received(type, value, value.GetType()));

    private static object Fresh(object value) => value switch
    {
        Func<object> make => make(),
        MemoryStream stream => new MemoryStream(stream.ToArray()),
        _ => value,
    };

    private static string Received(string type, object value, Type metadata)
    {
        var expected = type == "numeric(6,2)" ? new TypeRef(Oids.Numeric, Typmod.Numeric(6, 2))
            : type == "vector" ? new TypeRef(Oids.Vector)
            : new TypeRef(PgTypes.Find(type)!.Oid);
        var server = new FakeServer();
        server.Says("SELECT", new Answer(Types: [metadata], Rows: [[value]]));
        using var iris = new FakeIris(server: server);
        return iris.Run(new Plan([new QueryStep(new RemoteQuery("SELECT", [], [expected]))]))[0];
    }
}
