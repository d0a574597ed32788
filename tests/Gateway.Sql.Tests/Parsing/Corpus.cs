using System.Runtime.CompilerServices;

namespace Gateway.Sql.Tests.Parsing;

internal static class Corpus
{
    public static string Folder { get; } = FolderOf();

    /// <summary>The paragraphs of a file: statements stand between empty lines, comments in front of them.</summary>
    public static IEnumerable<string> Statements(string file) =>
        File.ReadAllText(Path.Combine(Folder, file))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(text => !text.Split('\n').All(line => line.StartsWith("--", StringComparison.Ordinal)));

    public static IEnumerable<string> All() =>
        Directory.GetFiles(Folder, "*.sql").Order(StringComparer.Ordinal).SelectMany(f => Statements(Path.GetFileName(f)));

    private static string FolderOf([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "corpus");
}
