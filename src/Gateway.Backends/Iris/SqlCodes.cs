using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Backends.Iris;

/// <summary>IRIS' SQLCODEs and the SQLSTATE each becomes (sqlcodes.tsv).</summary>
internal static class SqlCodes
{
    private static readonly FrozenDictionary<int, (string SqlState, string Meaning)> Known = Load();

    public static IEnumerable<int> All => Known.Keys;

    /// <param name="code">Either sign: drivers differ.</param>
    public static (string SqlState, string Meaning)? Find(int code) =>
        Known.TryGetValue(-Math.Abs(code), out var found) ? found : null;

    private static FrozenDictionary<int, (string, string)> Load()
    {
        using var stream = typeof(SqlCodes).Assembly.GetManifestResourceStream("Gateway.Backends.Iris.sqlcodes.tsv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var rows = new Dictionary<int, (string, string)>();
        while (reader.ReadLine() is { } line)
        {
            var field = line.Split('\t');
            rows.Add(int.Parse(field[0], CultureInfo.InvariantCulture), (field[1], field[2]));
        }

        return rows.ToFrozenDictionary();
    }
}
