using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class TypmodTests(PostgresServer server)
{
    private static readonly string[] Spellings =
    [
        "interval year", "interval month", "interval day", "interval hour", "interval minute", "interval second", "interval year to month", "interval day to hour",
        "interval day to minute", "interval day to second", "interval hour to minute", "interval hour to second", "interval minute to second", "interval second(3)",
        "interval day to second(2)", "interval(4)", "interval", "timestamp(3)", "timestamp", "timestamptz(0)", "time(2) with time zone", "time(1)", "bit(3)", "bit", "varbit(7)", "varbit",
        "char", "char(5)", "\"char\"", "numeric(10,-2)", "numeric(10,2)", "numeric(5)", "numeric(3,5)", "decimal", "varchar", "bpchar", "varchar(10)[]", "float(3)", "float(30)", "float",
        "int", "int4", "integer", "bigint", "smallint", "bool", "boolean", "text", "text[]", "name", "uuid", "json", "jsonb[]", "bytea", "oid", "regclass", "double precision", "real",
        "character varying(3)", "national character varying(4)", "timestamp with time zone", "time without time zone", "dec(4,1)", "pg_catalog.int8", "inet", "money", "xml", "int[][]", "int array",
    ];

    [SkippableFact]
    public void Type_names_read_and_print_as_format_type_does()
    {
        using var connection = server.Open();
        var columns = string.Join(", ", Spellings.Select((s, i) => $"c{i} {s}"));
        var rows = Referee.Rows(connection, $"CREATE TEMP TABLE t({columns}); SELECT atttypid, atttypmod, format_type(atttypid, atttypmod), format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum");
        for (var i = 0; i < Spellings.Length; i++)
        {
            var (oid, typmod) = (uint.Parse(rows[i][0]!), int.Parse(rows[i][1]!));
            Assert.Equal((Spellings[i], rows[i][2], rows[i][3]), (Spellings[i], TypeNames.Format(oid, typmod), TypeNames.Format(oid)));
            Assert.Equal((Spellings[i], oid), (Spellings[i], TypeNames.Find(Spellings[i])?.Oid ?? 0));
        }
    }

    [SkippableFact]
    public void Every_built_in_type_has_PostgreSQLs_name()
    {
        using var connection = server.Open();
        foreach (var row in Referee.Rows(connection, "SELECT oid, format_type(oid, NULL), format_type(oid, -1) FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b','p','r','m')"))
            if (PgTypes.Find(uint.Parse(row[0]!)) is { } type)
                Assert.Equal((row[1], row[2]), (TypeNames.Format(type.Oid), TypeNames.Format(type.Oid, -1)));
    }

    [SkippableTheory]
    [InlineData("numeric(4,2)", "1.005;-1.005;99.994;99.995;123456;Infinity;NaN;0;-99.996")]
    [InlineData("numeric(2,-2)", "12345;9949;9951;49;-50")]
    [InlineData("numeric(2,3)", "0.012;0.0996;0.0995;1")]
    [InlineData("numeric(2,2)", "0.994;0.995;1")]
    public void Numeric_is_rounded_and_held_to_its_precision(string type, string values) => Compare(type, values.Split(';'), (v, typmod) =>
        Typmod.ApplyNumeric(PgNumeric.Parse(v), typmod).ToString());

    [SkippableTheory]
    [InlineData("varchar(3)", "abc;abcd;abc  ;äöü;äöüx;")]
    [InlineData("char(3)", "a;abcd;abc  ;äöü;äöüx;")]
    [InlineData("bit(3)", "101;1;1011")]
    [InlineData("varbit(3)", "101;1;1011")]
    public void Strings_are_held_to_their_length(string type, string values)
    {
        // An assignment, for a cast cuts without a word.
        using var connection = server.Open();
        Referee.Run(connection, $"CREATE TEMP TABLE t(v {type})");
        var typmod = int.Parse(Referee.Rows(connection, "SELECT atttypmod FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1")[0][0]!);
        foreach (var value in values.Split(';'))
        {
            var error = ErrorTests.Error(connection, $"INSERT INTO t VALUES ('{value}')");
            var theirs = error == "none" ? Referee.Rows(connection, "SELECT v FROM t; ")[0][0] : error;
            Referee.Run(connection, "TRUNCATE t");
            Assert.Equal(theirs, Apply(type, value, typmod, false));
            if (type.Contains("bit")) Assert.Equal(Referee.Rows(connection, $"SELECT B'{value}'::{type}")[0][0], Apply(type, value, typmod, true));
            else Assert.Equal(Referee.Rows(connection, $"SELECT '{value}'::{type}")[0][0], Apply(type, value, typmod, true));
        }
    }

    [SkippableTheory]
    [InlineData("timestamp(0)", "2024-01-01 00:00:00.5;1999-01-01 00:00:00.5;1999-12-31 23:59:59.5")]
    [InlineData("timestamp(3)", "2024-01-01 00:00:00.1235;1999-01-01 00:00:00.1235;infinity")]
    public void Timestamps_round_to_their_digits(string type, string values) => Compare(type, values.Split(';'), (v, typmod) =>
    {
        using var output = new ByteWriter();
        var codec = new TimestampCodec(Oids.Timestamp);
        codec.EncodeText(Typmod.ApplyTime(codec.DecodeText(Encoding.UTF8.GetBytes(v), FormatSettings.Default), typmod), FormatSettings.Default, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    });

    [SkippableFact]
    public void Intervals_keep_their_fields()
    {
        foreach (var type in Spellings.Where(s => s.StartsWith("interval", StringComparison.Ordinal)))
            Compare(type, ["14 mons 3 days 04:05:06.789555", "-14 mons -3 days -04:05:06.789555", "0.5 s"], (v, typmod) =>
            {
                using var output = new ByteWriter();
                IntervalText.Write(Typmod.ApplyInterval(PgInterval.Parse(Encoding.UTF8.GetBytes(v), FormatSettings.Default), typmod), FormatSettings.Default, output);
                return Encoding.UTF8.GetString(output.WrittenSpan);
            });
    }

    private static string Apply(string type, string value, int typmod, bool isExplicit)
    {
        using var output = new ByteWriter();
        var text = Encoding.UTF8.GetBytes(value);
        try
        {
            if (type.StartsWith("varchar", StringComparison.Ordinal)) Typmod.ApplyVarChar(text, typmod, isExplicit, output);
            else if (type.StartsWith("char", StringComparison.Ordinal)) Typmod.ApplyBpChar(text, typmod, isExplicit, output);
            else Typmod.ApplyBit(text, typmod, type.StartsWith("varbit", StringComparison.Ordinal), isExplicit, output);
        }
        catch (PgException e)
        {
            return $"{e.SqlState} {e.Message} | {e.Detail} | {e.Hint} | {e.Where}";
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private void Compare(string type, string[] values, Func<string, int, string> ours)
    {
        using var connection = server.Open();
        Referee.Run(connection, $"CREATE TEMP TABLE t(v {type})");
        var typmod = int.Parse(Referee.Rows(connection, "SELECT atttypmod FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1")[0][0]!);
        var bare = Referee.Rows(connection, "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum = 1")[0][0];
        foreach (var value in values)
        {
            // The value is read without the typmod first: that is what the helper is given.
            var sql = $"SELECT ('{value}'::{bare})::{type}";
            var error = ErrorTests.Error(connection, sql);
            var theirs = error == "none" ? Referee.Rows(connection, sql)[0][0] : error;
            string result;
            try
            {
                result = ours(value, typmod);
            }
            catch (PgException e)
            {
                result = $"{e.SqlState} {e.Message} | {e.Detail} | {e.Hint} | {e.Where}";
            }

            Assert.Equal((type, value, theirs), (type, value, result));
        }
    }
}
