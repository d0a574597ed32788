using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Conversions. Most of them change nothing in IRIS, because both types are kept alike.</summary>
public sealed partial class IrisWriter
{
    private bool Converted(Cast e, Need need)
    {
        var (from, to) = (e.Operand.Type, e.Type);
        if (to.Typmod >= 0 && !(to.Oid == from.Oid && to.Typmod == from.Typmod)) return Modified(e, need);
        switch (from.Oid, to.Oid)
        {
            case var (same, target) when same == target:
            case (Oids.Int2, Oids.Int4 or Oids.Int8 or Oids.Numeric):
            case (Oids.Int4, Oids.Int8 or Oids.Numeric):
            case (Oids.Int8, Oids.Numeric):
            case (Oids.Text or Oids.VarChar or Oids.Name or Oids.BpChar, Oids.Text or Oids.VarChar):
            case (Oids.Uuid or Oids.Json or Oids.Jsonb, Oids.Text or Oids.VarChar):
            case (Oids.Bool, Oids.Int4):
                return Value(e.Operand, need);
            case (Oids.Timestamp, Oids.TimestampTz) or (Oids.TimestampTz, Oids.Timestamp) when options.SessionIsUtc:
                return Value(e.Operand, need);
            case (Oids.Int2 or Oids.Int4 or Oids.Int8, Oids.Text or Oids.VarChar):
                return TextOf(e.Operand);
            case (Oids.Int8, Oids.Int2 or Oids.Int4) or (Oids.Int4, Oids.Int2) when DigitsOf(e.Operand) is { } digits && digits.Integer <= Digits.Safe(to.Oid):
                return Value(e.Operand, need);
            case (Oids.Int8, Oids.Int4) when IsCount(e.Operand):
                // Whoever reads it checks the range.
                return Value(e.Operand, need);
            case (Oids.Numeric, Oids.Int2 or Oids.Int4 or Oids.Int8) when DigitsOf(e.Operand) is { } number && number.Integer < Digits.Safe(to.Oid):
                return Write("ROUND(") && Value(e.Operand, Need.None) && Write(", 0)");
            case (Oids.Int2 or Oids.Int4, Oids.Float8):
                return Write("CAST(") && Value(e.Operand, Need.None) && Write(" AS DOUBLE)");
            case (Oids.Int4, Oids.Bool):
                return TruthValue(e);
            case (Oids.Date, Oids.Timestamp):
            case (Oids.Date, Oids.TimestampTz) when options.SessionIsUtc:
                return Write("CAST(") && Value(e.Operand, Need.None) && Write(" AS TIMESTAMP)");
            case (Oids.Timestamp, Oids.Date):
            case (Oids.TimestampTz, Oids.Date) when options.SessionIsUtc:
                return Write("CAST(") && Value(e.Operand, Need.None) && Write(" AS DATE)");
            case (Oids.TimestampTz, _) or (_, Oids.TimestampTz):
                return Refuse("the session's time zone is applied here");
            default:
                return Refuse($"{TypeNames.Format(from.Oid)} is converted to {TypeNames.Format(to.Oid)} here");
        }
    }

    /// <summary>A conversion with a modifier: numeric(10,2), varchar(5).</summary>
    private bool Modified(Cast e, Need need)
    {
        var (from, to) = (e.Operand.Type, e.Type);
        switch (to.Oid)
        {
            case Oids.Numeric when DigitsOf(e.Operand) is { } digits && IrisTypes.StorageOf(to) == Storage.Numeric:
                var (room, scale) = (Typmod.Precision(to.Typmod) - Typmod.Scale(to.Typmod), Typmod.Scale(to.Typmod));
                if (digits.Scale <= scale && digits.Integer <= room) return Value(e.Operand, need);
                return digits.Integer < room && digits.Total <= IrisTypes.MaxDigits
                    ? Write("ROUND(") && Value(e.Operand, Need.None) && Write(", ") && Number(scale) && Write(')')
                    : Refuse("a number may be too long for its type");
            case Oids.VarChar when from.Oid == Oids.VarChar && from.Typmod >= 0 && from.Typmod <= to.Typmod:
                return Value(e.Operand, need);
            case Oids.VarChar when e.Kind == CastKind.Explicit && from.Oid is Oids.Text or Oids.VarChar && to.Typmod > 4:
                return Write("{fn LEFT(") && Value(e.Operand, Need.None) && Write(", ") && Number(to.Typmod - 4) && Write(")}");
            default:
                return Refuse($"{TypeNames.Format(to.Oid)} is cut or padded here");
        }
    }

    private static bool IsCount(Expr e) => e is FunctionCall { Resolved: { Kind: 'a', Name: "count" } }
        or ScalarSubquery { Query: Select { Items: [{ Value: FunctionCall { Resolved: { Kind: 'a', Name: "count" }, Over: null } }] } };

    private bool Number(int value)
    {
        _sql.Append(value);
        return true;
    }
}
