using System.Runtime.CompilerServices;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Parsing;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Tests.Dialects.Iris;

/// <summary>
/// pairs.txt: a statement, and what the writer makes of it. <c>iris@2025.1</c> for that version of the server,
/// <c>exact@…</c> with exact comparison, <c>utc@…</c> for a session in UTC, <c>inputs</c> for the markers' values of the line
/// before (v0 is computed, * is spread), <c>here</c> (<c>here@2024.1</c>) for why it is not written.
/// </summary>
internal static class Pairs
{
    public static IEnumerable<(string Statement, string Expected)> Read()
    {
        string? statement = null;
        string? line = null;
        foreach (var read in File.ReadLines(Path.Combine(Folder(), "pairs.txt")))
        {
            if (read.StartsWith("inputs ", StringComparison.Ordinal))
            {
                line += "\n" + read;
                continue;
            }

            if (line is not null && statement is not null) yield return (statement, line);
            line = null;
            if (read.StartsWith("postgres ", StringComparison.Ordinal)) statement = read[9..].Trim();
            else if (read.Length > 0 && read[0] != '#') line = read;
        }

        if (line is not null && statement is not null) yield return (statement, line);
    }

    /// <summary>The file anew, from what comes out.</summary>
    public static void Write()
    {
        var path = Path.Combine(Folder(), "pairs.txt");
        string? statement = null;
        var lines = new List<string>();
        foreach (var read in File.ReadAllLines(path))
        {
            if (read.StartsWith("inputs ", StringComparison.Ordinal)) continue;
            if (read.StartsWith("postgres ", StringComparison.Ordinal)) statement = read[9..].Trim();
            else if (read.Length > 0 && read[0] != '#' && statement is not null)
            {
                lines.Add(Translate(statement, read[..read.IndexOf(' ')]));
                continue;
            }

            lines.Add(read);
        }

        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    /// <param name="how"><c>iris@2025.1</c> and the like, or <c>here</c>.</param>
    public static string Translate(string sql, string how)
    {
        var mode = how.Split('@');
        var version = Version.Parse(mode.Length > 1 ? mode[1] : "2025.1");
        var options = new IrisOptions(version, mode[0] == "exact") { SessionIsUtc = mode[0] == "utc" };
        var bound = new Analyzer(IrisSchema.Snapshot, ["public"]).Bind(Parser.ParseSingle(sql)!, []);
        var hoisted = new HoistedValues();
        var writer = new IrisWriter(options, hoisted);
        var text = writer.Query(((QueryStatement)bound.Tree).Query, null);
        if (text is null) return version == new Version(2025, 1) ? $"here {writer.Why}" : $"here@{version} {writer.Why}";
        return writer.Inputs.Count == 0 ? $"{how} {text}" : $"{how} {text}\ninputs {string.Join(' ', writer.Inputs.Select(Show))}";
    }

    private static string Show(Input input) =>
        (input.Kind == InputKind.Computed ? "v" : "$") + input.Number + (input.Spread ? "*" : "");

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
