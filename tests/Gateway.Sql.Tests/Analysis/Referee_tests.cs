using System.Globalization;
using System.Runtime.CompilerServices;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Analysis;

/// <summary>answers.tsv holds what a PostgreSQL 15 server says of statements.txt (referee.py asks it).</summary>
public sealed class Referee_tests
{
    public static TheoryData<string, string> Answers()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder(), "answers.tsv")))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            data.Add(line[..tab], line[(tab + 1)..]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_statement_means_what_it_means_to_PostgreSQL(string sql, string answer) => Assert.Equal(answer, Ours(sql));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private static string Ours(string sql)
    {
        try
        {
            var bound = new Analyzer(TestSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
            return $"ok\t{string.Join(' ', bound.Columns.Select(Show))}\t{string.Join(' ', bound.ParameterTypes)}";
        }
        catch (PgException error)
        {
            return $"error\t{error.SqlState}\t{error.Position?.ToString(CultureInfo.InvariantCulture)}\t{error.Message}\t{error.Hint}";
        }
    }

    private static string Show(OutputColumn column)
    {
        var origin = column.TableOid == 0
            ? "-"
            : $"{TestSchema.Snapshot.Relations.First(relation => relation.Oid == column.TableOid).Name}.{column.Attnum}";
        return $"{column.Name.Replace(' ', '_')}:{column.Type.Oid}:{column.Type.Typmod}:{origin}";
    }
}
