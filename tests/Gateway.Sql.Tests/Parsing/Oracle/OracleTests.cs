using System.Text.RegularExpressions;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Sql.Tests.Parsing.Oracle;

/// <summary>Our parser and PostgreSQL's must agree on what is SQL, and on what kind of statement it is.</summary>
public sealed class OracleTests
{
    /// <summary>What PostgreSQL refuses one stage later, with these words.</summary>
    private static readonly string[] Later = 
    [
        "DEFAULT is not allowed in this context", "no inline code specified", "there is no parameter $0", "misplaced DEFERRABLE clause",
        "VALUES lists must all be the same length", "number of columns does not match number of values",
    ];

    /// <summary>Where we knowingly differ: key words as names of options and of fields, USER MAPPING as a name, grouping sets inside a row.</summary>
    private static readonly string[] Known =
    [
        @"\(fillfactor = +values", @"[a-z]\. *not similar", @"(drop|create) user mapping *--", @"rollup \(a, \(\(b",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(11, 60)];

    [SkippableTheory]
    [MemberData(nameof(CorpusTests.Files), MemberType = typeof(CorpusTests))]
    public void They_agree_on_the_corpus(string file)
    {
        Skip.IfNot(PostgresParser.IsInstalled, "libpg-query-dev is not installed");
        Agree(Corpus.Statements(file).Where(IsAskable));
    }

    [SkippableTheory]
    [MemberData(nameof(Seeds))]
    public void They_agree_on_damaged_statements(int seed)
    {
        Skip.IfNot(PostgresParser.IsInstalled, "libpg-query-dev is not installed");
        var random = new Random(seed);
        var seeds = Corpus.All().Where(sql => sql.Length < 2000).ToArray();
        Agree(Enumerable.Range(0, 4000).Select(_ => Damage.Statement(seeds[random.Next(seeds.Length)], random)).Where(IsAskable));
    }

    /// <summary>What the library can be asked: a NUL ends a C string, half a surrogate pair is no UTF-8, and it does not
    /// continue a string behind a comment, as the server does.</summary>
    private static bool IsAskable(string sql) =>
        !sql.Contains('\0') && !sql.Any(char.IsSurrogate) && !Regex.IsMatch(sql, @"'\s*--.*\n\s*'");

    private static void Agree(IEnumerable<string> statements)
    {
        var disagreements = new List<string>();
        var count = 0;
        foreach (var sql in statements)
        {
            count++;
            var theirs = PostgresParser.Parse(sql, out var refusal);
            string[]? ours = null;
            string? reason = null;
            try
            {
                ours = [.. Parser.ParseScript(sql).Select(NodeNames.Of)];
            }
            catch (PgException error)
            {
                reason = $"{error.SqlState} {error.Message}";
                if (error.SqlState == SqlStates.FeatureNotSupported) continue;   // said so, and by name
                if (Later.Contains(error.Message)) continue;
            }

            if (theirs is null != ours is null && Known.Any(known => Regex.IsMatch(sql, known))) continue;

            // The library takes $1 for an operator now and then.
            if (theirs is not null && ours is null && reason!.Contains("at or near \"$", StringComparison.Ordinal)) continue;

            // Of a statement that is not ours to run only the command is read; 0A000 answers it either way.
            if (theirs is null && ours is not null && ours.Contains("*")) continue;
            if (theirs is null != ours is null)
                disagreements.Add($"PostgreSQL: {refusal ?? "reads it"}\nwe:         {reason ?? "read it"}\n{sql}");
            else if (theirs is not null && !(theirs.Length == ours!.Length && theirs.Zip(ours).All(pair => pair.Second == "*" || pair.First == pair.Second)))
                disagreements.Add($"PostgreSQL: {string.Join(", ", theirs)}\nwe:         {string.Join(", ", ours!)}\n{sql}");
        }

        Assert.True(count > 0);
        Assert.True(disagreements.Count == 0, $"{disagreements.Count} of {count}\n\n" + string.Join("\n\n", disagreements.Take(200)));
    }
}
