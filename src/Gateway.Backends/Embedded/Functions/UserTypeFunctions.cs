using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>The constraints of domains, and enum_first, enum_last, enum_range: each value is followed by its type, which is all that counts of the first two.</summary>
internal static class UserTypeFunctions
{
    public static void AddTo(FunctionTable f)
    {
        f.Loose("enum_first", 2, c => c.Return(Labels(c)[0].Value), immutable: false);
        f.Loose("enum_last", 2, c => c.Return(Labels(c)[^1].Value), immutable: false);
        f.Loose("enum_range_all", 2, c => Range(c, long.MinValue, long.MaxValue), immutable: false);

        // The domain, the check (0 for NOT NULL), the value, which is there so that SQLite does not compute this beforehand. In a
        // table's CHECK only what it takes for a function of its arguments may stand.
        f.Loose("domain_fail", 3, Fail);
        f.Loose("domain_raise", 3, Fail, immutable: false);
        f.Loose("enum_range_bounds", 4, c => Range(c, c.IsNull(0) ? long.MinValue : c.Int(0), c.IsNull(2) ? long.MaxValue : c.Int(2)), immutable: false);
    }

    private static void Fail(Call c)
    {
        var type = TypeScope.Types.Definition(c.Oid(0));
        var check = type?.Domain?.Checks.FirstOrDefault(known => known.Oid == c.Oid(1));
        throw new PgException(
            c.Int(1) == 0 ? SqlStates.NotNullViolation : SqlStates.CheckViolation,
            c.Int(1) == 0 ? $"domain {TypeNames.Format(c.Oid(0))} does not allow null values"
                : $"value for domain {TypeNames.Format(c.Oid(0))} violates check constraint \"{check?.Name}\"")
        {
            SchemaName = type?.Schema,
            DataTypeName = type?.Name,
            ConstraintName = check?.Name,
        };
    }

    private static UserType TypeOf(Call c) => TypeScope.Types.Definition(c.Oid(1))
        ?? throw new PgException(SqlStates.FeatureNotSupported, "could not determine actual enum type");

    private static IReadOnlyList<EnumLabel> Labels(Call c) => TypeOf(c) is { Labels.IsEmpty: false } type
        ? type.Labels
        : throw new PgException(SqlStates.ObjectNotInPrerequisiteState, $"enum {TypeNames.Format(c.Oid(1))} contains no values");

    private static void Range(Call c, long from, long to)
    {
        var type = TypeOf(c);
        PgArray.Vector(type.Oid, [.. type.Labels.Where(label => label.Value >= from && label.Value <= to).Select(label => PgArray.Binary(type.Oid, Datum.Of(label.Value)))]).Return(c);
    }
}
