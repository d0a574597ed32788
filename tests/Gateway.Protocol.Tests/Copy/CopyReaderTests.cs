using System.Text;
using Gateway.Protocol.Copy;
using Gateway.Types;
using Xunit;

namespace Gateway.Protocol.Tests.Copy;

public class CopyReaderTests
{
    private static readonly string[] Names = ["a", "b"];

    [Fact]
    public void Answers_as_PostgreSQL_does()
    {
        Assert.True(CopyPair.All.Count > 150);
        Assert.Empty(CopyPair.All.Select(pair => Difference(pair, [pair.Data])).OfType<string>());
    }

    [Fact]
    public void Bytes_may_be_cut_anywhere() => Assert.Empty(CopyPair.All.SelectMany(pair =>
        Enumerable.Range(1, Math.Max(0, pair.Data.Length - 1)).Select(cut => Difference(pair, [pair.Data[..cut], pair.Data[cut..]]))
            .Append(Difference(pair, [.. pair.Data.Select(value => new[] { value })]))).OfType<string>());

    [Theory]
    [InlineData(CopyFormat.Text)]
    [InlineData(CopyFormat.Csv)]
    [InlineData(CopyFormat.Binary)]
    public void Reads_what_was_written(CopyFormat format)
    {
        var random = new Random(15);
        for (var round = 0; round < 300; round++)
        {
            var options = format switch { CopyFormat.Text => new CopyOptions(), CopyFormat.Csv => CopyOptions.Csv, _ => CopyOptions.Binary };
            if (format == CopyFormat.Csv && round % 2 == 0) options = options with { Escape = (byte)'\\', Null = "NULL"u8.ToArray() };
            if (round % 5 == 0 && format != CopyFormat.Binary) options = options with { Header = CopyHeader.Match, Delimiter = (byte)'|' };
            string?[][] rows = [.. Enumerable.Range(0, random.Next(8)).Select(_ => new[] { Value(random), Value(random) })];
            using var output = new ByteWriter();
            var writer = CopyWriter.Create(options, Names);
            writer.Start(output);
            foreach (var row in rows)
            {
                writer.BeginRow(output);
                foreach (var value in row)
                {
                    if (value is null) writer.Null(output);
                    else writer.Field(Encoding.UTF8.GetBytes(value), output);
                }

                writer.EndRow(output);
            }

            writer.End(output);
            var data = output.WrittenSpan.ToArray();
            var cut = random.Next(data.Length + 1);
            Assert.Equal(rows, Read(options, "t", Names, [data[..cut], data[cut..]]));
        }
    }

    [Fact]
    public void Garbage_makes_errors_of_PostgreSQL_and_no_others()
    {
        var random = new Random(4);
        var pieces = "a,b\t\n\r\\.\"'N0x7\u00e9"u8.ToArray();
        CopyOptions[] choices = [new(), CopyOptions.Csv, CopyOptions.Csv with { Escape = (byte)'\\' }, CopyOptions.Binary];
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var options = choices[round % choices.Length];
            var data = new byte[random.Next(40)];
            for (var i = 0; i < data.Length; i++) data[i] = random.Next(12) == 0 ? (byte)random.Next(256) : pieces[random.Next(pieces.Length)];
            if (options.IsBinary && data.Length > 19) Header.CopyTo(data);
            try
            {
                var cut = random.Next(data.Length + 1);
                read += Read(options, "t", Names, [data[..cut], data[cut..]]).Count;
            }
            catch (PgException error)
            {
                Assert.Contains(error.SqlState, new[] { "22P04", "22021", "54000" });
            }
        }

