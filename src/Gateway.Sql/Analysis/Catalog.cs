using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>PostgreSQL's own functions, operators and casts (Data/*.tsv, written by eng/catalog-data.sh).</summary>
/// <remarks>
/// Those of pgvector 0.8 and IRIS's words for them are in Data/vector-*.tsv, which are written by hand. They lie in the
/// schema public, as after CREATE EXTENSION vector.
/// </remarks>
public static class Catalog
{
    private static readonly FrozenDictionary<string, FunctionInfo[]> ByName = LoadFunctions();

    private static readonly FrozenDictionary<uint, FunctionInfo> ByOid =
        ByName.Values.SelectMany(overloads => overloads).ToFrozenDictionary(function => function.Oid);

    private static readonly FrozenDictionary<string, OperatorInfo[]> OperatorsByName = LoadOperators();

    private static readonly FrozenDictionary<(uint Source, uint Target), CastInfo> Casts = LoadCasts();

    /// <summary>All functions of that name in pg_catalog.</summary>
    public static ReadOnlySpan<FunctionInfo> Functions(string name) => ByName.GetValueOrDefault(name);

    public static FunctionInfo? Function(uint oid) => ByOid.GetValueOrDefault(oid);

    public static ReadOnlySpan<OperatorInfo> Operators(string name) => OperatorsByName.GetValueOrDefault(name);

    /// <summary>Whether an OID is one of Data/vector-*.tsv.</summary>
    internal static bool IsOfVector(uint oid) => oid is >= Oids.Vector and < 10000;

    /// <summary>Those of information_schema, Data/information-functions.tsv: anyarray is written out for the types catalogs have.</summary>
    private static bool IsOfInformation(uint oid) => oid is >= 13200 and < 13300;

    /// <summary>Every function, for catalogs and for lists of what a backend lacks.</summary>
    public static IEnumerable<FunctionInfo> AllFunctions => ByOid.Values;

    public static IEnumerable<OperatorInfo> AllOperators => OperatorsByName.Values.SelectMany(overloads => overloads);

    internal static CastInfo? Cast(uint source, uint target) => Casts.GetValueOrDefault((source, target));

    private static FrozenDictionary<string, FunctionInfo[]> LoadFunctions()
    {
        return Group(Rows("functions.tsv").Concat(Lines("information-functions.tsv")).Select(f => new FunctionInfo(
                Number(f[0]),
                IsOfVector(Number(f[0])) ? "public" : IsOfInformation(Number(f[0])) ? "information_schema" : "pg_catalog",
                f[1],
                f[2][0],
                Numbers(f[3]),
                Number(f[4]),
                f[5] == "t",
                f[6] == "t",
                Number(f[8]),
                Texts(f[11]).Length,
                f[9])
            {
                Volatility = f[7][0],
                ArgumentNames = Texts(f[10]),
                Defaults = Texts(f[11]),
                OutTypes = Numbers(f[12]),
                OutNames = Texts(f[13]),
                AggregateKind = f[14] is "" ? '\0' : f[14][0],
                DirectCount = f[15] is "" ? 0 : (int)Number(f[15]),
            }),
            function => function.Name);
    }

    private static FrozenDictionary<string, OperatorInfo[]> LoadOperators() => Group(
        Rows("operators.tsv").Select(f => new OperatorInfo(Number(f[0]), f[1], Number(f[2]), Number(f[3]), Number(f[4]), f[5])),
        op => op.Name);

    private static FrozenDictionary<(uint, uint), CastInfo> LoadCasts() => Rows("casts.tsv").ToFrozenDictionary(
        f => (Number(f[0]), Number(f[1])),
        f => new CastInfo(f[2] == "0" ? null : Function(Number(f[2])), f[3][0], f[4][0]));

    private static FrozenDictionary<string, T[]> Group<T>(IEnumerable<T> rows, Func<T, string> name)
    {
        var groups = new Dictionary<string, T[]>(StringComparer.Ordinal);
        foreach (var group in rows.GroupBy(name)) groups.Add(group.Key, [.. group]);
        return groups.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string[]> Rows(string file) => Lines(file).Concat(Lines("vector-" + file));

    private static IEnumerable<string[]> Lines(string file)
    {
        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream($"Gateway.Sql.Data.{file}")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line) yield return line.Split('\t');
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);

    private static ImmutableArray<uint> Numbers(string text) =>
        text.Length == 0 ? [] : [.. text.Split(' ').Select(Number)];

    private static ImmutableArray<string> Texts(string text) => text.Length == 0 ? [] : [.. text.Split('|')];
}
