using System.Globalization;
using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

/// <summary>The client encodings, character by character, against PostgreSQL 15.</summary>
[Collection(Referee.Name)]
public sealed class EncodingTests(PostgresServer server)
{
    private const string Setup = """
        create or replace function pg_temp.sent(c int, e text) returns text language plpgsql as $f$
        begin
            return encode(convert_to(chr(c), e), 'hex');
        exception when others then return sqlstate || ' ' || sqlerrm;
        end $f$;
        create or replace function pg_temp.got(b bytea, e text) returns text language plpgsql as $f$
        begin
            return encode(convert_to(convert_from(b, e), 'UTF8'), 'hex');
        exception when others then return sqlstate || ' ' || sqlerrm;
        end $f$;
        """;

    private static readonly string[] EveryByte = ["00..ff"];
    private static readonly string[] TwoBytes = ["80..ff", "80..ff 00..ff"];

    /// <summary>By name, where UTF8 has a conversion from and to it here.</summary>
    public static TheoryData<string> Converted =>
        [.. Enumerable.Range(0, 42).Select(number => TextEncoding.At(number)!).Where(encoding => encoding is { IsKnown: true, IsUtf8: false }).Select(encoding => encoding.Name)];

    [SkippableTheory]
    [MemberData(nameof(Converted))]
    public void Every_code_point_has_the_bytes_that_PostgreSQL_gives_it_or_none(string name)
    {
        using var connection = server.Open();
        Referee.Run(connection, Setup);
        var encoding = TextEncoding.Find(name)!;
        var last = name == "GB18030" ? 0x10FFFF : encoding.MaxLength == 1 ? 0xFFFF : 0x2FFFF;
        using var output = new ByteWriter();
        for (var first = 1; first <= last; first += 0x10000)
        {
            var end = Math.Min(last, first + 0xFFFF);
            var rows = Referee.Rows(
                connection,
                $"select string_agg(pg_temp.sent(c, '{name}'), E'\\n' order by c) from generate_series({first}, {end}) c where c not between 55296 and 57343");
            var expected = rows[0][0]!.Split('\n');
            var at = 0;
            var utf8 = new byte[4];
            for (var point = first; point <= end; point++)
            {
                if (point is >= 0xD800 and <= 0xDFFF) continue;
                output.Clear();
                var length = new Rune(point).EncodeToUtf8(utf8);
                Same(expected[at++], () => encoding.FromUtf8(utf8.AsSpan(0, length), output), output, $"U+{point:X4} in {name}");
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Converted))]
    public void Every_sequence_of_bytes_is_the_character_or_the_error_of_PostgreSQL(string name)
    {
        using var connection = server.Open();
        Referee.Run(connection, Setup);
        var encoding = TextEncoding.Find(name)!;
        using var output = new ByteWriter();
        foreach (var shape in Shapes(name, encoding))
        {
            var bytes = Sequences(shape).ToArray();
            var literal = string.Concat(bytes.Select(Convert.ToHexStringLower));
            var width = bytes[0].Length;
            var rows = Referee.Rows(
                connection,
                $"select string_agg(pg_temp.got(substr(b, i, {width}), '{name}'), E'\\n' order by i) from (select '\\x{literal}'::bytea b) x, generate_series(1, length(b), {width}) i");
            var expected = rows[0][0]!.Split('\n');
            for (var i = 0; i < bytes.Length; i++)
            {
                output.Clear();
                var text = bytes[i];

                // convert_from looks at all of its bytes before it converts any.
                Same(expected[i], () => { encoding.Count(text); encoding.ToUtf8(text, output); }, output, $"{Convert.ToHexString(text)} of {name}");
            }
        }
    }

