using System.Collections.Frozen;
using System.Globalization;

namespace Gateway.Catalog;

/// <summary>What pg_attribute repeats of a column's type: how it would lie in a PostgreSQL page.</summary>
internal sealed record TypeStorage(bool ByValue, string Align, string Storage, uint Collation)
{
    private static readonly Lazy<FrozenDictionary<uint, TypeStorage>> ByOid = new(() =>
        CatalogData.Read("pg_type").ToFrozenDictionary(
            fields => uint.Parse(fields[0]!, CultureInfo.InvariantCulture),
            fields => new TypeStorage(fields[5] == "t", fields[22]!, fields[23]!, uint.Parse(fields[28]!, CultureInfo.InvariantCulture))));

    public static TypeStorage Of(uint type) => ByOid.Value.GetValueOrDefault(type) ?? new TypeStorage(false, "i", "x", 0);
}
