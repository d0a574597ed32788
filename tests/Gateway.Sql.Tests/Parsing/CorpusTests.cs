using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing;

/// <summary>Statements that PostgreSQL 15 reads, one per paragraph of the files in corpus.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Corpus.Folder, "*.sql").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_statement_of_the_corpus_is_read(string file)
    {
        var failures = new List<string>();
        foreach (var sql in Corpus.Statements(file))
        {
            try
            {
                var statements = Parser.ParseScript(sql);
                if (statements.Length != 1) failures.Add($"{statements.Length} statements: {sql}");
                TreePrinter.Print(statements[0]);
            }
            catch (PgException error) when (error.SqlState != SqlStates.FeatureNotSupported)
            {
                failures.Add($"{error.Message} at {error.Position}: {sql}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
