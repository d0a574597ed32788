using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris.Ddl;

/// <summary>Which values of one type are, as IRIS keeps them, values of another without a change or a check.</summary>
internal static class StoredForms
{
    public static bool IsSame(TypeRef from, TypeRef to)
    {
        if (from == to) return true;
        return (from.Oid, to.Oid) switch
        {
            (Oids.Int2, Oids.Int4 or Oids.Int8) or (Oids.Int4, Oids.Int8) => true,
            (Oids.Float4, Oids.Float8) => true,
            (Oids.VarChar or Oids.Text, Oids.Text) or (Oids.BpChar, Oids.Text) => true,
            (Oids.VarChar or Oids.BpChar, Oids.VarChar) or (Oids.BpChar, Oids.BpChar) => to.Typmod < 0 || (from.Typmod >= 0 && from.Typmod <= to.Typmod),
            (Oids.Text, Oids.VarChar) => to.Typmod < 0,
            (Oids.Numeric, Oids.Numeric) => IsWider(from.Typmod, to.Typmod),
            (Oids.Timestamp, Oids.Timestamp) or (Oids.TimestampTz, Oids.TimestampTz) or (Oids.Time, Oids.Time) => to.Typmod is < 0 or 6 || (from.Typmod >= 0 && from.Typmod <= to.Typmod),
            _ => false,
        };
    }

    // The same scale in both, and both kept as numbers, or both as text.
    private static bool IsWider(int from, int to)
    {
        if (from < 0) return to < 0;
        if (to < 0) return Typmod.Precision(from) > 18;
        return Typmod.Scale(from) == Typmod.Scale(to) && Typmod.Precision(from) <= Typmod.Precision(to)
            && Typmod.Precision(from) <= 18 == Typmod.Precision(to) <= 18;
    }
}
