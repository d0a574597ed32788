namespace Gateway.Types;

/// <summary>A moment taken apart.</summary>
/// <param name="Year">Astronomical: 0 is 1 BC.</param>
public readonly record struct DateTimeFields(int Year, int Month, int Day, int Hour, int Minute, int Second, int Microsecond)
{
    /// <summary>Fields of a timestamp, in µs since 2000-01-01 00:00 of the clock in question; not for the infinities.</summary>
    public static DateTimeFields FromTimestamp(long timestamp)
    {
        var days = Calendar.FloorDiv(timestamp, Calendar.MicrosecondsPerDay);
        var (year, month, day) = Calendar.FromDays((int)days);
        return At(year, month, day, timestamp - (days * Calendar.MicrosecondsPerDay));
    }

    public static DateTimeFields FromDate(int days)
    {
        var (year, month, day) = Calendar.FromDays(days);
        return new DateTimeFields(year, month, day, 0, 0, 0, 0);
    }

    /// <summary>Fields of a time of day in µs, up to and including 24:00.</summary>
    public static DateTimeFields FromTime(long time) => At(0, 1, 1, time);

    public long TimeOfDay =>
        (Hour * Calendar.MicrosecondsPerHour) + (Minute * Calendar.MicrosecondsPerMinute)
        + (Second * Calendar.MicrosecondsPerSecond) + Microsecond;

    public int ToDays() => Calendar.ToDays(Year, Month, Day);

    /// <exception cref="PgException">22008 outside of PostgreSQL's range.</exception>
    public long ToTimestamp()
    {
        var value = ((Int128)ToDays() * Calendar.MicrosecondsPerDay) + TimeOfDay;
        return value >= Calendar.FirstTimestamp && value < Calendar.EndTimestamp
            ? (long)value
            : throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range");
    }

    private static DateTimeFields At(int year, int month, int day, long time) => new(
        year,
        month,
        day,
        (int)(time / Calendar.MicrosecondsPerHour),
        (int)(time / Calendar.MicrosecondsPerMinute % 60),
        (int)(time / Calendar.MicrosecondsPerSecond % 60),
        (int)(time % Calendar.MicrosecondsPerSecond));
}