    [SkippableFact]
    public void Names_numbers_and_lengths_are_those_of_PostgreSQL()
    {
        using var connection = server.Open();
        var rows = Referee.Rows(connection, "select n, pg_encoding_to_char(n), pg_encoding_max_length(n) from generate_series(-1, 50) n");
        foreach (var row in rows)
        {
            var encoding = TextEncoding.At(int.Parse(row[0]!, CultureInfo.InvariantCulture));
            Assert.Equal(row[1], encoding?.Name ?? "");
            Assert.Equal(row[2], encoding?.MaxLength.ToString(CultureInfo.InvariantCulture));
        }

        string[] names =
        [
            "utf8", "UTF-8", "Utf_8", "unicode", "sqlascii", "SQL_ASCII", "abc", "alt", "big5", "euc_cn", "euc_jis_2004", "euc_jp", "euc_kr", "euc_tw", "gb18030", "gbk",
            "iso88591", "iso885910", "iso885913", "iso885914", "iso885915", "iso885916", "iso88592", "iso88593", "iso88594", "iso88595", "iso88596",
            "iso88597", "iso88598", "iso88599", "ISO-8859-1", "iso_8859_5", "johab", "koi8", "koi8r", "koi8u", "latin1", "latin10", "latin2", "latin3", "latin4",
            "latin5", "latin6", "latin7", "latin8", "latin9", "latin11", "mskanji", "mule_internal", "shift_jis", "shiftjis2004", "sjis", "tcvn", "tcvn5712", "uhc", "vscii",
            "win", "win1250", "win1251", "win1252", "win1253", "win1254", "win1255", "win1256", "win1257", "win1258", "win866", "win874",
            "win932", "win936", "win949", "win950", "windows1250", "windows-1251", "windows1252", "windows1253", "windows1254", "windows1255",
            "windows1256", "windows1257", "windows1258", "windows866", "windows874", "windows932", "windows936", "windows949", "windows950",
            "", " ", "nonsense", "utf16", "ascii", "l\u00e9tin1",
        ];
        foreach (var name in names)
        {
            var number = Referee.Rows(connection, $"select pg_char_to_encoding({Referee.Quote(name)})")[0][0];
            Assert.Equal((name, number), (name, (TextEncoding.Find(name)?.Number ?? -1).ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void A_character_that_is_cut_waits_for_its_rest()
    {
        var encoding = TextEncoding.Find("gb18030")!;
        using var output = new ByteWriter();
        byte[] text = [0x61, 0x94, 0x39, 0xFC, 0x36];
        for (var length = 2; length < text.Length; length++)
        {
            output.Clear();
            Assert.Equal(1, encoding.Decode(text.AsSpan(0, length), output));
            Assert.True(encoding.IsUnfinished(text.AsSpan(1, length - 1)));
        }

        output.Clear();
        Assert.Equal(5, encoding.Decode(text, output));
        Assert.Equal("a\U0001F600", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static void Same(string expected, Action convert, ByteWriter output, string what)
    {
        string actual;
        try
        {
            convert();
            actual = Convert.ToHexStringLower(output.WrittenSpan);
        }
        catch (PgException error)
        {
            actual = $"{error.SqlState} {error.Message}";
        }

        if (actual != expected) Assert.Fail($"{what}: PostgreSQL has '{expected}', here it is '{actual}'");
    }

    private static string[] Shapes(string name, TextEncoding encoding) => name switch
    {
        _ when encoding.MaxLength == 1 => EveryByte,
        "GB18030" => [.. TwoBytes, "81 30 81..84", "80..85 2f..3a 80..ff 2f..3a", "90 30 81..fe 30..39", "e3..e4 30..39 81..fe 30..39"],
        "EUC_TW" => [.. TwoBytes, "8e a0..a8 a0..ff", "8e a0..a8 a0..ff a0..ff", "8f a0..ff a0..ff"],
        "SJIS" or "BIG5" or "GBK" or "UHC" => TwoBytes,
        _ => [.. TwoBytes, "8e a0..ff a0..ff", "8f a0..ff a0..ff"],
    };

    /// <summary>All sequences of bytes within the ranges of a shape: "8e a0..ff".</summary>
    private static IEnumerable<byte[]> Sequences(string shape)
    {
        IEnumerable<byte[]> all = [[]];
        foreach (var range in shape.Split(' '))
        {
            var (low, high) = (Convert.ToByte(range[..2], 16), Convert.ToByte(range[^2..], 16));
            all = all.SelectMany(start => Enumerable.Range(low, high - low + 1).Select(value => (byte[])[.. start, (byte)value]));
        }

        return all;
    }
}
