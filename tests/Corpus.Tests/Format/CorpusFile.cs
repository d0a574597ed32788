using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Corpus.Tests.Format;

/// <summary>The files of tests/Corpus. Their format is told in the README there.</summary>
internal static partial class CorpusFile
{
    private const string Heading = "-- ";
    private const string Bind = "--$";
    private const string Then = "then ";

    public static string RepositoryRoot { get; } = typeof(CorpusFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    public static string Folder { get; } = Path.Combine(RepositoryRoot, "tests", "Corpus");

    /// <summary>Names without extension, in order; not the schema.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name.Split('.')[0] != "schema").Order(StringComparer.Ordinal);

    public static IReadOnlyList<Check> Load(string name) => Parse(name, File.ReadLines(Path.Combine(Folder, name + ".sql")));

    public static IReadOnlyList<Check> Parse(string name, IEnumerable<string> lines)
    {
        var checks = new List<Check>();
        var blocks = Blocks(name, lines).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].IsThen) throw new FormatException($"{name}.sql({blocks[i].Line}): 'then' without a statement before it");
            var first = blocks[i];
            var steps = new List<Step> { first.Step };
            while (i + 1 < blocks.Count && blocks[i + 1].IsThen) steps.Add(blocks[++i].Step);
            checks.Add(new Check(name, first.Line, first.Construct, Key(steps), steps));
        }

        return checks;
    }

    private static IEnumerable<(int Line, string Construct, bool IsThen, Step Step)> Blocks(string name, IEnumerable<string> lines)
    {
        var construct = name;
        var number = 0;
        var start = 0;
        var text = new List<string>();
        var parameters = new List<Parameter>();
        foreach (var line in lines)
        {
            number++;
            if (line.Length > 0 && line[0] is ' ' or '\t')
            {
                if (text.Count == 0) throw new FormatException($"{name}.sql({number}): goes on with nothing");
                text.Add(line);
                continue;
            }

            if (text.Count > 0)
            {
                yield return (start, construct, text[0].StartsWith(Then, StringComparison.Ordinal), Finish(text, parameters));
                text = [];
                parameters = [];
            }

            if (line.StartsWith(Bind, StringComparison.Ordinal))
            {
                parameters.Add(ReadParameter(name, number, line[Bind.Length..]));
            }
            else if (line.StartsWith(Heading, StringComparison.Ordinal))
            {
                construct = line[Heading.Length..].TrimEnd('.', ' ');
            }
            else if (line.Length > 0)
            {
                start = number;
                text.Add(line);
            }
        }

        if (text.Count > 0) yield return (start, construct, text[0].StartsWith(Then, StringComparison.Ordinal), Finish(text, parameters));
    }

    private static Step Finish(List<string> text, List<Parameter> parameters)
    {
        var sql = string.Join('\n', text);
        if (sql.StartsWith(Then, StringComparison.Ordinal)) sql = sql[Then.Length..];
        if (sql.EndsWith(';')) sql = sql[..^1];
        return new Step(sql, Repetition().Replace(sql, repeat), parameters);

        static string repeat(Match match) =>
            string.Concat(Enumerable.Repeat(match.Groups[2].Value, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    // --$ int4 = 7, --$ ? is null
    private static Parameter ReadParameter(string name, int number, string line)
    {
        var match = ParameterLine().Match(line);
        if (!match.Success) throw new FormatException($"{name}.sql({number}): a parameter is written '--$ type = value' or '--$ type is null'");
        return new Parameter(ParameterTypes.Oid(match.Groups[1].Value), match.Groups[2].Success ? match.Groups[2].Value : null);
    }

    private static string Key(IEnumerable<Step> steps) => string.Join(" then ", steps.Select(step =>
    {
        var sql = OneLine().Replace(step.Text, " ");
        var values = string.Join(", ", step.Parameters.Select(p =>
            (p.TypeOid == 0 ? "" : Gateway.Types.TypeNames.Format(p.TypeOid) + " ") + (p.Text is null ? "null" : $"'{p.Text}'")));
        return step.Parameters.Count == 0 ? sql : $"{sql} with {values}";
    }));

    [GeneratedRegex(@"^ (\S+) (?:= (.*)|is null)$")]
    private static partial Regex ParameterLine();

    [GeneratedRegex("⟨([0-9]+) × ([^⟩]+)⟩")]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\n[ \t]*|\t")]
    private static partial Regex OneLine();
}
