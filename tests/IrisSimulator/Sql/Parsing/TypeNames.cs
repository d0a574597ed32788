using System.Collections.Frozen;

namespace IrisSimulator.Sql.Parsing;

internal sealed record TypeSpelling(string Name, int Least, int Most, bool CastTarget, IrisVersion Since);

/// <summary>The type names of DDL and of CAST (Sql/Data/types.tsv).</summary>
internal static class TypeNames
{
    private static readonly FrozenDictionary<string, TypeSpelling> Spellings = Resource.Rows("types.tsv")
        .Select(r => new TypeSpelling(r[0], int.Parse(r[1]), int.Parse(r[2]), r[3] == "yes", r.Length > 4 ? IrisVersion.Parse(r[4]) : new(0, 0)))
        .ToFrozenDictionary(spelling => spelling.Name);

    /// <summary>{fn CONVERT(e, SQL_x)} knows these.</summary>
    private static readonly FrozenSet<string> OdbcNames = FrozenSet.ToFrozenSet(
        ["SQL_VARCHAR", "SQL_INTEGER", "SQL_DOUBLE", "SQL_DATE", "SQL_TIME", "SQL_TIMESTAMP", "SQL_POSIXTIME",
         "SQL_BIGINT", "SQL_SMALLINT", "SQL_TINYINT"]);

    public static TypeSpelling? Find(string key) => Spellings.GetValueOrDefault(key);

    public static bool IsOdbc(string key) => OdbcNames.Contains(key);
}
