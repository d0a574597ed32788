using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>generate_series.</summary>
internal static class Series
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["int4", "int8"])
        {
            f.Add($"generate_series_{type}", 2, c => SetResult.Ints(c, Ints(c.Int(0), c.Int(1), 1)));
            f.Add($"generate_series_step_{type}", 3, c => SetResult.Ints(c, Ints(c.Int(0), c.Int(1), c.Int(2))));
        }

        f.Add("generate_series_numeric", 2, c => SetResult.Texts(c, Numbers(Numerics.Get(c, 0), Numerics.Get(c, 1), PgNumeric.One)));
        f.Add("generate_series_step_numeric", 3, c => SetResult.Texts(c, Numbers(Numerics.Get(c, 0), Numerics.Get(c, 1), Numerics.Get(c, 2))));
        f.Add("generate_series_timestamp", 3, c => SetResult.Ints(c, Times(c.Int(0), c.Int(1), c.Interval(2), Dates.Plus)));
        f.Stable("generate_series_timestamptz", 3, c =>
        {
            var zone = c.Format.TimeZone;
            SetResult.Ints(c, Times(c.Int(0), c.Int(1), c.Interval(2), (time, step) => Dates.PlusZoned(time, step, zone)));
        });
    }

    private static PgException ZeroStep() => new(SqlStates.InvalidParameterValue, "step size cannot equal zero");

    private static IEnumerable<long> Ints(long from, long to, long step)
    {
        if (step == 0) throw ZeroStep();
        for (var value = from; step > 0 ? value <= to : value >= to;)
        {
            yield return value;
            var next = unchecked(value + step);
            if (step > 0 ? next < value : next > value) yield break;
            value = next;
        }
    }

    private static IEnumerable<string?> Numbers(PgNumeric from, PgNumeric to, PgNumeric step)
    {
        foreach (var (value, name) in (ReadOnlySpan<(PgNumeric, string)>)[(from, "start"), (to, "stop"), (step, "step size")])
            if (!value.IsFinite) throw new PgException(SqlStates.InvalidParameterValue, $"{name} value cannot be {(value.IsNaN ? "NaN" : "infinity")}".Replace("step size value", "step size"));
        if (step.IsZero) throw ZeroStep();
        return Walk();

        IEnumerable<string?> Walk()
        {
            for (var value = from; step.Sign > 0 ? value <= to : value >= to; value += step) yield return value.ToString();
        }
    }

    private static IEnumerable<long> Times(long from, long to, PgInterval step, Func<long, PgInterval, long> add)
    {
        var direction = step.CompareTo(PgInterval.Zero);
        if (direction == 0) throw ZeroStep();
        for (var value = from; direction > 0 ? value <= to : value >= to; value = add(value, step)) yield return value;
    }
}
