using System.Numerics;

namespace Gateway.Types;

/// <summary>extract(): numeric results at PostgreSQL 15's scales. null is SQL NULL (a day of infinity).</summary>
public static class DateTimeExtraction
{
    private const int PostgresEpochJulian = 2451545;
    private const long UnixEpochSeconds = 946684800;

    /// <exception cref="PgException">0A000 for a unit a timestamp has not.</exception>
    public static PgNumeric? FromTimestamp(DateTimeUnit unit, long timestamp)
    {
        if (PgDateTime.IsInfinite(timestamp)) return OfInfinity(unit, timestamp > 0, Oids.Timestamp);
        if (unit == DateTimeUnit.Epoch) return EpochOf(timestamp);
        return Local(unit, timestamp, Oids.Timestamp);
    }

    /// <exception cref="PgException">0A000 for a unit a timestamptz has not.</exception>
    public static PgNumeric? FromTimestampTz(DateTimeUnit unit, long utc, TimeZoneInfo zone)
    {
        if (PgDateTime.IsInfinite(utc)) return OfInfinity(unit, utc > 0, Oids.TimestampTz);
        if (unit == DateTimeUnit.Epoch) return EpochOf(utc);
        var offset = Zones.OffsetAt(zone, utc);
        return OfOffset(unit, offset) ?? Local(unit, utc + (offset * Calendar.MicrosecondsPerSecond), Oids.TimestampTz);
    }

    /// <exception cref="PgException">0A000 for a unit a date has not.</exception>
    public static PgNumeric? FromDate(DateTimeUnit unit, int days)
    {
        if (unit is <= DateTimeUnit.Hour or >= DateTimeUnit.Timezone) throw DateTimeUnits.Unsupported(unit, Oids.Date);
        if (days is int.MaxValue or int.MinValue) return OfInfinity(unit, days > 0, Oids.Date);
        if (unit == DateTimeUnit.Epoch) return (days * 86400L) + UnixEpochSeconds;
        return unit == DateTimeUnit.Julian ? days + (long)PostgresEpochJulian : OfDay(unit, days, Oids.Date);
    }

    /// <exception cref="PgException">0A000 for a unit a time has not.</exception>
    public static PgNumeric FromTime(DateTimeUnit unit, long time) =>
        OfClock(unit, time) ?? (unit == DateTimeUnit.Epoch ? PgNumeric.Create(time, 6) : throw DateTimeUnits.Unsupported(unit, Oids.Time));

    /// <exception cref="PgException">0A000 for a unit a timetz has not.</exception>
    public static PgNumeric FromTimeTz(DateTimeUnit unit, long time, int offsetSeconds)
    {
        if (unit == DateTimeUnit.Epoch) return PgNumeric.Create(time - (offsetSeconds * Calendar.MicrosecondsPerSecond), 6);
        return OfOffset(unit, offsetSeconds) ?? OfClock(unit, time) ?? throw DateTimeUnits.Unsupported(unit, Oids.TimeTz);
    }

    /// <exception cref="PgException">0A000 for a unit an interval has not.</exception>
    public static PgNumeric FromInterval(DateTimeUnit unit, PgInterval interval)
    {
        int years = interval.Months / 12, months = interval.Months % 12;
        switch (unit)
        {
            case DateTimeUnit.Day: return (long)interval.Days;
            case DateTimeUnit.Month: return (long)months;
            case DateTimeUnit.Quarter: return (months / 3) + 1L;
            case DateTimeUnit.Year: return (long)years;
            case DateTimeUnit.Decade: return (long)(years / 10);
            case DateTimeUnit.Century: return (long)(years / 100);
            case DateTimeUnit.Millennium: return (long)(years / 1000);
            case DateTimeUnit.Hour: return interval.Microseconds / Calendar.MicrosecondsPerHour;
            case DateTimeUnit.Epoch:
                // A year is 365.25 days here, a month of the rest 30.
                var seconds = (years * 31557600L) + (months * 2592000L) + (interval.Days * 86400L);
                return PgNumeric.Create(((BigInteger)seconds * 1_000_000) + interval.Microseconds, 6);
            default: return OfClock(unit, interval.Microseconds) ?? throw DateTimeUnits.Unsupported(unit, Oids.Interval);
        }
    }

