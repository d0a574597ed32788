using System.Collections.Frozen;

namespace Gateway.Types;

/// <summary>A name of a type as quote_ident writes it: in double quotes unless it reads back as itself without them.</summary>
/// <remarks>Data/reserved.tsv: pg_get_keywords() of PostgreSQL 15 without the unreserved ones.</remarks>
internal static class QuotedName
{
    private static readonly FrozenSet<string> Reserved = Load();

    public static string Of(string name) =>
        name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') && !Reserved.Contains(name)
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(QuotedName).Assembly.GetManifestResourceStream("Gateway.Types.Data.reserved.tsv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
