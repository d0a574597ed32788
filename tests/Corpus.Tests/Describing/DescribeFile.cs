using Corpus.Tests.Format;

namespace Corpus.Tests.Describing;

/// <summary>A statement that is described, one line of tests/Corpus/describe/statements.sql.</summary>
/// <param name="Types">Given with Parse; <c>--$ int4, ?</c> on the line before, <c>?</c> for one that is left to the server.</param>
internal sealed record Described(int Line, string Heading, string Sql, uint[] Types)
{
    public string Key => Types.Length == 0 ? Sql : $"{Sql} given {string.Join(' ', Types)}";
}

/// <summary>The folder tests/Corpus/describe.</summary>
internal static class DescribeFile
{
    private const string Given = "--$ ";
    private const string Heading = "-- ";

    public static string Folder { get; } = Path.Combine(CorpusFile.Folder, "describe");

    public static string Schema => File.ReadAllText(Path.Combine(Folder, "schema.sql"));

    /// <summary>statement ⇥ answer.</summary>
    public static string Answers { get; } = Path.Combine(Folder, "answers.tsv");

    public static IReadOnlyList<Described> Load()
    {
        var statements = new List<Described>();
        var heading = "";
        uint[] types = [];
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(Folder, "statements.sql")))
        {
            number++;
            if (line.Length == 0) continue;
            if (line.StartsWith(Given, StringComparison.Ordinal))
            {
                types = [.. line[Given.Length..].Split(", ").Select(ParameterTypes.Oid)];
            }
            else if (line.StartsWith(Heading, StringComparison.Ordinal))
            {
                heading = line[Heading.Length..].TrimEnd('.', ' ');
            }
            else
            {
                statements.Add(new Described(number, heading, line, types));
                types = [];
            }
        }

        return statements;
    }

    public static IReadOnlyDictionary<string, string> ReadAnswers() =>
        File.ReadLines(Answers).Select(line => line.Split('\t', 2)).ToDictionary(fields => fields[0], fields => fields[1]);

    /// <summary>statement ⇥ reason, written by hand: what the embedded engine refuses with 0A000 or describes differently.</summary>
    public static IReadOnlyDictionary<string, string> ReadDifferences() =>
        File.ReadLines(Path.Combine(Folder, "differences.tsv")).Select(line => line.Split('\t', 2)).ToDictionary(fields => fields[0], fields => fields[1]);

    public static void WriteAnswers(IEnumerable<(string Key, string Answer)> answers) =>
        File.WriteAllText(Answers, string.Concat(answers.Select(item => $"{item.Key}\t{item.Answer}\n")));
}
