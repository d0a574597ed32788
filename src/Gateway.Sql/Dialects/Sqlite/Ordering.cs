using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>How the values of a type compare on SQLite.</summary>
internal enum Ordering
{
    /// <summary>SQLite orders the carrier as PostgreSQL orders the type.</summary>
    Native,

    /// <summary>Through a collation or a key function; see <see cref="Orderings.Key"/>.</summary>
    Numeric,
    BpChar,
    Interval,
    Jsonb,
    Array,
    Record,
    Network,

    /// <summary>Equal when the carriers are; no order.</summary>
    EqualityOnly,

    /// <summary>PostgreSQL has no comparison either, or none that we can do.</summary>
    None,
}

internal static class Orderings
{
    public static Ordering Of(uint type) => type switch
    {
        Oids.Numeric => Ordering.Numeric,
        Oids.BpChar => Ordering.BpChar,
        Oids.Interval => Ordering.Interval,
        Oids.Jsonb => Ordering.Jsonb,
        Oids.Record => Ordering.Record,
        Oids.Inet or Oids.Cidr => Ordering.Network,
        Oids.Bit or Oids.VarBit or Oids.Macaddr => Ordering.Native,
        0 or Oids.Unknown or Oids.Text or Oids.VarChar or Oids.Name or Oids.Char => Ordering.Native,
        _ => PgTypes.Find(type) switch
        {
            null => Ordering.EqualityOnly,
            { IsArray: true } => Ordering.Array,
            { Carrier: Carrier.Int64 or Carrier.Float64 or Carrier.Bytes } => Ordering.Native,
            _ => Ordering.EqualityOnly,
        },
    };

    /// <summary>Marks an operand so that SQLite compares it by value.</summary>
    public static string Key(string sql, uint type) => Of(type) switch
    {
        Ordering.Numeric => sql + " COLLATE pg_numeric",
        Ordering.BpChar => sql + " COLLATE RTRIM",
        Ordering.Interval => $"pg_interval_key({sql})",
        Ordering.Jsonb => $"pg_jsonb_key({sql})",
        Ordering.Array => $"pg_array_key({sql})",
        Ordering.Network => $"pg_inet_key({sql})",
        Ordering.Record => $"pg_record_key({sql})",
        _ => sql,
    };

    /// <summary>The value itself compares, possibly with a collation; no function is needed.</summary>
    public static bool IsPlain(uint type) => Of(type) is Ordering.Native or Ordering.Numeric or Ordering.BpChar or Ordering.EqualityOnly;

    public static bool HasOrder(uint type) => Of(type) is not (Ordering.EqualityOnly or Ordering.None);
}
