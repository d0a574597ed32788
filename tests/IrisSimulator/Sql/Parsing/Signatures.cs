using System.Collections.Frozen;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <param name="Most">int.MaxValue where there is no limit.</param>
internal sealed record Signature(string Name, int Least, int Most, IrisVersion Since);

internal sealed record AggregateSignature(AggregateFunction Function, bool Distinct);

internal sealed record WindowSignature(WindowFunction Function, int Least, int Most, bool HonoursRows);

/// <summary>What can be called, how it is written and with how many arguments.</summary>
internal static class Signatures
{
    private static readonly IrisVersion Always = new(0, 0);
    private static readonly FrozenDictionary<(string Name, bool Escape), Signature> Functions = ReadFunctions();

    private static readonly FrozenDictionary<string, AggregateSignature> Aggregates = Resource.Rows("aggregates.tsv")
        .ToFrozenDictionary(r => r[0], r => new AggregateSignature(Enum.Parse<AggregateFunction>(r[1]), r[2] == "yes"));

    private static readonly FrozenDictionary<string, WindowSignature> Windows = Resource.Rows("windows.tsv")
        .ToFrozenDictionary(r => r[0], r => new WindowSignature(Enum.Parse<WindowFunction>(r[1]), int.Parse(r[2]), int.Parse(r[3]), r[4] == "yes"));

    private static readonly FrozenDictionary<string, string> DateParts = Resource.Rows("dateparts.tsv")
        .SelectMany(r => r[1].Split(' '), (r, spelling) => (spelling, part: r[0]))
        .ToFrozenDictionary(pair => pair.spelling, pair => pair.part, StringComparer.OrdinalIgnoreCase);

    /// <param name="escape">As {fn name(…)}.</param>
    public static Signature? Function(string key, bool escape) => Functions.GetValueOrDefault((key, escape));

    /// <summary>The server knows the name in one form or the other.</summary>
    public static bool IsFunction(string key) => Functions.ContainsKey((key, false)) || Functions.ContainsKey((key, true));

    public static AggregateSignature? Aggregate(string key) => Aggregates.GetValueOrDefault(key);

    public static WindowSignature? Window(string key) => Windows.GetValueOrDefault(key);

    public static string? DatePart(string spelling) => DateParts.GetValueOrDefault(spelling);

    private static FrozenDictionary<(string, bool), Signature> ReadFunctions()
    {
        var functions = new Dictionary<(string, bool), Signature>();
        foreach (var row in Resource.Rows("functions.tsv"))
        {
            var most = row[3] == "*" ? int.MaxValue : int.Parse(row[3]);
            var since = row.Length > 4 ? IrisVersion.Parse(row[4]) : Always;
            var signature = new Signature(row[0], int.Parse(row[2]), most, since);
            if (row[1] is "bare" or "both") functions.Add((row[0], false), signature);
            if (row[1] is "fn" or "both") functions.Add((row[0], true), signature);
        }
        return functions.ToFrozenDictionary();
    }
}