    private static PgNumeric? OfInfinity(DateTimeUnit unit, bool positive, uint type)
    {
        if (type == Oids.Timestamp && unit >= DateTimeUnit.Timezone) throw DateTimeUnits.Unsupported(unit, type);
        return unit is DateTimeUnit.Year or DateTimeUnit.Decade or DateTimeUnit.Century or DateTimeUnit.Millennium or DateTimeUnit.IsoYear
            or DateTimeUnit.Julian or DateTimeUnit.Epoch
            ? positive ? PgNumeric.PositiveInfinity : PgNumeric.NegativeInfinity
            : null;
    }

    private static PgNumeric EpochOf(long timestamp) =>
        PgNumeric.Create((BigInteger)timestamp + (UnixEpochSeconds * Calendar.MicrosecondsPerSecond), 6);

    private static PgNumeric? OfOffset(DateTimeUnit unit, int offset) => unit switch
    {
        DateTimeUnit.Timezone => (long)offset,
        DateTimeUnit.TimezoneHour => (long)(offset / 3600),
        DateTimeUnit.TimezoneMinute => (long)(offset / 60 % 60),
        _ => null,
    };

    private static PgNumeric? OfClock(DateTimeUnit unit, long time) => unit switch
    {
        DateTimeUnit.Microseconds => time % Calendar.MicrosecondsPerMinute,
        DateTimeUnit.Milliseconds => PgNumeric.Create(time % Calendar.MicrosecondsPerMinute, 3),
        DateTimeUnit.Second => PgNumeric.Create(time % Calendar.MicrosecondsPerMinute, 6),
        DateTimeUnit.Minute => time / Calendar.MicrosecondsPerMinute % 60,
        DateTimeUnit.Hour => time / Calendar.MicrosecondsPerHour,
        _ => null,
    };

    private static PgNumeric Local(DateTimeUnit unit, long timestamp, uint type)
    {
        var days = (int)Calendar.FloorDiv(timestamp, Calendar.MicrosecondsPerDay);
        var time = timestamp - (days * Calendar.MicrosecondsPerDay);
        if (OfClock(unit, time) is { } clock) return clock;
        if (unit != DateTimeUnit.Julian) return OfDay(unit, days, type);
        return (PgNumeric)(days + (long)PostgresEpochJulian) + ((PgNumeric)time / Calendar.MicrosecondsPerDay);
    }

    private static PgNumeric OfDay(DateTimeUnit unit, int days, uint type)
    {
        var (year, month, day) = Calendar.FromDays(days);
        switch (unit)
        {
            case DateTimeUnit.Day: return (long)day;
            case DateTimeUnit.Month: return (long)month;
            case DateTimeUnit.Quarter: return ((month - 1) / 3) + 1L;
            case DateTimeUnit.Week: return (long)Calendar.IsoWeek(days).Week;
            case DateTimeUnit.Year: return WithoutZero(year);
            case DateTimeUnit.IsoYear: return WithoutZero(Calendar.IsoWeek(days).Year);
            case DateTimeUnit.Decade: return Calendar.FloorDiv(year, 10);
            case DateTimeUnit.Century: return Ordinal(year, 100);
            case DateTimeUnit.Millennium: return Ordinal(year, 1000);
            case DateTimeUnit.DayOfWeek: return (long)Calendar.DayOfWeek(days);
            case DateTimeUnit.IsoDayOfWeek: return Calendar.DayOfWeek(days) is 0 ? 7L : Calendar.DayOfWeek(days);
            case DateTimeUnit.DayOfYear: return (long)Calendar.DayOfYear(days);
            default: throw DateTimeUnits.Unsupported(unit, type);
        }
    }

    // 1 BC is the year -1 in results.
    private static long WithoutZero(int year) => year > 0 ? year : year - 1;

    // The first century is 1 to 100; the one before it is the first before Christ, -1.
    private static long Ordinal(int year, int size) => Calendar.FloorDiv(year - 1, size) + 1 is var n && n > 0 ? n : n - 1;
}
