using System.Collections.Frozen;
using System.Globalization;
using Gateway.Types;

namespace Gateway.Catalog;

/// <summary>What pg_attribute repeats of a column's type: how it would lie in a PostgreSQL page.</summary>
internal sealed record TypeStorage(bool ByValue, string Align, string Storage, uint Collation)
{
    private static readonly Lazy<FrozenDictionary<uint, TypeStorage>> ByOid = new(() =>
        CatalogData.Read("pg_type").ToFrozenDictionary(
            fields => uint.Parse(fields[0]!, CultureInfo.InvariantCulture),
            fields => new TypeStorage(fields[5] == "t", fields[22]!, fields[23]!, uint.Parse(fields[28]!, CultureInfo.InvariantCulture))));

    public static TypeStorage Of(uint type) => Of(type, TypeScope.Types);

    public static TypeStorage Of(uint type, UserTypes types) => ByOid.Value.GetValueOrDefault(type)
        ?? (types.Find(type) switch
        {
            { Kind: 'e' } => new TypeStorage(true, "i", "p", 0),
            { Kind: 'd' } domain => Of(domain.BaseOid, types),
            _ => new TypeStorage(false, "i", "x", 0),
        });
}