        Assert.True(read > 0);
    }

    [Fact]
    public void A_line_reads_the_same_at_once_and_byte_by_byte()
    {
        // At once it is looked at in blocks, a byte at a time it is not.
        var random = new Random(11);
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 12); i > 0; i--)
                text.Append('x', random.Next(12)).Append(random.Next(9) switch { 0 or 1 => "\t", 2 => "\\t", 3 => "\\\\", 4 => "\\.", 5 => "\r", 6 => "\\N", 7 => "\\x41", _ => "\n" }).Append('y', random.Next(40));
            byte[] data = [.. Encoding.ASCII.GetBytes(text.ToString()), (byte)'\n'];
            Assert.Equal(Outcome([data]), Outcome([.. data.Select(value => new[] { value })]));
        }

        static string Outcome(byte[][] chunks)
        {
            try
            {
                return string.Join('\n', Read(new CopyOptions(), "t", Names, chunks).Select(row => string.Join('|', row.Select(value => value ?? "NULL"))));
            }
            catch (PgException error)
            {
                return $"{error.SqlState} {error.Message} {error.Where}";
            }
        }
    }

    [Fact]
    public void A_row_that_ends_too_early_cannot_be_passed_over()
    {
        using var reader = CopyReader.Create(new CopyOptions(), "t", Names);
        reader.Append("x\ny\tz\n"u8);
        Assert.True(reader.TryReadRow());
        Assert.Equal("x", Encoding.UTF8.GetString(reader.Field(0)));
        Assert.Equal("missing data for column \"b\"", Assert.Throws<PgException>(() => reader.TryReadRow()).Message);
    }

    [Fact]
    public void The_context_of_a_value_is_PostgreSQLs()
    {
        using var reader = CopyReader.Create(CopyOptions.Csv, "t", Names);
        reader.Append(Encoding.UTF8.GetBytes($"\"x\"\"y\",\n{new string('z', 99)}\u00e9,1\n"));
        Assert.True(reader.TryReadRow());
        var error = new PgException("22P02", "no");
        Assert.Equal("COPY t, line 1, column a: \"x\"y\"", reader.Locate(error, 0).Where);
        Assert.Equal("COPY t, line 1, column b: null input", reader.Locate(error, 1).Where);
        Assert.Equal("COPY t, line 1: \"\"x\"\"y\",\"", reader.Locate(error, -1).Where);
        Assert.True(reader.TryReadRow());
        Assert.Equal($"COPY t, line 2, column a: \"{new string('z', 99)}...\"", reader.Locate(error, 0).Where);
    }

    private static ReadOnlySpan<byte> Header => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static string? Value(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => "",
        2 => random.Next(2) == 0 ? "\\N" : "NULL",
        3 => "\\.",
        _ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "a,|\t\n\r\\\"'\u00e9\u20ac\b\f\v.\u0001"[random.Next(16)])),
    };

    private static string? Difference(CopyPair pair, byte[][] pieces)
    {
        string got;
        try
        {
            got = Shown(Read(pair.Options, pair.Relation, pair.Columns, pieces));
        }
        catch (PgException error)
        {
            got = $"{error.SqlState}|{error.Message}|{error.Detail}|{error.Hint}|{error.Where}";
        }

        var expected = pair.Error ?? Shown(pair.Rows!);
        return got == expected ? null : $"{pair} in {pieces.Length}: {got} instead of {expected}";
    }

    private static string Shown(IEnumerable<string?[]> rows) => string.Join(';', rows.Select(row => string.Join('|', row.Select(value => value ?? "<null>"))));

    private static List<string?[]> Read(CopyOptions options, string relation, string[] columns, byte[][] pieces)
    {
        using var reader = CopyReader.Create(options, relation, columns);
        var rows = new List<string?[]>();
        foreach (var piece in pieces)
        {
            reader.Append(piece);
            Take();
        }

        reader.Complete();
        Take();
        Assert.True(reader.IsEnded);
        return rows;

        void Take()
        {
            while (reader.TryReadRow())
                rows.Add([.. Enumerable.Range(0, columns.Length).Select(i => reader.IsNull(i) ? null : Encoding.UTF8.GetString(reader.Field(i)))]);
        }
    }
}
