using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>enum_first, enum_last, enum_range: each value is followed by its type, which is all that counts of the first two.</summary>
internal static class Enums
{
    public static void AddTo(FunctionTable f)
    {
        f.Loose("enum_first", 2, c => c.Return(Labels(c)[0].Value), immutable: false);
        f.Loose("enum_last", 2, c => c.Return(Labels(c)[^1].Value), immutable: false);
        f.Loose("enum_range_all", 2, c => Range(c, long.MinValue, long.MaxValue), immutable: false);
        f.Loose("enum_range_bounds", 4, c => Range(c, c.IsNull(0) ? long.MinValue : c.Int(0), c.IsNull(2) ? long.MaxValue : c.Int(2)), immutable: false);
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
