using System.Text;
using System.Text.Json;
using Gateway.Protocol.Copy;
using Gateway.Types;
using Xunit;

namespace Gateway.Protocol.Tests.Copy;

public class CopyWriterTests
{
    private static readonly string?[][] Two =
        [["a\t\n\r\b\fv\\|,;", "x\"y'z"], [null, ""], ["\\N", "\\."], ["NULL", "\u0001\u00e9"], ["p", "q"]];

    private static readonly string?[][] One = [["\\."], [null], [""], ["x"]];

    [Fact]
    public void Writes_what_PostgreSQL_writes()
    {
        var differences = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(CopyPair.Folder(), "postgres15-out.tsv")))
        {
            var parts = line.Split('\t');
            var pair = new CopyPair(JsonSerializer.Deserialize<string>(parts[0])!, [], null, null);
            var expected = JsonSerializer.Deserialize<string>(parts[1])!;
            var rows = pair.Relation switch { "t" => Two, "one" => One, _ => [] };
            var got = Written(pair.Options, pair.Columns, rows);
            if (got != expected) differences.Add($"{pair.Sql}: {JsonSerializer.Serialize(got)} instead of {JsonSerializer.Serialize(expected)}");
        }

        Assert.Empty(differences);
    }

    [Fact]
    public void Quotes_only_the_columns_it_is_told_to() =>
        Assert.Equal("p,\"q\"\n", Written(CopyOptions.Csv with { ForceQuote = [1] }, ["a", "b"], [["p", "q"]]));

    private static string Written(CopyOptions options, string[] columns, string?[][] rows)
    {
        using var output = new ByteWriter();
        var writer = CopyWriter.Create(options, columns);
        writer.Start(output);
        foreach (var row in rows)
        {
            writer.BeginRow(output);
            foreach (var value in row)
            {
                if (value is null)
                {
                    writer.Null(output);
                    continue;
                }

                var start = writer.BeginField(output);
                output.Utf8(value);
                writer.EndField(output, start);
            }

            writer.EndRow(output);
        }

        writer.End(output);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }
}
