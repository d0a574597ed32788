namespace Gateway.Types;

/// <summary>Arithmetic of dates and timestamps in carrier form: days and µs since 2000-01-01.</summary>
/// <remarks>Infinities go through unchanged wherever PostgreSQL lets them.</remarks>
public static class PgDateTime
{
    public static bool IsInfinite(long timestamp) => timestamp is long.MaxValue or long.MinValue;

    /// <summary>The moment now as a timestamptz.</summary>
    public static long Now(TimeProvider clock) => (clock.GetUtcNow().UtcTicks - 630822816000000000) / 10;

    /// <summary>make_date(); a negative year is BC.</summary>
    /// <exception cref="PgException">22008.</exception>
    public static int MakeDate(int year, int month, int day)
    {
        var astronomical = year < 0 ? year + 1 : year;
        if (year != 0 && year is >= -4714 and <= 5874897 && month is >= 1 and <= 12 && day >= 1 && day <= Calendar.DaysInMonth(astronomical, month))
        {
            var days = Calendar.ToDays(astronomical, month, day);
            if (days >= Calendar.FirstDay) return days;
        }

        throw new PgException(SqlStates.DatetimeFieldOverflow, $"date field value out of range: {year}-{month:00}-{day:00}");
    }

    /// <summary>make_time().</summary>
    /// <exception cref="PgException">22008.</exception>
    public static long MakeTime(int hour, int minute, double second)
    {
        var microseconds = Math.Round(second * 1e6, MidpointRounding.ToEven);
        if (hour is < 0 or > 24 || minute is < 0 or > 59 || !(second is >= 0 and <= 60) || (hour == 24 && (minute > 0 || second > 0)))
        {
            var seconds = second.ToString("00.######", System.Globalization.CultureInfo.InvariantCulture);
            throw new PgException(SqlStates.DatetimeFieldOverflow, $"time field value out of range: {hour}:{minute:00}:{seconds}");
        }

        return (hour * Calendar.MicrosecondsPerHour) + (minute * Calendar.MicrosecondsPerMinute) + (long)microseconds;
    }

    /// <summary>make_timestamp().</summary>
    /// <exception cref="PgException">22008.</exception>
    public static long MakeTimestamp(int year, int month, int day, int hour, int minute, double second) =>
        Checked(((Int128)MakeDate(year, month, day) * Calendar.MicrosecondsPerDay) + MakeTime(hour, minute, second));

    /// <exception cref="PgException">22008 for a date that a timestamp cannot reach.</exception>
    public static long DateToTimestamp(int days)
    {
        if (days == int.MaxValue) return long.MaxValue;
        if (days == int.MinValue) return long.MinValue;
        var value = (Int128)days * Calendar.MicrosecondsPerDay;
        return value < Calendar.EndTimestamp ? (long)value : throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range for timestamp");
    }

    public static int TimestampToDate(long timestamp) => timestamp switch
    {
        long.MaxValue => int.MaxValue,
        long.MinValue => int.MinValue,
        _ => (int)Calendar.FloorDiv(timestamp, Calendar.MicrosecondsPerDay),
    };

    /// <summary>The time of day in µs.</summary>
    public static long TimestampToTime(long timestamp) => Calendar.Modulo(timestamp, Calendar.MicrosecondsPerDay);

    /// <exception cref="PgException">22008.</exception>
    public static int AddDays(int date, long days)
    {
        if (date is int.MaxValue or int.MinValue) return date;
        var sum = date + days;
        return sum is >= Calendar.FirstDay and <= Calendar.LastDay ? (int)sum : throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range");
    }

    /// <summary>timestamp + interval: months first (31 January + 1 month is the last of February), then days, then time.</summary>
    /// <exception cref="PgException">22008.</exception>
    public static long Add(long timestamp, PgInterval interval) => IsInfinite(timestamp)
        ? timestamp
        : Checked((Int128)AddMonthsAndDays(timestamp, interval) + interval.Microseconds);

    /// <summary>timestamptz + interval: months and days on the zone's clock, the time in real hours.</summary>
    /// <exception cref="PgException">22008.</exception>
    public static long Add(long utc, PgInterval interval, TimeZoneInfo zone)
    {
        if (IsInfinite(utc)) return utc;
        // Two steps: the months may land in a gap of the clock, and the days count from the reading behind it.
        if (interval.Months != 0) utc = Zones.ToUtc(zone, AddMonthsAndDays(Zones.ToLocal(zone, utc), new PgInterval(interval.Months, 0, 0)));
        if (interval.Days != 0) utc = Zones.ToUtc(zone, AddMonthsAndDays(Zones.ToLocal(zone, utc), new PgInterval(0, interval.Days, 0)));
        return Checked((Int128)utc + interval.Microseconds);
    }

    /// <summary>time + interval: only its time of day counts, around midnight.</summary>
    public static long AddToTime(long time, PgInterval interval) =>
        Calendar.Modulo(time + (interval.Microseconds % Calendar.MicrosecondsPerDay), Calendar.MicrosecondsPerDay);

    /// <summary>timestamp - timestamp, in days and time.</summary>
    /// <exception cref="PgException">22008 for infinities.</exception>
    public static PgInterval Subtract(long left, long right)
    {
        if (IsInfinite(left) || IsInfinite(right)) throw new PgException(SqlStates.DatetimeFieldOverflow, "cannot subtract infinite timestamps");
        var difference = (Int128)left - right;
        if (difference > long.MaxValue || difference < long.MinValue) throw PgInterval.OutOfRange();
        return new PgInterval(0, 0, (long)difference).JustifyHours();
    }

    /// <summary>age(): the difference in years, months, days and time, counted on the calendar.</summary>
    public static PgInterval Age(long left, long right)
    {
        var (a, b) = (DateTimeFields.FromTimestamp(left), DateTimeFields.FromTimestamp(right));
        var sign = left < right ? -1 : 1;
        var months = sign * (((a.Year - b.Year) * 12) + a.Month - b.Month);
        var days = sign * (a.Day - b.Day);
        var time = sign * (a.TimeOfDay - b.TimeOfDay);
        if (time < 0)
        {
            time += Calendar.MicrosecondsPerDay;
            days--;
        }

        // A month is borrowed at the length of the earlier moment's.
        while (days < 0)
        {
            days += sign < 0 ? Calendar.DaysInMonth(a.Year, a.Month) : Calendar.DaysInMonth(b.Year, b.Month);
            months--;
        }

        return new PgInterval(sign * months, sign * days, sign * time);
    }

    internal static long Checked(Int128 value) => value >= Calendar.FirstTimestamp && value < Calendar.EndTimestamp
        ? (long)value
        : throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range");

    private static long AddMonthsAndDays(long timestamp, PgInterval interval)
    {
        if (interval.Months != 0)
        {
            var fields = DateTimeFields.FromTimestamp(timestamp);
            var month = (fields.Year * 12L) + fields.Month - 1 + interval.Months;
            var year = (int)Calendar.FloorDiv(month, 12);
            var ofYear = (int)Calendar.Modulo(month, 12) + 1;
            if (year is < -4713 or > 294277) throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range");
            timestamp = (fields with { Year = year, Month = ofYear, Day = Math.Min(fields.Day, Calendar.DaysInMonth(year, ofYear)) }).ToTimestamp();
        }

        return interval.Days == 0 ? timestamp : Checked(timestamp + ((Int128)interval.Days * Calendar.MicrosecondsPerDay));
    }
}
