namespace IrisSimulator.Sql;

/// <summary>The tables of this assembly, kept as text files in Sql/Data.</summary>
internal static class Resource
{
    /// <summary>Lines without blank ones and comments ('# ' at the start).</summary>
    public static IEnumerable<string> Lines(string file)
    {
        var assembly = typeof(Resource).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("." + file, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))
                yield return line;
    }

    public static IEnumerable<string[]> Rows(string file) => Lines(file).Select(line => line.Split('\t'));
}
