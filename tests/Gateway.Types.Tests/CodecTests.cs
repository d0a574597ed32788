using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class CodecTests(PostgresServer server)
{
    public static TheoryData<string, string[]> Values => new()
    {
        { "bool", ["t", "true", " YES ", "on", "1", "f", "fal", "no", "of", "0"] },
        { "int2", ["0", "-32768", "32767", " 7 ", "+5"] },
        { "int4", ["0", "-2147483648", "2147483647", "007"] },
        { "int8", ["0", "-9223372036854775808", "9223372036854775807", "\t12\n"] },
        { "oid", ["0", "4294967295", "-1", "26"] },
        { "xid", ["0", "4294967295", "7"] },
        { "cid", ["0", "12"] },
        { "xid8", ["0", "18446744073709551615"] },
        { "regtype", ["integer", "-", "varchar", "timestamp with time zone", "text[]", "25"] },
        { "float8", ["0", "-0", "1", "0.1", "1e20", "1e-5", "1e23", "1e15", "123456789012345", "1e14", "0.0001", "0.00012345", "5e-324", "1.7976931348623157e308", "NaN", "infinity", "-inf", "9007199254740993", "3.14159265358979", ".5", "1.", "8.41e21", "2.0743e-322", "9.5e22", "5.684341886080802e-14"] },
        { "float4", ["0", "1.1", "1e6", "123456", "1234567", "1e-45", "3.4028235e38", "nan", "-Infinity", "0.3", "16777216", "33554432", "8388608", "67108864", "9.8e9", "0.00001"] },
        { "numeric", ["0", "-0", "0.00", "1", "-1.50", "12345678901234567890.123456789", "1e10", "1.5e-10", "1E+3", ".5", "5.", "NaN", "inf", "-Infinity", "0.0001", "10000", "9999.9999", "100000000", "1e-20", "00012.3400", "-0.0", "0e5", "12e-1"] },
        { "money", ["0", "12.34", "-1234567.89", "$1,000", "(5.00)", "1.005", "-$3", ""] },
        { "text", ["", "abc", "äöü€𝄞", "a b  "] },
        { "varchar", ["x"] },
        { "bpchar", ["x  "] },
        { "name", ["relname", "a2345678901234567890123456789012345678901234567890123456789012345678901234567890"] },
        { "\"char\"", ["a", "", "xyz"] },
        { "bytea", ["", "\\x00ff10", "\\x DE AD be ef", "abc\\\\d\\001\\377"] },
        { "uuid", ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11"] },
        { "date", ["2000-01-01", "2024-02-29", "20240115", "2024-1-5", "January 8, 1999", "8-Jan-1999", "Jan-08-1999", "1999-Jan-08", "01/08/1999", "1/18/99", "4714-11-24 BC", "0001-01-01", "12345-06-07", "5874897-12-31", "infinity", "-infinity", "epoch", "1999.008", "J2451187", "Mon Jan 08 1999", "990108", "08.01.1999", "2024-01-15 10:20:30", "January 8 99 BC", "1999 Jan 8"] },
        { "time", ["00:00:00", "04:05:06.789", "04:05", "040506", "04:05 AM", "04:05 PM", "12:00 am", "24:00:00", "23:59:59.9999999", "23:59:60", "allballs", "T040506.5", "2003-04-12 04:05:06", "00:00:00.1234565"] },
        { "timetz", ["04:05:06.789-8", "04:05:06+05:30", "040506-08", "04:05 PST", "00:00:00+15:59", "24:00:00-15:59", "2003-04-12 04:05:06 America/New_York", "10:00 z"] },
        { "timestamp", ["2000-01-01 00:00:00", "1999-01-08 04:05:06", "January 8 04:05:06 1999 PST", "2024-02-29T23:59:59.999999", "4714-11-24 00:00:00 BC", "294276-12-31 23:59:59.999999", "infinity", "-infinity", "epoch", "20240115T101112", "20240115 101112.5", "0044-03-15 12:00:00 BC", "2024-01-15 24:00:00", "2024-01-15", "1999-12-31 23:59:59.9999995", "Sat Jan 15 10:00:00 2022", "2024-01-15 10:00:00 PM"] },
        { "timestamptz", ["2000-01-01 00:00:00+00", "1999-01-08 04:05:06-8:00", "1999-01-08 04:05:06 PST", "2024-07-01 12:00 America/New_York", "2024-01-01 12:00 Europe/Berlin", "2024-01-15T10:11:12Z", "2024-01-15T10:11:12.5+05:30", "20240115T101112+0530", "infinity", "4714-11-24 00:00:00+00 BC", "294276-12-31 23:59:59.999999+00", "2024-01-15 10:00 UTC", "2024-03-10 02:30 America/New_York", "2024-11-03 01:30 America/New_York", "2024-01-15 10:00:00 EST5EDT", "epoch", "2024-01-15 10:00 GMT+3"] },
        { "interval", Intervals },
        { "json", ["{\"a\": 1,  \"b\":[1,2,{}]}", "  null ", "\"\\u00e9\\ud834\\udd1e\"", "[]", "-1.5e10", "{}"] },
        { "jsonb", ["{\"bb\": 1, \"a\":[1,2.50,{}], \"a\":3, \"\":null}", "\"\\u00e9\\ud834\\udd1e\\n\\u0001\\/\"", "[1e3,-0,-0.00,1.10,1E-3]", "[]", "{ }", "true", "\"a\\\"b\\\\\"", "{\"b\":{\"z\":1,\"y\":[null,false]},\"aa\":\"x\",\"ab\":0}", "12345678901234567890.5"] },
        { "xml", ["<a>b</a>"] },
        { "bit(4)", ["1010", "xF", "b0001"] },
        { "varbit", ["", "1", "101010101", "x1F"] },
        { "inet", ["192.168.1.5", "192.168.1.5/24", "10/8", "::1", "2001:DB8::1/64", "::ffff:1.2.3.4", "::", "fe80::1:0:0:2", "0.0.0.0/0"] },
        { "cidr", ["192.168.1.0/24", "10", "192.168", "10.1.2.3", "2001:db8::/32", "::1", "224", "172.16"] },
        { "macaddr", ["08:00:2b:01:02:03", "08-00-2B-01-02-03", "08002b:010203", "08002b-010203", "0800.2b01.0203", "08002b010203"] },
        { "macaddr8", ["08:00:2b:01:02:03:04:05", "08002b:0102030405", "08:00:2b:01:02:03"] },
        { "inet[]", ["{10.0.0.1,::1}"] },
        { "pg_lsn", ["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"] },
        { "int4[]", ["{}", "{1,2,3}", "{NULL,1}", "{{1,2},{3,4}}", "[0:1]={1,2}", "[2:2][-1:0]={{1,2}}", " { 1 , null } ", "{{{1}}}"] },
        { "text[]", ["{a,\"b c\",NULL,\"null\",\"\",\"q\\\"x\\\\y\"}", "{ a b , c }", "{\"{\",\"}\",\",\"}", "{a\\,b}", "{äö}"] },
        { "numeric[]", ["{1.50,-2,NaN}"] },
        { "bool[]", ["{t,f,NULL}"] },
        { "timestamptz[]", ["{2024-01-01 00:00:00+00,NULL}"] },
        { "interval[]", ["{1 day,\"2 mons 03:00:00\"}"] },
        { "uuid[]", ["{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}"] },
        { "jsonb[]", ["{\"{\\\"a\\\":1}\"}"] },
        { "bytea[]", ["{\"\\\\\\\\x0102\"}"] },
        { "float8[]", ["{0.1,1e20}"] },
        { "int2vector", ["", "1 2 3"] },
        { "oidvector", ["1 4294967295"] },
        { "unknown", ["u"] },
    };

    private static string[] Intervals =>
    [
        "1 year 2 mons 3 days 04:05:06.789", "-1 year -2 mons +3 days -04:05:06", "1 day ago", "0", "-3 days", "1-2", "-1-2", "1.5 years",
        "1.5 months", "1.5 weeks", "1.5 days", "P1Y2M3DT4H5M6S", "P0001-02-03T04:05:06", "1 mon -1 day", "3 4:05:06", "-23:59:59.999999",
        "1 century 1 decade", "-0.5 sec", "@ 1 minute ago", "P-1Y2M", "100:00:00", "P1.5M", "1 day -00:00:01", "1-2 3 4:05:06",
        "+1-2 -3 +4:05:06", "PT36H", "P1W", "1y2mon3d4h5m6s", "1h", "20000", "1.5", "5 minutes 3", "1 year -1 day", "0.1 mon", "-1.7 mons",
        "1 day 1.5 hours", "-00:00:00.000001", "1 millennium", "3 ms", "7 us", "1.0000005 s", "178000000 years", "2562047788:00:54.775807",
        "2 weeks 3 days", "1:30", "1.2.3 day"[..3] + " day", "@ 1 hour 2 mins 3 secs", "P1DT12H30M5.25S", "-1 mon", "-5 hours", "PT",
    ];

    [SkippableTheory]
    [MemberData(nameof(Values))]
    public void Every_value_has_the_bytes_that_PostgreSQL_gives_it(string type, string[] values)
    {
        using var connection = server.Open();
        var send = SendFunction(type, connection);
        var list = string.Join(",", values.Select(v => $"({Referee.Quote(v)})"));
        var rows = Referee.Rows(connection, $"SELECT v, format('%s', v::{type}), encode({send}(v::{type}), 'hex'), '{type}'::regtype::oid FROM (VALUES {list}) t(v)");
        var failures = new StringBuilder();
        foreach (var row in rows)
        {
            var codec = Codecs.Get(uint.Parse(row[3]!));
            var (input, text, hex) = (row[0]!, row[1]!, row[2]!);
            Compare("text", () => Wire.FromText(codec, input, FormatSettings.Default));
            Compare("output", () => Wire.FromText(codec, text, FormatSettings.Default));
            Compare("binary", () => Wire.FromBinary(codec, Convert.FromHexString(hex), FormatSettings.Default));

            void Compare(string way, Func<(string, string)> ours)
            {
                try
                {
                    if (ours() is var o && o != (text, hex)) failures.AppendLine($"{type} {way} '{input}': {o} instead of {(text, hex)}");
                }
                catch (PgException e)
                {
                    failures.AppendLine($"{type} {way} '{input}': {e.SqlState} {e.Message}; {e.Detail}");
                }
            }
        }

        if (failures.Length > 0) Assert.Fail(failures.ToString());
    }

    private static string SendFunction(string type, Npgsql.NpgsqlConnection connection) =>
        Referee.Rows(connection, $"SELECT typsend FROM pg_type WHERE oid = '{type}'::regtype")[0][0]!;
}
