using System.Text.RegularExpressions;
using Corpus.Tests.Format;
using Corpus.Tests.Wire;

namespace Corpus.Tests.Bi;

/// <summary>One statement of a conversation.</summary>
/// <param name="Meaning">What the tool wants with it.</param>
/// <param name="Keep">Under which name the first value of its answer is kept.</param>
/// <param name="Fails">PostgreSQL too answers with an error.</param>
/// <param name="Cut">Columns whose values cannot be equal.</param>
/// <param name="Ignored">Columns of which not even that is compared whether they are NULL.</param>
/// <param name="Without">Rows that are not compared.</param>
/// <param name="Differs">Why the answers differ; null where they must not.</param>
internal sealed record Saying(
    string Meaning, string Sql, IReadOnlyList<Parameter> Parameters, string? Keep, bool Simple, bool Unordered, bool Fails, IReadOnlySet<string> Cut, IReadOnlySet<string> Ignored, Regex? Without, string? Differs)
{
    /// <summary>Why numbers in it cannot be equal: everything else is compared.</summary>
    public string? Shape { get; init; }

    /// <summary>Why they differ with other backends than the embedded engine, by backend.</summary>
    public IReadOnlyDictionary<string, string> DiffersOn { get; init; } = new Dictionary<string, string>();
}

/// <summary>The statements of a tool: a file of tests/Bi, whose format is told in the README there.</summary>
internal sealed partial record ToolFile(string File, string Name, IReadOnlyList<Manner> Manners, IReadOnlyList<Saying> Sayings)
{
    public const string Questions = "questions";

    public static string Folder { get; } = Path.Combine(CorpusFile.RepositoryRoot, "tests", "Bi");

    /// <summary>All tools, in order; not the questions.</summary>
    public static IEnumerable<ToolFile> All => Directory.EnumerateFiles(Folder, "*.sql").Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Where(name => name is not ("schema" or Questions)).Order(StringComparer.Ordinal).Select(Load);

    public static ToolFile Load(string file) => Parse(file, System.IO.File.ReadAllText(Path.Combine(Folder, file + ".sql")));

    /// <summary>The file as it is true of another backend than the embedded engine.</summary>
    public ToolFile On(string target) => this with
    {
        Sayings = [.. Sayings.Select(saying => saying with { Differs = saying.DiffersOn.GetValueOrDefault(target) ?? saying.Differs })],
    };

    public static ToolFile Parse(string file, string text)
    {
        var blocks = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var head = blocks[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!head[0].StartsWith("# ", StringComparison.Ordinal)) throw new FormatException($"{file}: begins with no tool");
        var manners = head.Skip(1).Select(line => line switch
        {
            "protocol: simple" => Manner.Simple,
            "protocol: extended" => Manner.Extended,
            "protocol: extended binary" => Manner.ExtendedBinary,
            _ => throw new FormatException($"{file}: {line}"),
        }).ToList();
        if (manners.Count == 0) throw new FormatException($"{file}: no protocol");
        return new ToolFile(file, head[0][2..], manners, [.. blocks.Skip(1).Select(block => ReadSaying(file, block.Trim('\n')))]);
    }

    private static Saying ReadSaying(string file, string block)
    {
        var lines = block.Split('\n');
        if (!lines[0].StartsWith("-- ", StringComparison.Ordinal)) throw new FormatException($"{file}: no meaning: {lines[0]}");
        var saying = new Saying(lines[0][3..], "", [], null, false, false, false, new HashSet<string>(), new HashSet<string>(), null, null);
        var sql = new List<string>();
        foreach (var line in lines.Skip(1))
        {
            if (!line.StartsWith("--! ", StringComparison.Ordinal)) sql.Add(line);
            else saying = Follow(saying, line[4..], file);
        }

        return saying with { Sql = string.Join('\n', sql) };
    }

    private static Saying Follow(Saying saying, string line, string file)
    {
        var match = Instruction().Match(line);
        var (word, rest, why) = (match.Groups["word"].Value, match.Groups["rest"].Value.Trim(), match.Groups["why"].Value);
        return word switch
        {
            "simple" => saying with { Simple = true },
            "fails" => saying with { Fails = true },
            "unordered" => saying with { Unordered = true },
            "keep" => saying with { Keep = line[5..] },
            "bind" => saying with { Parameters = [.. saying.Parameters, ReadParameter(line[5..], file)] },
            "differs" when why.Length > 0 && rest.StartsWith("on ", StringComparison.Ordinal) =>
                saying with { DiffersOn = saying.DiffersOn.Append(KeyValuePair.Create(rest[3..], why)).ToDictionary() },
            "differs" when why.Length > 0 => saying with { Differs = why },
            "shape" when why.Length > 0 => saying with { Shape = why },
            "cut" when why.Length > 0 => saying with { Cut = saying.Cut.Concat(rest.Split(", ")).ToHashSet() },
            "ignore" when why.Length > 0 => saying with { Ignored = saying.Ignored.Concat(rest.Split(", ")).ToHashSet() },
            "without" when why.Length > 0 => saying with { Without = new Regex(rest) },
            _ => throw new FormatException($"{file}: {line}"),
        };
    }

    // int4 = 7, text is null
    private static Parameter ReadParameter(string line, string file) =>
        line.Split(" = ", 2) is [var type, var value] ? new Parameter(ParameterTypes.Oid(type), value)
        : line.EndsWith(" is null", StringComparison.Ordinal) ? new Parameter(ParameterTypes.Oid(line[..^8]), null)
        : throw new FormatException($"{file}: bind {line}");

    // The last colon with a blank parts the reason: patterns may have others.
    [GeneratedRegex(@"^(?<word>\w+)(?<rest>.*?)(?:: (?<why>(?:(?!: ).)+))?$")]
    private static partial Regex Instruction();
}
