using System.Collections.Immutable;
using System.Globalization;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>The options of CREATE and ALTER SEQUENCE with PostgreSQL's defaults and checks.</summary>
internal static class SequenceOptions
{
    public static SequenceDefinition Create(uint type, ImmutableArray<SequenceOption> options)
    {
        var typeOption = Find(options, "as");
        if (typeOption?.Value is { } name)
            type = name switch
            {
                "int2" or "smallint" => Oids.Int2,
                "int4" or "integer" or "int" => Oids.Int4,
                "int8" or "bigint" => Oids.Int8,
                _ => throw new PgException(SqlStates.InvalidParameterValue, "sequence type must be smallint, integer, or bigint"),
            };
        var increment = Number(options, "increment") ?? 1;
        if (increment == 0) throw Invalid("INCREMENT must not be zero");
        var (lowest, highest) = Range(type);
        var min = Number(options, "minvalue") ?? (increment > 0 ? 1 : lowest);
        var max = Number(options, "maxvalue") ?? (increment > 0 ? highest : -1);
        return Check(new SequenceDefinition(type, Number(options, "start") ?? (increment > 0 ? min : max), increment, min, max, IsCycle(options) ?? false));
    }

    public static SequenceDefinition Alter(SequenceDefinition old, ImmutableArray<SequenceOption> options)
    {
        var increment = Number(options, "increment") ?? old.Increment;
        if (increment == 0) throw Invalid("INCREMENT must not be zero");
        var (lowest, highest) = Range(old.TypeOid);
        long Limit(string name, long kept, long natural) =>
            Find(options, name) is null ? kept : Number(options, name) ?? natural;

        return Check(old with
        {
            Increment = increment,
            Min = Limit("minvalue", old.Min, increment > 0 ? 1 : lowest),
            Max = Limit("maxvalue", old.Max, increment > 0 ? highest : -1),
            Start = Number(options, "start") ?? old.Start,
            Cycle = IsCycle(options) ?? old.Cycle,
        });
    }

    public static SequenceOption? Find(ImmutableArray<SequenceOption> options, string name) =>
        options.IsDefaultOrEmpty ? null : options.FirstOrDefault(option => option.Name == name);

    public static long? Number(ImmutableArray<SequenceOption> options, string name) =>
        Find(options, name)?.Value is { } text
            ? long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw PgException.OutOfRange("bigint", text)
            : null;

    private static bool? IsCycle(ImmutableArray<SequenceOption> options) =>
        Find(options, "cycle") is { } option ? option.Value is not ("false" or "no") : Find(options, "no cycle") is null ? null : false;

    private static (long Lowest, long Highest) Range(uint type) => type switch
    {
        Oids.Int2 => (short.MinValue, short.MaxValue),
        Oids.Int4 => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static SequenceDefinition Check(SequenceDefinition definition)
    {
        if (definition.Min >= definition.Max)
            throw Invalid($"MINVALUE ({definition.Min}) must be less than MAXVALUE ({definition.Max})");
        if (definition.Start < definition.Min)
            throw Invalid($"START value ({definition.Start}) cannot be less than MINVALUE ({definition.Min})");
        if (definition.Start > definition.Max)
            throw Invalid($"START value ({definition.Start}) cannot be greater than MAXVALUE ({definition.Max})");
        return definition;
    }

    private static PgException Invalid(string message) => new(SqlStates.InvalidParameterValue, message);
}
