using System.Numerics;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

internal enum DateField
{
    Microsecond,
    Millisecond,
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

/// <summary>extract() and date_part().</summary>
internal static class DateFields
{
    private const long Day = Calendar.MicrosecondsPerDay;

    // The Julian day number of 2000-01-01.
    private const long JulianEpoch = 2451545;

    public static void AddTo(FunctionTable f)
    {
        Both("date", "extract_date", null, c => Timestamp(c, Dates.MidnightOf(c.Int(1)), null, "date"));
        Both("timestamp", "extract_timestamp", "timestamp_part", c => Timestamp(c, c.Int(1), null, "timestamp without time zone"));
        Both("timestamptz", "extract_timestamptz", "timestamptz_part", c => c.Int(1) is long.MaxValue or long.MinValue
            ? Timestamp(c, c.Int(1), 0, "timestamp with time zone")
            : Timestamp(c, Dates.Local(c, c.Int(1)), Zones.OffsetAt(c.Format.TimeZone, c.Int(1)), "timestamp with time zone"));
        Both("time", "extract_time", "time_part", c => Time(c, c.Int(1), null, "time without time zone"));
        Both("timetz", "extract_timetz", "timetz_part", c =>
        {
            var (time, east) = TimeTzCodec.Read(c.Bytes(1));
            return Time(c, time, east, "time with time zone");
        });
        Both("interval", "extract_interval", "interval_part", c => Interval(c, c.Interval(1)));

        // date_part over a date is written in SQL: it goes through a timestamp.
        f.Stable("date_part", 2, c => Double(c, Timestamp(c, Dates.MidnightOf(c.Int(1)), null, "timestamp without time zone")));

        void Both(string type, string exact, string? approximate, Func<Call, PgNumeric?> body)
        {
            f.Stable(exact, 2, c =>
            {
                if (body(c) is { } value) Numerics.Return(c, value);
            });
            if (approximate is not null) f.Stable(approximate, 2, c => Double(c, body(c)));
        }

        static void Double(Call c, PgNumeric? value)
        {
            if (value is { } found) c.Return(found.ToDouble());
        }
    }

    public static DateField? Normalize(string unit) => unit.ToLowerInvariant() switch
    {
        "microsecond" or "microseconds" or "us" or "usec" or "usecs" or "useconds" or "usecond" or "microsecon" => DateField.Microsecond,
        "millisecond" or "milliseconds" or "ms" or "msec" or "msecs" or "mseconds" or "msecond" or "millisecon" => DateField.Millisecond,
        "second" or "seconds" or "sec" or "secs" or "s" => DateField.Second,
        "minute" or "minutes" or "min" or "mins" or "m" => DateField.Minute,
        "hour" or "hours" or "hr" or "hrs" or "h" => DateField.Hour,
        "day" or "days" or "d" => DateField.Day,
        "week" or "weeks" or "w" => DateField.Week,
        "month" or "months" or "mon" or "mons" => DateField.Month,
        "quarter" or "qtr" => DateField.Quarter,
        "year" or "years" or "yr" or "yrs" or "y" => DateField.Year,
        "decade" or "decades" or "dec" or "decs" => DateField.Decade,
        "century" or "centuries" or "cent" or "c" => DateField.Century,
        "millennium" or "millennia" or "mil" or "mils" => DateField.Millennium,
        "dow" => DateField.DayOfWeek,
        "isodow" => DateField.IsoDayOfWeek,
        "doy" => DateField.DayOfYear,
        "isoyear" => DateField.IsoYear,
        "epoch" => DateField.Epoch,
        "julian" or "jd" or "j" => DateField.Julian,
        "timezone" => DateField.Timezone,
        "timezone_hour" or "timezone_h" => DateField.TimezoneHour,
        "timezone_minute" or "timezone_m" => DateField.TimezoneMinute,
        _ => null,
    };

    public static PgException Unknown(string unit, string type) =>
        new(SqlStates.InvalidParameterValue, $"unit \"{unit.ToLowerInvariant()}\" not recognized for type {type}");

    public static PgException Unsupported(string unit, string type) =>
        PgException.Unsupported($"unit \"{unit.ToLowerInvariant()}\" not supported for type {type}");

    private static PgNumeric Scaled(BigInteger value, int scale) => PgNumeric.Create(value, scale);

