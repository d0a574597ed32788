using System.Globalization;
using System.Text;
using Corpus.Tests.Format;

namespace Corpus.Tests.Bi;

/// <summary>The part of docs/compatibility.md about BI tools: it says what the files of tests/Bi say. BI_WRITE=1 writes it.</summary>
internal static class BiPage
{
    private const string Heading = "## BI tools";
    private static readonly string File = Path.Combine(CorpusFile.RepositoryRoot, "docs", "compatibility.md");

    public static bool IsWriting => Environment.GetEnvironmentVariable("BI_WRITE") is "1";

    public static string Text()
    {
        var text = new StringBuilder($"""
            {Heading}

            Conversations in `tests/Bi`: what each tool sends when a connection is tested, when it reads the schema and when it draws a chart, written after
            its public behaviour. Every answer is compared with PostgreSQL 15's, with the embedded engine (the table), a simulated IRIS and a PostgreSQL
            server behind the gateway: `dotnet test tests/Corpus.Tests --filter Bi`.

            | tool | protocol | statements | answered as by PostgreSQL |
            | --- | --- | --- | --- |

            """);
        var tools = ToolFile.All.ToList();
        foreach (var tool in tools)
        {
            var (name, how) = (tool.Name.Split(": ")[0], tool.Name.Split(": ")[1]);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {how} | {tool.Sayings.Count} | {tool.Sayings.Count(saying => saying.Differs is null)} |\n");
        }

        text.Append('\n');
        foreach (var tool in tools)
            foreach (var saying in tool.Sayings.Where(saying => saying.Differs is not null))
                text.Append(CultureInfo.InvariantCulture, $"* **{tool.Name.Split(": ")[0]}**: {saying.Meaning} — {saying.Differs}\n");
        foreach (var tool in tools)
            foreach (var saying in tool.Sayings.Where(saying => saying.Shape is not null))
                text.Append(CultureInfo.InvariantCulture, $"* **{tool.Name.Split(": ")[0]}**: {saying.Meaning} — compared without its numbers: {saying.Shape}\n");
        foreach (var tool in tools)
            foreach (var group in tool.Sayings.SelectMany(saying => saying.DiffersOn).GroupBy(pair => pair))
                text.Append(CultureInfo.InvariantCulture, $"* **{tool.Name.Split(": ")[0]}** on {group.Key.Key}, {group.Count()} more: {group.Key.Value}\n");
        return text.ToString();
    }

    /// <summary>The part as it is in the document; empty where there is none.</summary>
    public static string InDocument()
    {
        var document = System.IO.File.ReadAllText(File);
        var start = document.IndexOf(Heading, StringComparison.Ordinal);
        return start < 0 ? "" : document[start..];
    }

    public static void Write()
    {
        var document = System.IO.File.ReadAllText(File);
        var start = document.IndexOf(Heading, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, (start < 0 ? document.TrimEnd('\n') + "\n\n" : document[..start]) + Text());
    }
}
