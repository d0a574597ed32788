using System.Collections.Frozen;

namespace IrisSimulator.Sql.Lexing;

/// <summary>Which words need quotes, and which constructs exist in which version.</summary>
internal static class Words
{
    private static readonly FrozenSet<string> Reserved = Resource.Lines("reserved.txt")
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, IrisVersion> Since = Resource.Rows("features.tsv")
        .ToFrozenDictionary(row => row[0], row => IrisVersion.Parse(row[1]));

    public static bool IsReserved(string key) => Reserved.Contains(key);

    public static bool Has(this IrisVersion version, string construct) => version >= Since[construct];
}