    private static PgNumeric? Timestamp(Call c, long local, int? east, string type)
    {
        var unit = c.Text(0);
        var field = Normalize(unit) ?? throw Unknown(unit, type);
        var isDate = type == "date";
        if (isDate && field is DateField.Microsecond or DateField.Millisecond or DateField.Second or DateField.Minute or DateField.Hour && isDate)
            throw Unsupported(unit, type);
        if (east is null && field is DateField.Timezone or DateField.TimezoneHour or DateField.TimezoneMinute && east is null) throw Unsupported(unit, type);
        if (local is long.MaxValue or long.MinValue)
        {
            return field is DateField.Year or DateField.Decade or DateField.Century or DateField.Millennium or DateField.IsoYear or DateField.Epoch or DateField.Julian
                ? local > 0 ? PgNumeric.PositiveInfinity : PgNumeric.NegativeInfinity
                : null;
        }

        var t = DateTimeFields.FromTimestamp(local);
        var days = (int)Dates.FloorDiv(local, Day);
        switch (field)
        {
            case DateField.Day: return t.Day;
            case DateField.Week: return Calendar.IsoWeek(days).Week;
            case DateField.Month: return t.Month;
            case DateField.Quarter: return ((t.Month - 1) / 3) + 1;

            // There is no year 0: 1 BC is -1.
            case DateField.Year: return t.Year > 0 ? t.Year : t.Year - 1;
            case DateField.Decade: return Dates.FloorDiv(t.Year, 10);
            case DateField.Century: return t.Year > 0 ? (t.Year + 99) / 100 : -((99 - (t.Year - 1)) / 100);
            case DateField.Millennium: return t.Year > 0 ? (t.Year + 999) / 1000 : -((999 - (t.Year - 1)) / 1000);
            case DateField.IsoYear:
                var year = Calendar.IsoWeek(days).Year;
                return year > 0 ? year : year - 1;
            case DateField.DayOfWeek: return Calendar.DayOfWeek(days);
            case DateField.IsoDayOfWeek: return Calendar.DayOfWeek(days) is var dow && dow == 0 ? 7 : dow;
            case DateField.DayOfYear: return Calendar.DayOfYear(days);
            case DateField.Julian:
                if (isDate || t.TimeOfDay == 0 && isDate) return days + JulianEpoch;
                return (PgNumeric)(days + JulianEpoch) + (Scaled(t.TimeOfDay, 6) / Scaled(86400L * 1_000_000, 6));
            case DateField.Epoch:
                var micros = (BigInteger)local - ((BigInteger)Calendar.UnixEpochDays * Day) - ((BigInteger)(east ?? 0) * Calendar.MicrosecondsPerSecond);
                return isDate ? Scaled(micros / 1_000_000, 0) : Scaled(micros, 6);
        }

        return Clock(field, t.Hour, t.Minute, (t.Second * 1_000_000L) + t.Microsecond, east) ?? throw Unsupported(unit, type);
    }

    private static PgNumeric? Time(Call c, long time, int? east, string type)
    {
        var unit = c.Text(0);
        var field = Normalize(unit) ?? throw Unknown(unit, type);
        if (field == DateField.Epoch) return Scaled((BigInteger)time - ((BigInteger)(east ?? 0) * Calendar.MicrosecondsPerSecond), 6);
        if (east is null && field is DateField.Timezone or DateField.TimezoneHour or DateField.TimezoneMinute && east is null) throw Unsupported(unit, type);
        return Clock(field, time / Calendar.MicrosecondsPerHour, time / Calendar.MicrosecondsPerMinute % 60, time % Calendar.MicrosecondsPerMinute, east)
            ?? throw Unsupported(unit, type);
    }

    private static PgNumeric? Interval(Call c, PgInterval value)
    {
        var unit = c.Text(0);
        var field = Normalize(unit) ?? throw Unknown(unit, "interval");
        var (months, days, time) = value;
        switch (field)
        {
            case DateField.Day: return days;
            case DateField.Month: return months % 12;
            case DateField.Quarter: return (months % 12 / 3) + 1;
            case DateField.Year: return months / 12;
            case DateField.Decade: return months / 120;
            case DateField.Century: return months / 1200;
            case DateField.Millennium: return months / 12000;

            // A year counts 365.25 days here, a remaining month 30.
            case DateField.Epoch:
                var seconds = ((BigInteger)(months / 12) * 31557600) + ((BigInteger)(months % 12) * 2592000) + ((BigInteger)days * 86400);
                return Scaled((seconds * 1_000_000) + time, 6);
            case DateField.Timezone or DateField.TimezoneHour or DateField.TimezoneMinute: throw Unsupported(unit, "interval");
        }

        return Clock(field, time / Calendar.MicrosecondsPerHour, time / Calendar.MicrosecondsPerMinute % 60, time % Calendar.MicrosecondsPerMinute, null)
            ?? throw Unsupported(unit, "interval");
    }

    private static PgNumeric? Clock(DateField field, long hour, long minute, long micros, int? east) => field switch
    {
        DateField.Hour => hour,
        DateField.Minute => minute,
        DateField.Second => Scaled(micros, 6),
        DateField.Millisecond => Scaled(micros, 3),
        DateField.Microsecond => micros,
        DateField.Timezone => east!.Value,
        DateField.TimezoneHour => east!.Value / 3600,
        DateField.TimezoneMinute => east!.Value / 60 % 60,
        _ => null,
    };
}
