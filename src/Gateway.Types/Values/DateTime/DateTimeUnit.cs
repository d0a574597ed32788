using System.Collections.Frozen;

namespace Gateway.Types;

/// <summary>The fields of extract() and date_trunc().</summary>
public enum DateTimeUnit
{
    Microseconds,
    Milliseconds,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    DayOfWeek,
    IsoDayOfWeek,
    DayOfYear,
    IsoYear,
    Epoch,
    Julian,
    Timezone,
    TimezoneHour,
    TimezoneMinute,
}

/// <summary>The spellings of <see cref="DateTimeUnit"/>, and the errors about them.</summary>
public static class DateTimeUnits
{
    private static readonly FrozenDictionary<string, DateTimeUnit> Names = new (DateTimeUnit Unit, string Spellings)[]
    {
        (DateTimeUnit.Microseconds, "microseconds microsecond us usec usecs useconds usecond"),
        (DateTimeUnit.Milliseconds, "milliseconds millisecond ms msec msecs mseconds msecond"),
        (DateTimeUnit.Second, "second seconds s sec secs"),
        (DateTimeUnit.Minute, "minute minutes m min mins"),
        (DateTimeUnit.Hour, "hour hours h hr hrs"),
        (DateTimeUnit.Day, "day days d"),
        (DateTimeUnit.Week, "week weeks w"),
        (DateTimeUnit.Month, "month months mon mons"),
        (DateTimeUnit.Quarter, "quarter qtr"),
        (DateTimeUnit.Year, "year years y yr yrs"),
        (DateTimeUnit.Decade, "decade decades dec decs"),
        (DateTimeUnit.Century, "century centuries c cent"),
        (DateTimeUnit.Millennium, "millennium millennia mil mils"),
        (DateTimeUnit.DayOfWeek, "dow"),
        (DateTimeUnit.IsoDayOfWeek, "isodow"),
        (DateTimeUnit.DayOfYear, "doy"),
        (DateTimeUnit.IsoYear, "isoyear"),
        (DateTimeUnit.Epoch, "epoch"),
        (DateTimeUnit.Julian, "julian jd j"),
        (DateTimeUnit.Timezone, "timezone"),
        (DateTimeUnit.TimezoneHour, "timezone_hour timezone_h"),
        (DateTimeUnit.TimezoneMinute, "timezone_minute timezone_m"),
    }.SelectMany(row => row.Spellings.Split(' ').Select(name => (name, row.Unit))).ToFrozenDictionary(p => p.name, p => p.Unit, StringComparer.OrdinalIgnoreCase);

    public static DateTimeUnit? Find(string name) => Names.TryGetValue(name, out var unit) ? unit : null;

    /// <exception cref="PgException">22023 <c>unit "x" not recognized for type …</c>.</exception>
    public static DateTimeUnit Get(string name, uint typeOid) => Find(name) ?? throw Unrecognized(name, typeOid);

    internal static PgException Unrecognized(string name, uint typeOid) =>
        new(SqlStates.InvalidParameterValue, $"unit \"{name}\" not recognized for type {TypeNames.Format(typeOid)}");

    internal static string NameOf(DateTimeUnit unit) => unit switch
    {
        DateTimeUnit.DayOfWeek => "dow",
        DateTimeUnit.IsoDayOfWeek => "isodow",
        DateTimeUnit.DayOfYear => "doy",
        DateTimeUnit.TimezoneHour => "timezone_hour",
        DateTimeUnit.TimezoneMinute => "timezone_minute",
        _ => unit.ToString().ToLowerInvariant(),
    };

    internal static PgException Unsupported(DateTimeUnit unit, uint typeOid, string? detail = null) =>
        new(SqlStates.FeatureNotSupported, $"unit \"{NameOf(unit)}\" not supported for type {TypeNames.Format(typeOid)}") { Detail = detail };
}
