namespace Gateway.Types;

/// <summary>One row of pg_type, as far as the wire and type inference need it.</summary>
/// <param name="Oid">OID, the same on every server.</param>
/// <param name="Name">typname, for instance <c>int4</c>.</param>
/// <param name="Length">typlen: bytes, -1 for varlena, -2 for a C string.</param>
/// <param name="Kind">typtype: b base, c composite, d domain, e enum, p pseudo, r range, m multirange.</param>
/// <param name="Category">typcategory: N numeric, S string, D date/time, B boolean, A array…</param>
/// <param name="IsPreferred">typispreferred within its category.</param>
/// <param name="ArrayOid">OID of the array type over this one, 0 if none.</param>
/// <param name="ElementOid">typelem: the element's OID for an array, else 0.</param>
public sealed record PgType(
    uint Oid,
    string Name,
    short Length,
    char Kind,
    char Category,
    bool IsPreferred,
    uint ArrayOid,
    uint ElementOid)
{
    /// <summary>A true array: <c>int4[]</c> and the like (not int2vector, which is one only by typelem).</summary>
    public bool IsArray => Category == 'A' && ElementOid != 0 && Length == -1 && Oid is not (Oids.Int2Vector or Oids.OidVector);

    public Carrier Carrier { get; } = CarrierOf(Oid, Category);

    private static Carrier CarrierOf(uint oid, char category) => oid switch
    {
        Oids.Bool or Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid or Oids.Xid or Oids.Cid or Oids.Xid8
            or Oids.RegProc or Oids.RegProcedure or Oids.RegOper or Oids.RegOperator or Oids.RegClass or Oids.RegType
            or Oids.RegRole or Oids.RegNamespace or Oids.RegConfig or Oids.RegDictionary or Oids.RegCollation
            or Oids.Date or Oids.Time or Oids.Timestamp or Oids.TimestampTz or Oids.Money or Oids.PgLsn => Carrier.Int64,
        Oids.Float4 or Oids.Float8 => Carrier.Float64,
        Oids.Bytea or Oids.Uuid or Oids.Interval or Oids.TimeTz or Oids.Record or Oids.Int2Vector or Oids.OidVector
            or Oids.Vector or Oids.Halfvec or Oids.Sparsevec => Carrier.Bytes,
        _ => category is 'A' ? Carrier.Bytes : Carrier.Text,
    };
}
