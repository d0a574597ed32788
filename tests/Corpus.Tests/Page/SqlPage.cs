using System.Globalization;
using System.Text;
using Corpus.Tests.Format;

namespace Corpus.Tests.Page;

/// <summary>docs/sql.md: what of SQL there is, from the corpus and the pairs of the dialects.</summary>
internal static class SqlPage
{
    public static string FilePath { get; } = Path.Combine(CorpusFile.RepositoryRoot, "docs", "sql.md");

    public static string Write(IReadOnlyList<(Target Target, IReadOnlyList<Comparison> Results)> targets)
    {
        var page = new StringBuilder();
        page.Append("""
            # SQL

            What the gateway answers, measured. `tests/Corpus` holds statements over one schema; each is sent to PostgreSQL 15 and to the gateway,
            and the answers are compared value by value: column names, type OIDs and modifiers, every value's text, row counts, command tags and
            SQLSTATEs. A statement that a backend cannot answer rightly is *refused*, with SQLSTATE 0A000 and a message that names the construct
            (54001 when it is nested too deeply), never answered otherwise. This page is written by `tests/Corpus.Tests`, which fails when it is out of date.

            ## The corpus


            """);
        Counts(page, targets);
        Themes(page, targets);
        page.Append("\n## Constructs\n\n");
        page.Append("What each dialect does with the statements of its own tests: hands them over as they are but for names, rewrites them, or refuses them.\n");
        foreach (var (dialect, pairs) in PairsFile.All()) Constructs(page, dialect, pairs);
        page.Append("\n## Refused statements of the corpus\n");
        foreach (var (target, results) in targets) Refused(page, target, results);
        foreach (var (target, results) in targets) Different(page, target, results);
        return page.ToString();
    }

    private static void Counts(StringBuilder page, IReadOnlyList<(Target Target, IReadOnlyList<Comparison> Results)> targets)
    {
        Row(page, ["Backend", "Statements", "Equal", "Refused", "Different"]);
        Row(page, ["---", "---:", "---:", "---:", "---:"]);
        foreach (var (target, results) in targets)
        {
            Row(page, [target.Title, Number(results.Count), $"{Count(results, Outcome.Equal)} ({Percent(results)} %)", Count(results, Outcome.Refused), Count(results, Outcome.Different)]);
        }
    }

    private static void Themes(StringBuilder page, IReadOnlyList<(Target Target, IReadOnlyList<Comparison> Results)> targets)
    {
        page.Append("\nBy theme, equal of all:\n\n");
        Row(page, ["Theme", .. targets.Select(target => target.Target.Title)]);
        Row(page, ["---", .. targets.Select(_ => "---:")]);
        foreach (var file in targets[0].Results.Select(result => result.Check.File).Distinct())
        {
            Row(page, [file, .. targets.Select(target =>
            {
                var own = target.Results.Where(result => result.Check.File == file).ToList();
                return $"{Count(own, Outcome.Equal)} of {Number(own.Count)}";
            })]);
        }
    }

    private static void Constructs(StringBuilder page, string dialect, IReadOnlyList<Pair> pairs)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {dialect}\n\n");
        Row(page, ["Construct", "Statement", ""]);
        Row(page, ["---", "---", "---"]);
        string? last = null;
        foreach (var pair in pairs)
        {
            var outcome = pair switch
            {
                { Error: { } error } when error.StartsWith("0A000 ", StringComparison.Ordinal) => $"refused: {Text(error[6..])}",
                { Error: { } error } => $"error, as in PostgreSQL: {Text(error)}",
                { IsAsWritten: true } => "as it is",
                _ => "rewritten",
            };
            Row(page, [pair.Construct == last ? "" : Text(pair.Construct), Code(pair.Statement), outcome]);
            last = pair.Construct;
        }
    }

    private static void Refused(StringBuilder page, Target target, IReadOnlyList<Comparison> results)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {char.ToUpperInvariant(target.Title[0])}{target.Title[1..]}\n\n");
        Row(page, ["Theme", "Statement", "Message"]);
        Row(page, ["---", "---", "---"]);
        foreach (var result in results.Where(result => result.Outcome == Outcome.Refused))
            Row(page, [result.Check.File, Code(result.Check.Key), Text(result.Given.Message!)]);
    }

    private static void Different(StringBuilder page, Target target, IReadOnlyList<Comparison> results)
    {
        var different = results.Where(result => result.Outcome == Outcome.Different).ToList();
        if (different.Count == 0) return;
        page.Append(CultureInfo.InvariantCulture, $"\n## Different answers, {target.Title}\n\n");
        Row(page, ["Statement", "Why"]);
        Row(page, ["---", "---"]);
        var reasons = Lists.AgreedDifferences(target);
        foreach (var result in different) Row(page, [Code(result.Check.Key), Text(reasons.GetValueOrDefault(result.Check.Key, "a bug"))]);
    }

    private static string Count(IEnumerable<Comparison> results, Outcome outcome) => Number(results.Count(result => result.Outcome == outcome));

    private static string Percent(IReadOnlyList<Comparison> results) =>
        (100.0 * results.Count(result => result.Outcome == Outcome.Equal) / results.Count).ToString("F1", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder page, IEnumerable<string> cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>Inside a table cell; as many backticks around as the text does not hold.</summary>
    private static string Code(string text)
    {
        var fence = text.Contains('`') ? "``" : "`";
        return fence + text.Replace("|", @"\|", StringComparison.Ordinal) + fence;
    }

    private static string Text(string text) => text.Replace("|", @"\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
