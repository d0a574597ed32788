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
    Vector,
    Halfvec,
    Sparsevec,
    Array,
    Record,
    Network,
    Tid,
    Range,
    Multirange,

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
        Oids.Vector => Ordering.Vector,
        Oids.Halfvec => Ordering.Halfvec,
        Oids.Sparsevec => Ordering.Sparsevec,
        Oids.Point or Oids.Lseg or Oids.Path or Oids.Box or Oids.Polygon or Oids.Line or Oids.Circle or Oids.Xml => Ordering.None,
        Oids.Inet or Oids.Cidr => Ordering.Network,
        Oids.Tid => Ordering.Tid,
        Oids.Bit or Oids.VarBit or Oids.Macaddr => Ordering.Native,
        0 or Oids.Unknown or Oids.Text or Oids.VarChar or Oids.Name or Oids.Char => Ordering.Native,
        _ => PgTypes.Find(type) switch
        {
            null => Ordering.EqualityOnly,
            { IsArray: true } array when PgTypes.Find(array.ElementOid) is { Category: 'G' } => Ordering.None,
            { Kind: 'r' } => Ordering.Range,
            { Kind: 'm' } => Ordering.Multirange,
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
        Ordering.Interval => Plain($"pg_interval_key({sql})"),
        Ordering.Jsonb => Plain($"pg_jsonb_key({sql})"),
        Ordering.Vector => Plain($"pg_vector_key({sql})"),
        Ordering.Halfvec => Plain($"pg_halfvec_key({sql})"),
        Ordering.Sparsevec => Plain($"pg_sparsevec_key({sql})"),
        Ordering.Array => Plain($"pg_array_key({sql})"),
        Ordering.Network => Plain($"pg_inet_key({sql})"),
        Ordering.Tid => Plain($"pg_tid_key({sql})"),
        Ordering.Record => Plain($"pg_record_key({sql})"),
        Ordering.Range => Plain($"pg_range_key({sql}, {type})"),
        Ordering.Multirange => Plain($"pg_multirange_key({sql}, {type})"),
        _ => Plain(sql),
    };

    /// <summary>For a test of being equal: a tid is the number of the row it leads to, which SQLite seeks, everything else its key.</summary>
    public static string Row(string sql, uint type)
    {
        const string Place = "pg_ctid(";
        if (type != Oids.Tid) return Key(sql, type);
        return sql.StartsWith(Place, StringComparison.Ordinal) && sql.IndexOf(')', StringComparison.Ordinal) == sql.Length - 1
            ? sql[Place.Length..^1]
            : Plain($"pg_tid_row({sql})");
    }

    /// <summary>SQLite gives an expression the first collation it finds anywhere inside: that of a numeric in a condition would sort a text.</summary>
    public static string Plain(string sql) =>
        sql.Contains(" COLLATE ", StringComparison.Ordinal) && !sql.EndsWith(" COLLATE BINARY", StringComparison.Ordinal) ? sql + " COLLATE BINARY" : sql;

    /// <summary>Whether its carrier is text that compares byte by byte.</summary>
    public static bool IsText(uint type) =>
        Of(type) is Ordering.Native or Ordering.EqualityOnly or Ordering.None && (PgTypes.Find(type)?.Carrier ?? Carrier.Text) == Carrier.Text;

    /// <summary>The value itself compares, possibly with a collation; no function is needed.</summary>
    public static bool IsPlain(uint type) => Of(type) is Ordering.Native or Ordering.Numeric or Ordering.BpChar or Ordering.EqualityOnly;

    public static bool HasOrder(uint type) => Of(type) is not (Ordering.EqualityOnly or Ordering.None);
}
