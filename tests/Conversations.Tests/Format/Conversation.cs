namespace Conversations.Tests.Format;

/// <summary>What the client sends, with the backend's part in it.</summary>
internal sealed record Say(int Line, string Text, byte[] Bytes, List<string> Answers);

/// <summary>What has to come back.</summary>
internal sealed record Hear(int Line, Expected Expected);

/// <summary>One file. The format: tests/Conversations/README.md.</summary>
internal sealed class Conversation
{
    public const string Folder = "Conversations";

    public required string Name { get; init; }

    /// <summary>The first line: the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The targets it is for; empty for all of them.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>SQL to be run beforehand, on another connection.</summary>
    public required IReadOnlyList<string> Setup { get; init; }

    /// <summary><see cref="Say"/> and <see cref="Hear"/> in their order.</summary>
    public required IReadOnlyList<object> Steps { get; init; }

    /// <summary>It begins with start-up itself.</summary>
    public bool IsFromStart { get; private init; }

    public bool Mentions(string message) => Steps.OfType<Hear>().Any(hear => hear.Expected.Message == message);

    public bool IsFor(string target) => Only.Count == 0 || Only.Contains(target);

    public static IEnumerable<string> Names()
    {
        var root = Path.Combine(AppContext.BaseDirectory, Folder);
        return Directory.EnumerateFiles(root, "*.talk", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    public static Conversation Load(string name, string target) =>
        Parse(name, File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, Folder, name)), target);

    public static Conversation Parse(string name, string[] lines, string target)
    {
        string? rule = null;
        var only = new List<string>();
        var setup = new List<string>();
        var steps = new List<object>();
        var isFromStart = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            var (sign, rest) = (lines[i][0], lines[i][1..].Trim());
            try
            {
                switch (sign)
                {
                    case '#' when rule is null: rule = rest; break;
                    case '#' when rest.StartsWith("only:", StringComparison.Ordinal):
                        only.AddRange(rest["only:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
                        break;
                    case '#' when rest.StartsWith("setup:", StringComparison.Ordinal): setup.Add(rest["setup:".Length..].Trim()); break;
                    case '#' when rest == "from start": isFromStart = true; break;
                    case '#': break;
                    case '>' when IsFor(ref rest, target): steps.Add(new Say(i + 1, rest, Said.Read(rest), [])); break;
                    case '<' when IsFor(ref rest, target): steps.Add(new Hear(i + 1, new Expected(rest))); break;
                    case '!': ((Say)steps[^1]).Answers.Add(rest); break;
                    case '>' or '<': break;
                    default: throw new FormatException($"a line begins with #, >, < or !, not with {sign}");
                }
            }
            catch (Exception error) when (error is FormatException or InvalidCastException or IndexOutOfRangeException)
            {
                throw new FormatException($"{name}({i + 1}): {error.Message}", error);
            }
        }

        return new()
        {
            Name = name,
            Rule = rule ?? throw new FormatException($"{name} names no rule in its first line"),
            Only = only,
            Setup = setup,
            Steps = steps,
            IsFromStart = isFromStart,
        };
    }

    // [postgres node] in front of a line: only these targets.
    private static bool IsFor(ref string rest, string target)
    {
        if (!rest.StartsWith('[')) return true;
        var end = rest.IndexOf(']');
        var targets = rest[1..end].Split(' ');
        rest = rest[(end + 1)..].Trim();
        return targets.Contains(target);
    }
}
