using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>What the rules of type conversion ask about a type.</summary>
internal static class TypeSystem
{
    public static char Category(uint oid) => PgTypes.Find(oid)?.Category ?? 'U';

    public static bool IsPreferred(uint oid) => PgTypes.Find(oid) is { IsPreferred: true };

    /// <summary>The array type over a type, or 0.</summary>
    public static uint ArrayOf(uint element) => PgTypes.Find(element)?.ArrayOid ?? 0;

    /// <summary>The element type of a true array, or 0.</summary>
    public static uint ElementOf(uint array) => PgTypes.Find(array) is { IsArray: true } type ? type.ElementOid : 0;

    /// <summary>The element type of what is passed as anyarray: int2vector and oidvector are arrays there.</summary>
    public static uint ItemOf(uint array) => array switch
    {
        Oids.Int2Vector => Oids.Int2,
        Oids.OidVector => Oids.Oid,
        _ => ElementOf(array),
    };

    /// <summary>What <c>x[1]</c> yields: also of int2vector and the like; 0 when x has no subscripts.</summary>
    public static uint SubscriptOf(uint container) => PgTypes.Find(container) switch
    {
        { Category: 'A' } type => type.ElementOid,
        { Oid: Oids.Jsonb } => Oids.Jsonb,
        { Oid: Oids.Point or Oids.Lseg or Oids.Box or Oids.Name } type => type.ElementOid,
        _ => 0,
    };

    public static uint RangeSubtype(uint range) => range switch
    {
        3904 => Oids.Int4,
        3906 => Oids.Numeric,
        3908 => Oids.Timestamp,
        3910 => Oids.TimestampTz,
        3912 => Oids.Date,
        3926 => Oids.Int8,
        _ => 0,
    };

    public static uint RangeOfMultirange(uint multirange) => multirange switch
    {
        4451 => 3904,
        4532 => 3906,
        4533 => 3908,
        4534 => 3910,
        4535 => 3912,
        4536 => 3926,
        _ => 0,
    };

    public static uint MultirangeOf(uint range) => range switch
    {
        3904 => 4451,
        3906 => 4532,
        3908 => 4533,
        3910 => 4534,
        3912 => 4535,
        3926 => 4536,
        _ => 0,
    };

    /// <summary>The SQL name of a type, as error messages show it.</summary>
    public static string Format(uint oid)
    {
        if (PgTypes.Find(oid) is not { } type) return oid == 0 ? "-" : "???";
        if (type.IsArray) return Format(type.ElementOid) + "[]";
        return oid switch
        {
            Oids.Bool => "boolean",
            Oids.Char => "\"char\"",
            Oids.Int8 => "bigint",
            Oids.Int2 => "smallint",
            Oids.Int4 => "integer",
            Oids.Float4 => "real",
            Oids.Float8 => "double precision",
            Oids.BpChar => "character",
            Oids.VarChar => "character varying",
            Oids.Time => "time without time zone",
            Oids.Timestamp => "timestamp without time zone",
            Oids.TimestampTz => "timestamp with time zone",
            Oids.TimeTz => "time with time zone",
            Oids.VarBit => "bit varying",
            Oids.Any => "\"any\"",
            >= UserTypes.FirstOid => TypeScope.Types.Format(type, TypeScope.SearchPath),
            _ => type.Name,
        };
    }

    public static string Format(TypeRef type) => Format(type.Oid);
}
