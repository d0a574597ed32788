using System.Text;

namespace Gateway.Catalog;

/// <summary>Reads Data/*.tsv, which eng/system-catalog.sh wrote in COPY's text format.</summary>
internal static class CatalogData
{
    /// <summary>The lines of a file; a field that is NULL is null, escapes are resolved.</summary>
    /// <remarks>Those of Data/vector-name.tsv, pgvector's type and functions, come last.</remarks>
    public static IEnumerable<string?[]> Read(string name) => Lines(name).Concat(Lines("vector-" + name));

    private static IEnumerable<string?[]> Lines(string name)
    {
        using var stream = typeof(CatalogData).Assembly.GetManifestResourceStream($"Gateway.Catalog.Data.{name}.tsv");
        if (stream is null) yield break;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return [.. line.Split('\t').Select(Field)];
    }

    private static string? Field(string text)
    {
        if (text == "\\N") return null;
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || ++i == text.Length)
            {
                plain.Append(text[Math.Min(i, text.Length - 1)]);
                continue;
            }

            plain.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', 'v' => '\v', var c => c });
        }

        return plain.ToString();
    }
}
