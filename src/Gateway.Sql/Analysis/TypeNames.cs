using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Analysis;

/// <summary>Type names as written to types with their modifiers, and back.</summary>
public static class TypeNames
{
    private static readonly ConcurrentDictionary<uint, TypeName> Made = new();

    /// <summary>A name for a coercion that was not written. The modifier stands in the cast's <see cref="Expr.Type"/> only.</summary>
    public static TypeName Of(uint oid) => Made.GetOrAdd(oid, static oid =>
    {
        var element = TypeSystem.ElementOf(oid);
        var name = PgTypes.Get(element == 0 ? oid : element).Name;
        return new TypeName(new QualifiedName(["pg_catalog", name]), [], element == 0 ? 0 : 1);
    });

    /// <exception cref="PgException">42704 for an unknown type, 22023 for a bad modifier.</exception>
    public static TypeRef Resolve(TypeName name)
    {
        var type = name.Name.Schema is null or "pg_catalog" ? PgTypes.Find(name.Name.Last)
            : name.Name.Schema == "public" && PgTypes.Find(name.Name.Last) is { Oid: >= Oids.Vector } ours ? ours : null;
        if (type is null)
            throw new PgException(SqlStates.UndefinedObject, $"type \"{name.Name}\" does not exist") { Position = Failure.At(name.Position) };
        var typmod = name.Modifiers.IsEmpty && name.IntervalFields is null ? -1 : Typmod(type, name);
        if (name.ArrayDimensions == 0) return new TypeRef(type.Oid, typmod);
        var array = type.IsArray ? type.Oid : type.ArrayOid;
        if (array == 0)
            throw new PgException(SqlStates.UndefinedObject, $"type \"{name.Name}[]\" does not exist") { Position = Failure.At(name.Position) };
        return new TypeRef(array, typmod);
    }

    private static int Typmod(PgType type, TypeName name)
    {
        Span<int> modifiers = stackalloc int[name.Modifiers.Length];
        for (var i = 0; i < modifiers.Length; i++) modifiers[i] = Number(name.Modifiers[i], name);
        switch (type.Oid)
        {
            case Oids.Numeric:
                if (modifiers.Length > 2) throw Invalid("invalid NUMERIC type modifier", name);
                if (modifiers[0] is < 1 or > 1000)
                    throw Invalid($"NUMERIC precision {modifiers[0]} must be between 1 and 1000", name);
                var scale = modifiers.Length == 2 ? modifiers[1] : 0;
                if (scale is < -1000 or > 1000) throw Invalid($"NUMERIC scale {scale} must be between -1000 and 1000", name);
                return ((modifiers[0] << 16) | (scale & 0x7ff)) + 4;
            case Oids.VarChar or Oids.BpChar:
                var spelling = type.Oid == Oids.VarChar ? "varchar" : "char";
                if (modifiers.Length != 1) throw Invalid("invalid type modifier", name);
                if (modifiers[0] < 1) throw Invalid($"length for type {spelling} must be at least 1", name);
                if (modifiers[0] > 10485760) throw Invalid($"length for type {spelling} cannot exceed 10485760", name);
                return modifiers[0] + 4;
            case Oids.Bit or Oids.VarBit:
                if (modifiers.Length != 1) throw Invalid("invalid type modifier", name);
                if (modifiers[0] < 1) throw Invalid($"length for type {type.Name} must be at least 1", name);
                return modifiers[0];
            case Oids.Time or Oids.TimeTz or Oids.Timestamp or Oids.TimestampTz:
                if (modifiers.Length != 1) throw Invalid("invalid type modifier", name);
                return Math.Min(modifiers[0], 6);
            case Oids.Vector or Oids.Halfvec or Oids.Sparsevec:
                var most = type.Oid == Oids.Sparsevec ? SparseVectorCodec.MaxDimensions : EmbeddingCodec.MaxDimensions;
                if (modifiers.Length != 1) throw Invalid("invalid type modifier", name);
                if (modifiers[0] < 1) throw Invalid($"dimensions for type {type.Name} must be at least 1", name);
                if (modifiers[0] > most) throw Invalid($"dimensions for type {type.Name} cannot exceed {most}", name);
                return modifiers[0];
            case Oids.Interval:
                return IntervalTypmod(name.IntervalFields, modifiers);
            default:
                throw new PgException(SqlStates.SyntaxError, $"type modifier is not allowed for type \"{type.Name}\"")
                {
                    Position = Failure.At(name.Position),
                };
        }
    }

    // The upper half holds the fields, the lower the precision; 0x7FFF and 0xFFFF mean all.
    private static int IntervalTypmod(string? fields, ReadOnlySpan<int> modifiers)
    {
        const int Month = 1 << 1, Year = 1 << 2, Day = 1 << 3, Hour = 1 << 10, Minute = 1 << 11, Second = 1 << 12;
        var mask = fields switch
        {
            null => 0x7FFF,
            "year" => Year,
            "month" => Month,
            "day" => Day,
            "hour" => Hour,
            "minute" => Minute,
            "second" => Second,
            "year to month" => Year | Month,
            "day to hour" => Day | Hour,
            "day to minute" => Day | Hour | Minute,
            "day to second" => Day | Hour | Minute | Second,
            "hour to minute" => Hour | Minute,
            "hour to second" => Hour | Minute | Second,
            _ => Minute | Second,
        };
        return (mask << 16) | (modifiers.IsEmpty ? 0xFFFF : Math.Min(modifiers[0], 6));
    }

    private static int Number(Expr modifier, TypeName name)
    {
        var (digits, negative) = modifier switch
        {
            NumberLiteral number => (number.Text, false),
            UnaryOp { Operator.Symbol: "-", Operand: NumberLiteral number } => (number.Text, true),
            StringLiteral text => (text.Value, false),
            _ => throw new PgException(SqlStates.SyntaxError, "type modifiers must be simple constants or identifiers")
            {
                Position = Failure.At(name.Position),
            },
        };
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new PgException(SqlStates.InvalidTextRepresentation, $"invalid input syntax for type integer: \"{digits}\"");
        return negative ? -value : value;
    }

    private static PgException Invalid(string message, TypeName name) =>
        new(SqlStates.InvalidParameterValue, message) { Position = Failure.At(name.Position) };
}
