using System.Text.RegularExpressions;
using Corpus.Tests.Format;

namespace Corpus.Tests.Page;

/// <summary>A statement and what a dialect makes of it.</summary>
/// <param name="Construct">The heading above it.</param>
/// <param name="Error">SQLSTATE and message, when it is refused.</param>
internal sealed partial record Pair(string Construct, string Statement, string? Written, string? Error)
{
    /// <summary>Whether the backend's SQL is the client's but for names, aliases and parentheses.</summary>
    public bool IsAsWritten => Written is not null && Plain(Written) == Plain(Statement);

    // What a dialect adds without changing anything: qualified and quoted names, output names, parentheses, NULLS LAST.
    private static string Plain(string sql)
    {
        sql = Alias().Replace(Parameter().Replace(sql.ToLowerInvariant(), "$1"), "");
        sql = Qualifier().Replace(sql.Replace("\"", "", StringComparison.Ordinal), "");
        return Noise().Replace(sql, "");
    }

    [GeneratedRegex("""\bas ("(?:[^"]|"")*"|[a-z_]\w*)""")]
    private static partial Regex Alias();

    [GeneratedRegex(@"\b[a-z_]\w*\.")]
    private static partial Regex Qualifier();

    [GeneratedRegex(@"\?\d*")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[\s();]|\basc\b|nulls (first|last)|\$\d+|(?<!\w)(inner|outer) ")]
    private static partial Regex Noise();
}

/// <summary>The pairs of a dialect: tests/Gateway.Sql.Tests/Dialects/*/pairs.txt.</summary>
internal static class PairsFile
{
    public static IEnumerable<(string Dialect, IReadOnlyList<Pair> Pairs)> All() =>
        Directory.EnumerateFiles(Path.Combine(CorpusFile.RepositoryRoot, "tests", "Gateway.Sql.Tests", "Dialects"), "pairs*.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .GroupBy(path => Path.GetFileName(Path.GetDirectoryName(path)!))
            .Select(group => (group.Key, (IReadOnlyList<Pair>)[.. group.SelectMany(path => Read(File.ReadLines(path)))]));

    /// <summary>Lines <c># construct</c>, <c>postgres …</c>, then <c>dialect …</c> or <c>error SQLSTATE message</c>.</summary>
    public static IEnumerable<Pair> Read(IEnumerable<string> lines)
    {
        var construct = "";
        string? statement = null;
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ');
            if (space <= 0) continue;
            var (word, rest) = (line[..space], line[space..].Trim());
            switch (word)
            {
                case "#": construct = rest.TrimEnd('.'); break;
                case "postgres": statement = rest; break;
                case "error" when statement is not null: yield return new Pair(construct, statement, null, rest); break;
                default:
                    if (statement is not null) yield return new Pair(construct, statement, rest, null);
                    break;
            }
        }
    }
}
