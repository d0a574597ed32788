using System.Text;
using Gateway.Tests.Shared;
using Npgsql;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class ErrorTests(PostgresServer server)
{
    public static TheoryData<string, string[]> BadInputs => new()
    {
        { "bool", ["", "x", "o", "truee", "2"] },
        { "int2", ["32768", "x", "", "1.5", "-32769", " 1x"] },
        { "int4", ["99999999999", "x", "", "1 2", "--1", "-", "2147483648", "-2147483649", "99999999999999999999999999"] },
        { "int8", ["9223372036854775808", "-9223372036854775809", "abc"] },
        { "oid", ["4294967296", "x", "", "-2147483649", "99999999999999999999999"] },
        { "float8", ["x", "", "1e400", "-1e400", "1e-400", "1e", "1.2.3", "."] },
        { "float4", ["1e40", "x", "1e-50"] },
        { "numeric", ["", "x", "1.2.3", "1e", "1e+", "--1", "1 2", "1e200000", "1e-20000", "."] },
        { "money", ["x", "1.2.3", "99999999999999999999"] },
        { "bytea", ["\\xzz", "\\x1", "\\9", "a\\", "\\40"] },
        { "uuid", ["", "x", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"] },
        { "date", ["", "x", "2024-13-01", "2024-02-30", "2024-01-32", "2024", "2024-01", "0000-01-01", "5874898-01-01", "4715-01-01 BC", "32/01/2024", "2024-01-01 25:00", "2024-01-01 foo/bar", "-"] },
        { "time", ["", "25:00", "x", "12:60", "12:00:61", "2024-01-01", "24:00:01", "13:00 PM", "1"] },
        { "timetz", ["25:00", "x", "10:00+17"] },
        { "timestamp", ["", "x", "294277-01-01", "2024-01-01 24:01", "2024-01-01 00:60", "2024-13-01 00:00", "4715-01-01 BC"] },
        { "timestamptz", ["2024-01-01 00:00+17", "2024-01-01 nowhere/land", "x", "2024-01-01 00:00 xyz"] },
        { "interval", ["", "x", "1 foo", "3000000000 months", "1:70", "1 day 2 days", "P", "P1X", "ago", "1 ago day", "1:2:3:4"] },
        { "json", ["", " ", "{\"a\":1,}", "[1,2", "{\"a\" 1}", "tru", "\"\\x\"", "\"\\u00\"", "\"\\u00zz\"", "01", "1.", "[1 2]", "{1:2}", "\"a\nb\"", "\"abc", "1 2", "{\"a\":1 \"b\"}", "{,}", "[,]", "-", "{\"a\":}", "{\"a\":1,\n\"b\":x\n}", "1e", "+1", "{\"a\":1]", "[1}", "'a'", "{\"a\"", "[", "{\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\":1 x", "nul", "NULL", "{}}", "[1],"] },
        { "jsonb", ["\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\\ud83dx\"", "[1,", "{\"a\":\"\\ud800\\n\"}"] },
        { "bit(3)", ["102"] },
        { "varbit", ["x1g", "12"] },
        { "pg_lsn", ["", "1", "x/y", "123456789/0"] },
        { "int4[]", ["{1", "1", "{1}x", "{1,}", "{{1},{1,2}}", "{1,{2}}", "[1:2]={1}", "[2:1]={1}", "[1:1{1}", "[a:1]={1}", "{{{{{{{1}}}}}}}", "{,1}", "{{},{}}", "[1:1]=1", "{{1},2}", "{1}}", "{}}", "{{1}", "{x}", "", "{99999999999}"] },
        { "text[]", ["{\"a\"b}", "{a\"b\"}", "{\"a", "{a\\"] },
        { "int2vector", ["1 2 x", "99999"] },
        { "inet", ["", "x", "1.2.3", "1.2.3.256", "1.2.3.4/33", "::1/129", ":::1", "1.2.3.4.5"] },
        { "cidr", ["192.168.1.5/24", "x", "::1/64"] },
        { "macaddr", ["", "x", "08:00:2b:01:02", "08:00:2b:01:02:03:04", "08:00-2b:01:02:03"] },
        { "macaddr8", ["x"] },
        { "record", ["(1,2)"] },
        { "regtype", ["nosuchtype"] },
    };

    [SkippableTheory]
    [MemberData(nameof(BadInputs))]
    public void Bad_input_is_refused_in_PostgreSQLs_own_words(string type, string[] values)
    {
        using var connection = server.Open();
        var oid = uint.Parse(Referee.Rows(connection, $"SELECT '{type}'::regtype::oid")[0][0]!);
        var failures = new StringBuilder();
        foreach (var value in values)
        {
            var theirs = Error(connection, $"SELECT {Referee.Quote(value)}::{type}");
            string ours;
            try
            {
                ours = "none: " + Wire.FromText(Codecs.Get(oid), value, FormatSettings.Default).Text;
            }
            catch (PgException e)
            {
                ours = $"{e.SqlState} {e.Message} | {e.Detail} | {e.Hint} | {e.Where}";
            }

            if (ours != theirs) failures.AppendLine($"{type} {value.ReplaceLineEndings("\\n")}:\n  ours   {ours}\n  theirs {theirs}");
        }

        if (failures.Length > 0) Assert.Fail(failures.ToString());
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused_with_its_bytes()
    {
        var error = Assert.Throws<PgException>(() => new StringCodec(Oids.Text).DecodeText([0x61, 0xC3, 0x28], FormatSettings.Default, new ByteWriter()));
        Assert.Equal(("22021", "invalid byte sequence for encoding \"UTF8\": 0xc3 0x28"), (error.SqlState, error.Message));
    }

    [Fact]
    public void Any_truncated_binary_value_is_an_error_and_never_more()
    {
        foreach (var type in PgTypes.All.Where(t => t.Kind == 'b'))
        {
            for (var length = 0; length < 40; length++)
            {
                var data = new byte[length];
                new Random((int)(type.Oid * 41) + length).NextBytes(data);
                try
                {
                    Wire.FromBinary(Codecs.Get(type.Oid), data, FormatSettings.Default);
                }
                catch (PgException)
                {
                    // As it should be.
                }
            }
        }
    }

    [Fact]
    public void Nesting_without_end_is_an_error_and_no_crash()
    {
        var json = Encoding.UTF8.GetBytes(new string('[', 200_000));
        Assert.Equal("54001", Assert.Throws<PgException>(() => Wire.FromText(Codecs.Get(Oids.Json), Encoding.UTF8.GetString(json), FormatSettings.Default)).SqlState);
        Assert.Equal("54001", Assert.Throws<PgException>(() => Wire.FromText(Codecs.Get(Oids.Jsonb), Encoding.UTF8.GetString(json), FormatSettings.Default)).SqlState);

        // Int32 1 field, record OID, length of the rest: once more inside itself, and so on.
        const int levels = 20_000;
        var record = new byte[levels * 12];
        for (var i = 0; i < levels; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(i * 12), 1);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(record.AsSpan((i * 12) + 4), (int)Oids.Record);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(record.AsSpan((i * 12) + 8), record.Length - ((i + 1) * 12));
        }

        Assert.ThrowsAny<PgException>(() => Wire.FromBinary(new RecordCodec(), record, FormatSettings.Default));
    }

    internal static string Error(NpgsqlConnection connection, string sql)
    {
        try
        {
            Referee.Rows(connection, sql);
            return "none";
        }
        catch (PostgresException e)
        {
            return $"{e.SqlState} {e.MessageText} | {e.Detail} | {e.Hint} | {e.Where}";
        }
    }
}
