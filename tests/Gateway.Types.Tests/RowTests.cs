using System.Text;
using Gateway.Tests.Shared;

namespace Gateway.Types.Tests;

[Collection(Referee.Name)]
public sealed class RowTests(PostgresServer server)
{
    [Fact]
    public void Encoding_a_row_allocates_nothing()
    {
        var (number, stamp, text, real) = (IntegerCodec.Int4, new TimestampCodec(Oids.TimestampTz), new StringCodec(Oids.Text), new Float8Codec());
        var settings = FormatSettings.Default;
        var word = "hello, world"u8.ToArray();
        using var output = new ByteWriter(1024);
        Row();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Row();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Row()
        {
            output.Clear();
            number.EncodeText(-123456, settings, output);
            stamp.EncodeText(758_635_872_345_678, settings, output);
            text.EncodeText(word, settings, output);
            real.EncodeText(0.1, settings, output);
            number.EncodeBinary(7, output);
            stamp.EncodeBinary(758_635_872_345_678, output);
            text.EncodeBinary(word, output);
        }
    }

    [Fact]
    public void Integers_of_every_length_print_and_read()
    {
        var settings = FormatSettings.Default;
        var values = new List<long> { 0, long.MinValue, long.MaxValue, long.MinValue + 1 };
        for (var (power, i) = (1L, 0); i < 19; i++, power *= i < 19 ? 10 : 1) values.AddRange([power, -power, power - 1, 1 - power, power + 1]);
        using var output = new ByteWriter();
        foreach (var value in values)
        {
            output.Clear();
            IntegerCodec.Int8.EncodeText(value, settings, output);
            Assert.Equal(value.ToString(System.Globalization.CultureInfo.InvariantCulture), Encoding.ASCII.GetString(output.WrittenSpan));
            Assert.Equal(value, IntegerCodec.Int8.DecodeText(output.WrittenSpan, settings));
        }
    }

    [Theory]
    [InlineData("32767", 32767, null)]
    [InlineData("-32768", -32768, null)]
    [InlineData("32768", 0, "22003")]
    [InlineData("-32769", 0, "22003")]
    [InlineData("+7", 7, null)]
    [InlineData(" -7 ", -7, null)]
    [InlineData("000000000000000000000007", 7, null)]
    [InlineData("99999999999999999999", 0, "22003")]
    [InlineData("", 0, "22P02")]
    [InlineData("-", 0, "22P02")]
    [InlineData("--1", 0, "22P02")]
    [InlineData("1-", 0, "22P02")]
    [InlineData("1:", 0, "22P02")]
    [InlineData("1/", 0, "22P02")]
    public void A_smallint_is_what_PostgreSQL_takes_for_one(string text, long expected, string? state)
    {
        long Read() => IntegerCodec.Int2.DecodeText(Encoding.ASCII.GetBytes(text), FormatSettings.Default);
        if (state is null) Assert.Equal(expected, Read());
        else Assert.Equal(state, Assert.Throws<PgException>(() => Read()).SqlState);
    }

    [SkippableFact]
    public void Random_floats_print_and_read_as_PostgreSQLs()
    {
        using var connection = server.Open();
        var random = new Random(99);
        var bits = new List<long>();
        for (var i = 0; i < 4000; i++) bits.Add(random.NextInt64(long.MinValue, long.MaxValue));
        for (var e = 0; e < 2047; e += 3) bits.Add((long)e << 52);
        for (var e = 0; e < 400; e++) bits.Add(BitConverter.DoubleToInt64Bits(Math.Pow(10, e - 200)));
        for (var i = 0; i < 1500; i++) bits.Add(BitConverter.DoubleToInt64Bits(random.NextInt64(1, 1_000_000) * Math.Pow(10, random.Next(10, 30))));
        bits.RemoveAll(b => !double.IsFinite(BitConverter.Int64BitsToDouble(b)));
        foreach (var digits in (int[])[1, 0, -3])
        {
            // The values travel in 17 digits, which is exact.
            var list = string.Join(",", bits.Select((b, i) => $"({i},'{BitConverter.Int64BitsToDouble(b):E16}'::float8)"));
            var rows = Referee.Rows(connection, $"SET extra_float_digits = {digits}; SELECT v, encode(float8send(v), 'hex'), CASE WHEN abs(v) > 1e-37 AND abs(v) < 1e38 THEN v::float4 END FROM (VALUES {list}) t(i, v) ORDER BY i");
            var settings = FormatSettings.Default with { ExtraFloatDigits = digits };
            for (var i = 0; i < bits.Count; i++)
            {
                Assert.Equal((rows[i][0], rows[i][1]), Wire.FromBinary(new Float8Codec(), Convert.FromHexString(rows[i][1]!), settings));
                if (digits == 1) Assert.Equal(bits[i], BitConverter.DoubleToInt64Bits(FloatText.ParseFloat8(Encoding.UTF8.GetBytes(rows[i][0]!))));
                if (rows[i][2] is not { } single) continue;
                using var output = new ByteWriter();
                FloatText.WriteFloat4((float)BitConverter.Int64BitsToDouble(bits[i]), digits, output);
                Assert.Equal(single, Encoding.UTF8.GetString(output.WrittenSpan));
            }
        }
    }

    [SkippableFact]
    public void Rows_within_rows_print_from_their_binary_form()
    {
        using var connection = server.Open();
        var row = Referee.Rows(connection, "SELECT r::text, encode(record_send(r), 'hex') FROM (SELECT ROW(1, NULL, 'a b'::text, ''::text, '(\"x\\y'::text, ROW(2.50, true), ARRAY[1,NULL]) r) q")[0];
        Assert.Equal((row[0], row[1]), Wire.FromBinary(new RecordCodec(), Convert.FromHexString(row[1]!), FormatSettings.Default));
    }
}
