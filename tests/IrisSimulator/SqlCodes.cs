using System.Collections.Frozen;
using IrisSimulator.Sql;

namespace IrisSimulator;

/// <summary>What the SQLCODEs mean, in our own words (Sql/Data/sqlcodes.tsv).</summary>
public static class SqlCodes
{
    private static readonly FrozenDictionary<int, string> Meanings =
        Resource.Rows("sqlcodes.tsv").ToFrozenDictionary(row => int.Parse(row[0]), row => row[1]);

    /// <exception cref="KeyNotFoundException">The reference does not list the code.</exception>
    public static string Meaning(int code) => Meanings[code];

    public static bool IsKnown(int code) => Meanings.ContainsKey(code);
}
