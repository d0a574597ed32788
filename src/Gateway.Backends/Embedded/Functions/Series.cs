using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>The values of generate_series, drawn one by one by <see cref="SeriesTable"/>.</summary>
internal static class Series
{
    /// <summary>pg_proc.prosrc with the number of arguments.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "generate_series_int4/2", "generate_series_step_int4/3", "generate_series_int8/2", "generate_series_step_int8/3",
        "generate_series_numeric/2", "generate_series_step_numeric/3", "generate_series_timestamp/3", "generate_series_timestamptz/3",
    };

    /// <summary>The series of a type, start, stop and step being its arguments.</summary>
    public static IEnumerator<Datum> Of(uint type, Call arguments, FormatSettings format) => type switch
    {
        Oids.Numeric => Numbers(
            Numerics.Get(arguments, 1), Numerics.Get(arguments, 2), Numerics.Get(arguments, 3)),
        Oids.Timestamp => Times(arguments.Int(1), arguments.Int(2), arguments.Interval(3), Dates.Plus),
        _ => Times(arguments.Int(1), arguments.Int(2), arguments.Interval(3), (time, step) => Dates.PlusZoned(time, step, format.TimeZone)),
    };

    public static PgException ZeroStep() => new(SqlStates.InvalidParameterValue, "step size cannot equal zero");

    private static IEnumerator<Datum> Numbers(PgNumeric from, PgNumeric to, PgNumeric step)
    {
        foreach (var (value, name) in (ReadOnlySpan<(PgNumeric, string)>)[(from, "start"), (to, "stop"), (step, "step size")])
            if (!value.IsFinite) throw new PgException(SqlStates.InvalidParameterValue, $"{name} value cannot be {(value.IsNaN ? "NaN" : "infinity")}".Replace("step size value", "step size"));
        if (step.IsZero) throw ZeroStep();
        return Walk();

        IEnumerator<Datum> Walk()
        {
            for (var value = from; step.Sign > 0 ? value <= to : value >= to; value += step) yield return Datum.Of(value.ToString());
        }
    }

    private static IEnumerator<Datum> Times(long from, long to, PgInterval step, Func<long, PgInterval, long> add)
    {
        var direction = step.CompareTo(PgInterval.Zero);
        if (direction == 0) throw ZeroStep();
        return Walk();

        IEnumerator<Datum> Walk()
        {
            for (var value = from; direction > 0 ? value <= to : value >= to; value = add(value, step)) yield return Datum.Of(value);
        }
    }
}
