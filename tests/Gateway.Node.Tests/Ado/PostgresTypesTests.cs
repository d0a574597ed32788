using Npgsql;
using NpgsqlTypes;

namespace Gateway.Node.Tests.Ado;

/// <summary>Every type both ways, compared with what the server itself prints.</summary>
[Collection("postgres node")]
public sealed class PostgresTypesTests(PostgresFixture fixture) : ServerTypesTests(fixture);

public abstract class ServerTypesTests(PostgresFixture fixture)
{
    private static readonly (string Type, string[] Values)[] Matrix =
    [
        ("boolean", ["true", "f"]),
        ("smallint", ["-32768", "32767"]),
        ("integer", ["-2147483648", "0"]),
        ("bigint", ["-9223372036854775808", "9223372036854775807"]),
        ("real", ["1.5", "3.4028235e38", "NaN", "-Infinity", "1e-45"]),
        ("double precision", ["0.1", "1.7976931348623157e308", "NaN", "Infinity", "5e-324", "-0"]),
        ("numeric", ["0", "123456789012345678901234567890.123456789", "NaN", "Infinity", "1.10"]),
        ("numeric(10,3)", ["12.3456"]),
        ("money", ["12.34", "-1"]),
        ("text", ["", "a", "Ünïcödé 🎉", "line\nbreak\ttab\\"]),
        ("varchar(5)", ["abcde"]),
        ("char(5)", ["ab"]),
        ("\"char\"", ["x"]),
        ("name", ["pg_class"]),
        ("bytea", [@"\x", @"\x00ff10"]),
        ("date", ["2000-02-29", "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31"]),
        ("time", ["00:00:00", "24:00:00", "12:34:56.789012"]),
        ("timetz", ["12:34:56+02", "00:00:00-15:59"]),
        ("timestamp", ["2000-01-01 00:00:00.000001", "infinity", "294276-12-31 23:59:59.999999", "0044-03-15 12:00:00 BC"]),
        ("timestamptz", ["2026-07-01 12:00:00+02", "-infinity", "1900-01-01 00:00:00Z"]),
        ("interval", ["1 year 2 mons 3 days 04:05:06.789", "-1 mons +1 day -00:00:01", "00:00:00"]),
        ("uuid", ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
        ("json", ["{\"a\" : [1,  2]}", "null"]),
        ("jsonb", ["{\"b\":1,\"a\":[1.50, null]}"]),
        ("xml", ["<a/>"]),
        ("inet", ["192.168.0.1/24", "::1"]),
        ("cidr", ["10.0.0.0/8"]),
        ("macaddr", ["08:00:2b:01:02:03"]),
        ("macaddr8", ["08:00:2b:01:02:03:04:05"]),
        ("bit(3)", ["101"]),
        ("varbit", ["", "1010101"]),
        ("point", ["(1,2.5)"]),
        ("line", ["{1,2,3}"]),
        ("lseg", ["[(0,0),(1,1)]"]),
        ("box", ["(1,1),(0,0)"]),
        ("path", ["((0,0),(1,1))"]),
        ("polygon", ["((0,0),(1,1),(1,0))"]),
        ("circle", ["<(0,0),2>"]),
        ("int4range", ["[1,10)", "empty"]),
        ("numrange", ["(1.5,]"]),
        ("tsrange", ["[\"2000-01-01 00:00:00\",\"2000-01-02 00:00:00\")"]),
        ("daterange", ["[2000-01-01,2000-02-01)"]),
        ("int4multirange", ["{[1,3),[5,7)}"]),
        ("tsvector", ["'a':1 'fat':2"]),
        ("tsquery", ["'fat' & 'rat'"]),
        ("oid", ["4294967295"]),
        ("xid", ["7"]),
        ("pg_lsn", ["16/B374D848"]),
        ("regclass", ["pg_class"]),
        ("regtype", ["integer"]),
        ("integer[]", ["{}", "{1,NULL,3}", "[0:1]={1,2}", "{{1,2},{3,4}}"]),
        ("text[]", ["{\"a,b\",NULL,\"NULL\",\"\"}"]),
        ("timestamptz[]", ["{\"2026-07-01 12:00:00+02\"}"]),
        ("numeric[]", ["{1.10,NaN}"]),
        ("bytea[]", ["{\"\\\\x00ff\"}"]),
        ("jsonb[]", ["{\"{\\\"a\\\": 1}\"}"]),
    ];

    public static TheoryData<string> Types => [.. Matrix.Select(entry => entry.Type)];

    [SkippableTheory]
    [MemberData(nameof(Types))]
    public void A_value_comes_as_the_server_prints_it(string type)
    {
        var items = string.Join(", ", Values(type).Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'::{type}"));
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        Assert.Equal(direct.Ask($"SELECT {items}, NULL::{type}"), gateway.Ask($"SELECT {items}, NULL::{type}"));
    }

    [SkippableTheory]
    [MemberData(nameof(Types))]
    public void A_parameter_is_stored_as_the_server_stores_it(string type)
    {
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        direct.Do($"CREATE TABLE typed (id int, here {type}, there {type})");
        try
        {
            fixture.Node.Backend.Refresh();
            var id = 0;
            foreach (var value in Values(type))
            {
                id++;
                using (var insert = new NpgsqlCommand("INSERT INTO typed (id, here) VALUES ($1, $2)", gateway)
                {
                    Parameters = { new() { Value = id }, new() { Value = value, NpgsqlDbType = NpgsqlDbType.Unknown } },
                })
                    Assert.Equal(1, insert.ExecuteNonQuery());
                direct.Do($"UPDATE typed SET there = '{value.Replace("'", "''", StringComparison.Ordinal)}' WHERE id = {id}");
            }

            Assert.Equal([], direct.Ask("SELECT * FROM typed WHERE here::text IS DISTINCT FROM there::text"));
            Assert.Equal(direct.Ask("SELECT * FROM typed ORDER BY id"), gateway.Ask("SELECT * FROM typed ORDER BY id"));
        }
        finally
        {
            direct.Do("DROP TABLE typed");
            fixture.Node.Backend.Refresh();
        }
    }

    [SkippableFact]
    public void Values_are_printed_by_the_settings_of_the_session()
    {
        const string Values = "SELECT timestamptz '2026-07-01 12:00:00Z', date '2026-07-01', interval '-1 day 2 hours', bytea 'a', 0.1::float4, now() = now(), "
            + "(timestamptz '2026-07-01 12:00:00Z')::text, (interval '1 day')::text, ARRAY[timestamp '2026-07-01 12:00'], timestamptz '2026-01-01 00:00'";
        string[] settings =
        [
            "SET TimeZone = 'Europe/Berlin'", "SET DateStyle = 'ISO, DMY'", "SET IntervalStyle = 'iso_8601'",
            "SET IntervalStyle = 'sql_standard'", "SET bytea_output = 'escape'", "SET extra_float_digits = 0",
        ];
        using var direct = fixture.Node.OpenDirect();
        using var gateway = fixture.Node.Open();
        foreach (var setting in settings)
        {
            direct.Do(setting);
            gateway.Do(setting);
            Assert.Equal(direct.Ask(Values), gateway.Ask(Values));
        }
    }

    [SkippableFact]
    public void Types_of_the_database_s_own_pass_and_enums_are_enums()
    {
        using var gateway = fixture.Node.Open();
        gateway.Do("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
        gateway.Do("CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
        gateway.Do("CREATE TYPE pair AS (a int, b text)");
        gateway.Do("CREATE TABLE moods (id int, m mood, p positive, two pair, many mood[])");
        try
        {
            gateway.Do("INSERT INTO moods VALUES (1, 'ok', 3, ROW(1, 'x'), '{sad,happy}')");
            using (var insert = new NpgsqlCommand("INSERT INTO moods (id, m) VALUES ($1, $2)", gateway) { Parameters = { new() { Value = 2 }, new() { Value = "happy", NpgsqlDbType = NpgsqlDbType.Unknown } } })
                insert.ExecuteNonQuery();
            Assert.Equal(["1|ok|3|(1,x)|{sad,happy}", "2|happy|∅|∅|∅"], gateway.Ask("SELECT * FROM moods ORDER BY m"));
            Assert.Equal(["2"], gateway.Ask("SELECT id FROM moods WHERE m = $1", new NpgsqlParameter { Value = "happy", NpgsqlDbType = NpgsqlDbType.Unknown }));
            Assert.Equal(["mood|mood[]|2|{happy}|{sad,ok}"], gateway.Ask("SELECT pg_typeof(m), pg_typeof(many), id, array_agg(m), enum_range(NULL, 'ok'::mood) FROM moods WHERE m > 'ok'::mood GROUP BY m, many, id"));
            using (var direct = fixture.Node.OpenDirect())
            using (var asked = new NpgsqlCommand("SELECT m, many FROM moods", gateway))
            using (var known = new NpgsqlCommand("SELECT m, many FROM moods", direct))
            using (var there = asked.ExecuteReader())
            using (var here = known.ExecuteReader())
                Assert.Equal(here.GetColumnSchema().Select(column => column.TypeOID), there.GetColumnSchema().Select(column => column.TypeOID));
            Assert.StartsWith("42883", gateway.Answer("SELECT upper(m) FROM moods"), StringComparison.Ordinal);
            Assert.StartsWith("23514", gateway.Answer("INSERT INTO moods (p) VALUES (-1)"), StringComparison.Ordinal);
            Assert.StartsWith("22P02", gateway.Answer("INSERT INTO moods (m) VALUES ('angry')"), StringComparison.Ordinal);
        }
        finally
        {
            gateway.Do("DROP TABLE moods");
            gateway.Do("DROP TYPE mood");
            gateway.Do("DROP TYPE pair");
            gateway.Do("DROP DOMAIN positive");
        }
    }

    private static string[] Values(string type) => Matrix.First(entry => entry.Type == type).Values;
}
