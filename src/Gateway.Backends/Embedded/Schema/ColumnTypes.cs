using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Types of column definitions with their modifiers, packed as PostgreSQL's typmodin functions pack them.</summary>
internal static class ColumnTypes
{
    private const int VarHeader = 4;

    public static TypeRef Resolve(TypeName name)
    {
        var type = (name.Name.Schema is null or "pg_catalog" ? PgTypes.Find(name.Name.Last) : null)
            ?? throw new PgException(SqlStates.UndefinedObject, $"type \"{name.Name}\" does not exist") { Position = name.Position + 1 };
        if (type.Kind == 'p')
            throw new PgException("42P16", $"column has pseudo-type {type.Name}");
        var typmod = Typmod(name, type.Oid);
        if (name.ArrayDimensions == 0) return new TypeRef(type.Oid, typmod);
        return type.ArrayOid != 0
            ? new TypeRef(type.ArrayOid, typmod)
            : throw new PgException(SqlStates.UndefinedObject, $"could not find array type for data type {type.Name}");
    }

    /// <summary>The integer type behind serial and its kin, or 0.</summary>
    public static uint SerialType(TypeName? name) => name is { ArrayDimensions: 0, Name.Parts.Length: 1 } ? name.Name.Last switch
    {
        "serial" or "serial4" => Oids.Int4,
        "bigserial" or "serial8" => Oids.Int8,
        "smallserial" or "serial2" => Oids.Int2,
        _ => 0,
    } : 0;

    private static int Typmod(TypeName name, uint oid)
    {
        if (name.Modifiers.IsDefaultOrEmpty && name.IntervalFields is null) return -1;
        var modifiers = name.Modifiers.IsDefaultOrEmpty ? [] : name.Modifiers.Select(Number).ToArray();
        switch (oid)
        {
            case Oids.VarChar or Oids.BpChar:
                if (modifiers[0] < 1) throw Invalid($"length for type {(oid == Oids.VarChar ? "varchar" : "char")} must be at least 1");
                if (modifiers[0] > 10485760) throw Invalid($"length for type {(oid == Oids.VarChar ? "varchar" : "char")} cannot exceed 10485760");
                return modifiers[0] + VarHeader;
            case Oids.Numeric:
                if (modifiers[0] is < 1 or > 1000) throw Invalid($"NUMERIC precision {modifiers[0]} must be between 1 and 1000");
                var scale = modifiers.Length > 1 ? modifiers[1] : 0;
                if (scale is < -1000 or > 1000) throw Invalid($"NUMERIC scale {scale} must be between -1000 and 1000");
                return ((modifiers[0] << 16) | (scale & 0x7ff)) + VarHeader;
            case Oids.Interval:
                return IntervalTypmod(name.IntervalFields, modifiers);
            case Oids.Time or Oids.TimeTz or Oids.Timestamp or Oids.TimestampTz:
                if (modifiers[0] < 0) throw Invalid($"TIMESTAMP({modifiers[0]}) precision must not be negative");
                return Math.Min(modifiers[0], 6);
            case Oids.Bit or Oids.VarBit:
                if (modifiers[0] < 1) throw Invalid($"length for type {(oid == Oids.Bit ? "bit" : "bit varying")} must be at least 1");
                return modifiers[0];
            default:
                // Fixed by the extension that brings the type, for instance vector(3).
                return PgTypes.Get(oid).Name is "vector" or "halfvec"
                    ? modifiers[0]
                    : throw new PgException(SqlStates.SyntaxError, $"type modifier is not allowed for type \"{name.Name.Last}\"");
        }
    }

    // Masks of the DTK fields: INTERVAL_MASK in PostgreSQL's timestamp.h.
    private static int IntervalTypmod(string? fields, int[] modifiers)
    {
        const int month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
        var range = fields switch
        {
            null => 0x7fff,
            "year" => year,
            "month" => month,
            "day" => day,
            "hour" => hour,
            "minute" => minute,
            "second" => second,
            "year to month" => year | month,
            "day to hour" => day | hour,
            "day to minute" => day | hour | minute,
            "day to second" => day | hour | minute | second,
            "hour to minute" => hour | minute,
            "hour to second" => hour | minute | second,
            "minute to second" => minute | second,
            _ => throw PgException.Syntax($"invalid interval fields \"{fields}\""),
        };
        return (range << 16) | (modifiers.Length > 0 ? Math.Min(modifiers[0], 6) : 0xffff);
    }

    private static int Number(Expr modifier) => modifier switch
    {
        NumberLiteral literal when int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral literal } when int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => -value,
        _ => throw PgException.Syntax("type modifiers must be simple constants or identifiers"),
    };

    private static PgException Invalid(string message) => new(SqlStates.InvalidParameterValue, message);
}
