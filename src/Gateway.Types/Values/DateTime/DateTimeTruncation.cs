namespace Gateway.Types;

/// <summary>date_trunc().</summary>
public static class DateTimeTruncation
{
    /// <exception cref="PgException">0A000 for a unit that cannot be cut to.</exception>
    public static long Truncate(DateTimeUnit unit, long timestamp) => PgDateTime.IsInfinite(timestamp)
        ? timestamp
        : Local(unit, timestamp, Oids.Timestamp);

    /// <summary>On the zone's clock; from a day upwards the offset is that of the result.</summary>
    /// <exception cref="PgException">0A000 for a unit that cannot be cut to.</exception>
    public static long Truncate(DateTimeUnit unit, long utc, TimeZoneInfo zone)
    {
        if (PgDateTime.IsInfinite(utc)) return utc;
        var offset = Zones.OffsetAt(zone, utc) * Calendar.MicrosecondsPerSecond;
        var local = Local(unit, utc + offset, Oids.TimestampTz);
        return unit >= DateTimeUnit.Day ? Zones.ToUtc(zone, local) : local - offset;
    }

    /// <exception cref="PgException">0A000 for a unit that cannot be cut to.</exception>
    public static PgInterval Truncate(DateTimeUnit unit, PgInterval interval)
    {
        var (months, days, time) = interval;
        return unit switch
        {
            DateTimeUnit.Millennium => new PgInterval(months / 12000 * 12000, 0, 0),
            DateTimeUnit.Century => new PgInterval(months / 1200 * 1200, 0, 0),
            DateTimeUnit.Decade => new PgInterval(months / 120 * 120, 0, 0),
            DateTimeUnit.Year => new PgInterval(months / 12 * 12, 0, 0),
            DateTimeUnit.Quarter => new PgInterval(months / 3 * 3, 0, 0),
            DateTimeUnit.Month => new PgInterval(months, 0, 0),
            DateTimeUnit.Day => new PgInterval(months, days, 0),
            DateTimeUnit.Hour => Cut(Calendar.MicrosecondsPerHour),
            DateTimeUnit.Minute => Cut(Calendar.MicrosecondsPerMinute),
            DateTimeUnit.Second => Cut(Calendar.MicrosecondsPerSecond),
            DateTimeUnit.Milliseconds => Cut(1000),
            DateTimeUnit.Microseconds => interval,
            DateTimeUnit.Week => throw DateTimeUnits.Unsupported(unit, Oids.Interval, "Months usually have fractional weeks."),
            _ => throw Refused(unit, Oids.Interval),
        };

        PgInterval Cut(long size) => new(months, days, time - (time % size));
    }

    // Days of the week, epoch and the like are fields to extract, but no units of time: PostgreSQL does not know them here.
    private static PgException Refused(DateTimeUnit unit, uint type) => unit >= DateTimeUnit.Timezone
        ? DateTimeUnits.Unsupported(unit, type)
        : DateTimeUnits.Unrecognized(DateTimeUnits.NameOf(unit), type);

    private static long Local(DateTimeUnit unit, long timestamp, uint type)
    {
        switch (unit)
        {
            case DateTimeUnit.Microseconds: return timestamp;
            case DateTimeUnit.Milliseconds: return Down(1000);
            case DateTimeUnit.Second: return Down(Calendar.MicrosecondsPerSecond);
            case DateTimeUnit.Minute: return Down(Calendar.MicrosecondsPerMinute);
            case DateTimeUnit.Hour: return Down(Calendar.MicrosecondsPerHour);
            case DateTimeUnit.Day: return Down(Calendar.MicrosecondsPerDay);
        }

        var days = (int)Calendar.FloorDiv(timestamp, Calendar.MicrosecondsPerDay);
        var (year, month, _) = Calendar.FromDays(days);
        return unit switch
        {
            DateTimeUnit.Week => At(days - ((Calendar.DayOfWeek(days) + 6) % 7)),
            DateTimeUnit.Month => At(Calendar.ToDays(year, month, 1)),
            DateTimeUnit.Quarter => At(Calendar.ToDays(year, month - ((month - 1) % 3), 1)),
            DateTimeUnit.Year => At(Calendar.ToDays(year, 1, 1)),
            DateTimeUnit.Decade => At(Calendar.ToDays((int)Calendar.FloorDiv(year, 10) * 10, 1, 1)),
            DateTimeUnit.Century => At(Calendar.ToDays(((int)Calendar.FloorDiv(year - 1, 100) * 100) + 1, 1, 1)),
            DateTimeUnit.Millennium => At(Calendar.ToDays(((int)Calendar.FloorDiv(year - 1, 1000) * 1000) + 1, 1, 1)),
            _ => throw Refused(unit, type),
        };

        long Down(long size) => PgDateTime.Checked(Calendar.FloorDiv(timestamp, size) * (Int128)size);

        static long At(int day) => PgDateTime.Checked(day * (Int128)Calendar.MicrosecondsPerDay);
    }
}
