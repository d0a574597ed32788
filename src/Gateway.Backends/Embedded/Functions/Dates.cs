using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Dates, times, timestamps and intervals: arithmetic, construction, truncation, time zones.</summary>
internal static class Dates
{
    private const long Day = Calendar.MicrosecondsPerDay;

    public static void AddTo(FunctionTable f)
    {
        // Arithmetic.
        f.Add("date_pli", 2, c => c.Return(IsEdge(c.Int(0)) ? c.Int(0) : CheckDate(c.Int(0) + c.Int(1))));
        f.Add("date_mii", 2, c => c.Return(IsEdge(c.Int(0)) ? c.Int(0) : CheckDate(c.Int(0) - c.Int(1))));
        f.Add("date_mi", 2, c => c.Return(IsEdge(c.Int(0)) || IsEdge(c.Int(1))
            ? throw new PgException(SqlStates.DatetimeFieldOverflow, "cannot subtract infinite dates")
            : c.Int(0) - c.Int(1)));
        f.Add("date_pl_interval", 2, c => c.Return(Plus(MidnightOf(c.Int(0)), c.Interval(1))));
        f.Add("date_mi_interval", 2, c => c.Return(Plus(MidnightOf(c.Int(0)), -c.Interval(1))));
        f.Add("datetime_timestamp", 2, c => c.Return(Checked((Int128)MidnightOf(c.Int(0)) + c.Int(1))));
        f.Add("datetimetz_timestamptz", 2, c =>
        {
            var (time, east) = TimeTzCodec.Read(c.Bytes(1));
            c.Return(Checked((Int128)MidnightOf(c.Int(0)) + time - (east * Calendar.MicrosecondsPerSecond)));
        });
        f.Add("timestamp_pl_interval", 2, c => c.Return(Plus(c.Int(0), c.Interval(1))));
        f.Add("timestamp_mi_interval", 2, c => c.Return(Plus(c.Int(0), -c.Interval(1))));
        f.Stable("timestamptz_pl_interval", 2, c => c.Return(PlusZoned(c.Int(0), c.Interval(1), c.Format.TimeZone)));
        f.Stable("timestamptz_mi_interval", 2, c => c.Return(PlusZoned(c.Int(0), -c.Interval(1), c.Format.TimeZone)));
        f.Add("timestamp_mi", 2, c => c.Return(Minus(c.Int(0), c.Int(1))));
        f.Add("timestamptz_mi", 2, c => c.Return(Minus(c.Int(0), c.Int(1))));
        f.Add("time_pl_interval", 2, c => c.Return(Wrap(c.Int(0) + (c.Interval(1).Microseconds % Day))));
        f.Add("time_mi_interval", 2, c => c.Return(Wrap(c.Int(0) - (c.Interval(1).Microseconds % Day))));
        f.Add("time_mi_time", 2, c => c.Return(new PgInterval(0, 0, c.Int(0) - c.Int(1))));
        f.Add("timetz_pl_interval", 2, c => ReturnTimeTz(c, c.Interval(1).Microseconds % Day));
        f.Add("timetz_mi_interval", 2, c => ReturnTimeTz(c, -(c.Interval(1).Microseconds % Day)));
        f.Add("interval_pl", 2, c => c.Return(c.Interval(0) + c.Interval(1)));
        f.Add("interval_mi", 2, c => c.Return(c.Interval(0) - c.Interval(1)));
        f.Add("interval_um", 1, c => c.Return(-c.Interval(0)));
        f.Add("interval_mul", 2, c => c.Return(c.Interval(0) * c.Double(1)));
        f.Add("mul_d_interval", 2, c => c.Return(c.Interval(1) * c.Double(0)));
        f.Add("interval_div", 2, c => c.Return(c.Interval(0) / c.Double(1)));
        f.Add("interval_justify_hours", 1, c => c.Return(c.Interval(0).JustifyHours()));
        f.Add("interval_justify_days", 1, c => c.Return(c.Interval(0).JustifyDays()));
        f.Add("interval_justify_interval", 1, c => c.Return(c.Interval(0).Justify()));
        f.Add("timestamp_age", 2, c => c.Return(Age(c.Int(0), c.Int(1))));
        f.Stable("timestamptz_age", 2, c => c.Return(Age(Local(c, c.Int(0)), Local(c, c.Int(1)))));
        f.Stable("age", 2, c => c.Return(Age(
            MidnightOf(DateOf(Local(c, c.Session.TransactionStart))),
            c.Oid(1) == Oids.TimestampTz ? Local(c, c.Int(0)) : c.Int(0))));
        f.Add("date_finite", 1, c => c.Return(!IsEdge(c.Int(0))));
        f.Add("timestamp_finite", 1, c => c.Return(c.Int(0) is not (long.MaxValue or long.MinValue)));
        f.Add("interval_finite", 1, c => c.Return(true));

        // Conversions.
        f.Add("date_timestamp", 1, c => c.Return(MidnightOf(c.Int(0))));
        f.Stable("date_timestamptz", 1, c => c.Return(Zones.ToUtc(c.Format.TimeZone, MidnightOf(c.Int(0)))));
        f.Add("timestamp_date", 1, c => c.Return(DateOf(c.Int(0))));
        f.Stable("timestamptz_date", 1, c => c.Return(DateOf(Local(c, c.Int(0)))));
        f.Add("timestamp_time", 1, c => { if (c.Int(0) is not (long.MaxValue or long.MinValue)) c.Return(Wrap(c.Int(0))); });
        f.Stable("timestamptz_time", 1, c => { if (c.Int(0) is not (long.MaxValue or long.MinValue)) c.Return(Wrap(Local(c, c.Int(0)))); });
        f.Stable("timestamp_timestamptz", 1, c => c.Return(Zones.ToUtc(c.Format.TimeZone, c.Int(0))));
        f.Stable("timestamptz_timestamp", 1, c => c.Return(Local(c, c.Int(0))));
        f.Stable("timestamptz_timetz", 1, c =>
        {
            var east = Zones.OffsetAt(c.Format.TimeZone, c.Int(0));
            WriteTimeTz(c, Wrap(c.Int(0) + (east * Calendar.MicrosecondsPerSecond)), east);
        });
        f.Add("time_interval", 1, c => c.Return(new PgInterval(0, 0, c.Int(0))));
        f.Add("interval_time", 1, c => c.Return(Wrap(c.Interval(0).Microseconds)));
        f.Add("timetz_time", 1, c => c.Return(TimeTzCodec.Read(c.Bytes(0)).Time));
        f.Stable("time_timetz", 1, c => WriteTimeTz(c, c.Int(0), Zones.OffsetAt(c.Format.TimeZone, Now(c))));
        f.Add("float8_timestamptz", 1, c =>
        {
            var seconds = c.Double(0);
            if (double.IsNaN(seconds)) throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp cannot be NaN");
            if (double.IsInfinity(seconds)) c.Return(seconds > 0 ? long.MaxValue : long.MinValue);
            else c.Return(Checked((Int128)Math.Round((seconds + (Calendar.UnixEpochDays * 86400.0)) * 1e6, MidpointRounding.ToEven)));
        });

        // Comparison across types.
        foreach (var (name, test) in (ReadOnlySpan<(string, Func<int, bool>)>)
            [("eq", x => x == 0), ("ne", x => x != 0), ("lt", x => x < 0), ("le", x => x <= 0), ("gt", x => x > 0), ("ge", x => x >= 0)])
        {
            f.Add($"date_{name}_timestamp", 2, c => c.Return(test(MidnightOf(c.Int(0)).CompareTo(c.Int(1)))));
            f.Add($"timestamp_{name}_date", 2, c => c.Return(test(c.Int(0).CompareTo(MidnightOf(c.Int(1))))));
            f.Stable($"date_{name}_timestamptz", 2, c => c.Return(test(MidnightOf(c.Int(0)).CompareTo(Local(c, c.Int(1))))));
            f.Stable($"timestamptz_{name}_date", 2, c => c.Return(test(Local(c, c.Int(0)).CompareTo(MidnightOf(c.Int(1))))));
            f.Stable($"timestamp_{name}_timestamptz", 2, c => c.Return(test(Zones.ToUtc(c.Format.TimeZone, c.Int(0)).CompareTo(c.Int(1)))));
            f.Stable($"timestamptz_{name}_timestamp", 2, c => c.Return(test(c.Int(0).CompareTo(Zones.ToUtc(c.Format.TimeZone, c.Int(1))))));
        }

        // Time zones.
        f.Add("timestamp_zone", 2, c => c.Return(Zones.ToUtc(Zones.Get(c.Text(0)), c.Int(1))));
        f.Add("timestamptz_zone", 2, c => c.Return(Zones.ToLocal(Zones.Get(c.Text(0)), c.Int(1))));
        f.Add("timestamp_izone", 2, c => c.Return(Checked((Int128)c.Int(1) - Offset(c.Interval(0)))));
        f.Add("timestamptz_izone", 2, c => c.Return(Checked((Int128)c.Int(1) + Offset(c.Interval(0)))));
        f.Stable("timetz_zone", 2, c => MoveTimeTz(c, Zones.OffsetAt(Zones.Get(c.Text(0)), Now(c))));
        f.Add("timetz_izone", 2, c => MoveTimeTz(c, (int)(Offset(c.Interval(0)) / Calendar.MicrosecondsPerSecond)));

        // Construction.
        f.Add("make_date", 3, c => c.Return(MakeDate(c.Int(0), c.Int(1), c.Int(2))));
        f.Add("make_time", 3, c => c.Return(MakeTime(c, 0)));
        f.Add("make_timestamp", 6, c => c.Return(Checked(((Int128)MakeDate(c.Int(0), c.Int(1), c.Int(2)) * Day) + MakeTime(c, 3))));
        f.Stable("make_timestamptz", 6, c => c.Return(Zones.ToUtc(c.Format.TimeZone, Checked(((Int128)MakeDate(c.Int(0), c.Int(1), c.Int(2)) * Day) + MakeTime(c, 3)))));
        f.Add("make_timestamptz_at_timezone", 7, c =>
            c.Return(Zones.ToUtc(Zones.Get(c.Text(6)), Checked(((Int128)MakeDate(c.Int(0), c.Int(1), c.Int(2)) * Day) + MakeTime(c, 3)))));
        for (var arity = 0; arity <= 7; arity++)
        {
            f.Add("make_interval", arity, c =>
            {
                long Part(int i) => i < c.Count ? c.Int(i) : 0;
                var seconds = c.Count > 6 ? Math.Round(c.Double(6) * 1e6, MidpointRounding.ToEven) : 0;
                if (double.IsNaN(seconds) || double.IsInfinity(seconds)) throw IntervalOutOfRange();
                c.Return(Make((Part(0) * 12) + Part(1), (Part(2) * 7) + Part(3),
                    (Int128)seconds + (Part(4) * (Int128)Calendar.MicrosecondsPerHour) + (Part(5) * (Int128)Calendar.MicrosecondsPerMinute)));
            });
        }

        // Truncation.
        f.Add("timestamp_trunc", 2, c => c.Return(DateTimeTruncation.Truncate(DateFields.Unit(c, Oids.Timestamp), c.Int(1))));
        f.Stable("timestamptz_trunc", 2, c => c.Return(DateTimeTruncation.Truncate(DateFields.Unit(c, Oids.TimestampTz), c.Int(1), c.Format.TimeZone)));
        f.Add("timestamptz_trunc_zone", 3, c => c.Return(DateTimeTruncation.Truncate(DateFields.Unit(c, Oids.TimestampTz), c.Int(1), Zones.Get(c.Text(2)))));
        f.Add("interval_trunc", 2, c => c.Return(DateTimeTruncation.Truncate(DateFields.Unit(c, Oids.Interval), c.Interval(1))));
        foreach (var type in (ReadOnlySpan<string>)["timestamp", "timestamptz"])
        {
            f.Add($"{type}_bin", 3, c =>
            {
                var stride = c.Interval(0);
                if (stride.Months != 0) throw PgException.Unsupported("timestamps cannot be binned into intervals containing months or years");
                var length = (stride.Days * Day) + stride.Microseconds;
                if (length <= 0) throw new PgException(SqlStates.DatetimeFieldOverflow, "stride must be greater than zero");
                var (source, origin) = (c.Int(1), c.Int(2));
                c.Return(source is long.MaxValue or long.MinValue ? source : origin + (FloorDiv(source - origin, length) * length));
            });
        }

        foreach (var name in (ReadOnlySpan<string>)["overlaps", "overlaps_timestamp", "overlaps_time"])
            f.Loose(name, 8, Overlaps, immutable: false);

        // The clock.
        f.Stable("now", 0, c => c.Return(c.Session.TransactionStart));
        f.Stable("current_timestamp", 0, c => c.Return(c.Session.TransactionStart));
        f.Stable("current_timestamp", 1, c => c.Return(Typmod.ApplyTime(c.Session.TransactionStart, (int)c.Int(0))));
        f.Stable("statement_timestamp", 0, c => c.Return(c.Session.StatementStart));
        f.Stable("clock_timestamp", 0, c => c.Return(ClockNow()));
        f.Stable("localtimestamp", 0, c => c.Return(Local(c, c.Session.TransactionStart)));
        f.Stable("localtimestamp", 1, c => c.Return(Typmod.ApplyTime(Local(c, c.Session.TransactionStart), (int)c.Int(0))));
        f.Stable("current_date", 0, c => c.Return(DateOf(Local(c, c.Session.TransactionStart))));
        f.Stable("localtime", 0, c => c.Return(Wrap(Local(c, c.Session.TransactionStart))));
        f.Stable("localtime", 1, c => c.Return(Typmod.ApplyTime(Wrap(Local(c, c.Session.TransactionStart)), (int)c.Int(0))));
        for (var arity = 0; arity <= 1; arity++)
        {
            f.Stable("current_time", arity, c =>
            {
                var east = Zones.OffsetAt(c.Format.TimeZone, c.Session.TransactionStart);
                var time = Wrap(c.Session.TransactionStart + (east * Calendar.MicrosecondsPerSecond));
                WriteTimeTz(c, c.Count == 0 ? time : Typmod.ApplyTime(time, (int)c.Int(0)), east);
            });
        }

        f.Stable("timeofday", 0, c => c.Return(DateTimeOffset.UtcNow.ToString("ddd MMM dd HH:mm:ss.ffffff yyyy", System.Globalization.CultureInfo.InvariantCulture) + " UTC"));
    }

    public static long ClockNow() => From(DateTime.UtcNow);

    public static long From(DateTime utc) => (utc.Ticks - new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks) / 10;

    private static long Now(Call c) => c.Host.Session?.TransactionStart ?? ClockNow();

    public static long Local(Call c, long utc) => Zones.ToLocal(c.Format.TimeZone, utc);

    public static bool IsEdge(long date) => date is int.MaxValue or int.MinValue;

    public static long FloorDiv(long value, long divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);

    /// <summary>The time of day of a timestamp, or of a time gone past midnight.</summary>
    private static long Wrap(long micros) => micros - (FloorDiv(micros, Day) * Day);

    public static long DateOf(long timestamp) => timestamp switch
    {
        long.MaxValue => int.MaxValue,
        long.MinValue => int.MinValue,
        _ => FloorDiv(timestamp, Day),
    };

    public static long MidnightOf(long date) => date switch
    {
        int.MaxValue => long.MaxValue,
        int.MinValue => long.MinValue,
        _ => date * Day is var midnight && date < 106751983
            ? midnight
            : throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range for timestamp"),
    };

    private static long CheckDate(long date) => date is >= Calendar.FirstDay and <= Calendar.LastDay
        ? date
        : throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range");

    private static long Checked(Int128 timestamp) => timestamp >= Calendar.FirstTimestamp && timestamp < Calendar.EndTimestamp
        ? (long)timestamp
        : throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range");

    private static PgException IntervalOutOfRange() => new(SqlStates.DatetimeFieldOverflow, "interval out of range");

    private static PgInterval Make(long months, long days, Int128 micros) =>
        months == (int)months && days == (int)days && micros >= long.MinValue && micros <= long.MaxValue
            ? new PgInterval((int)months, (int)days, (long)micros)
            : throw IntervalOutOfRange();

    /// <summary>Months first (the day cut to the month's length), then days, then time.</summary>
    public static long Plus(long timestamp, PgInterval interval) => timestamp is long.MaxValue or long.MinValue
        ? timestamp
        : Checked((Int128)PlusDays(timestamp, interval) + interval.Microseconds);

    public static long PlusZoned(long timestamp, PgInterval interval, TimeZoneInfo zone)
    {
        if (timestamp is long.MaxValue or long.MinValue) return timestamp;
        if (interval.Months != 0 || interval.Days != 0)
            timestamp = Zones.ToUtc(zone, PlusDays(Zones.ToLocal(zone, timestamp), interval));
        return Checked((Int128)timestamp + interval.Microseconds);
    }

    private static long PlusDays(long timestamp, PgInterval interval)
    {
        if (interval.Months != 0)
        {
            var fields = DateTimeFields.FromTimestamp(timestamp);
            var months = (fields.Year * 12L) + fields.Month - 1 + interval.Months;
            var (year, month) = ((int)FloorDiv(months, 12), (int)(months - (FloorDiv(months, 12) * 12)) + 1);
            timestamp = Checked(((Int128)Calendar.ToDays(year, month, Math.Min(fields.Day, Calendar.DaysInMonth(year, month))) * Day) + Wrap(timestamp));
        }

        return Checked((Int128)timestamp + ((Int128)interval.Days * Day));
    }

    private static PgInterval Minus(long left, long right)
    {
        if (left is long.MaxValue or long.MinValue || right is long.MaxValue or long.MinValue)
            throw new PgException(SqlStates.DatetimeFieldOverflow, "cannot subtract infinite timestamps");
        var difference = (Int128)left - right;
        return new PgInterval(0, (int)(difference / Day), (long)(difference % Day));
    }

    /// <summary>The difference in years, months, days and time, as one would count on a calendar.</summary>
    private static PgInterval Age(long left, long right)
    {
        if (left is long.MaxValue or long.MinValue || right is long.MaxValue or long.MinValue)
            throw new PgException(SqlStates.DatetimeFieldOverflow, "cannot subtract infinite timestamps");
        var negative = left < right;
        var (a, b) = negative
            ? (DateTimeFields.FromTimestamp(right), DateTimeFields.FromTimestamp(left))
            : (DateTimeFields.FromTimestamp(left), DateTimeFields.FromTimestamp(right));
        var (months, days, time) = (((a.Year - b.Year) * 12L) + a.Month - b.Month, (long)(a.Day - b.Day), a.TimeOfDay - b.TimeOfDay);
        if (time < 0) (days, time) = (days - 1, time + Day);

        // Days are borrowed from the month the count starts in.
        while (days < 0) (months, days) = (months - 1, days + Calendar.DaysInMonth(b.Year, b.Month));
        return negative ? new PgInterval((int)-months, (int)-days, -time) : new PgInterval((int)months, (int)days, time);
    }

    private static long MakeDate(long year, long month, long day)
    {
        // A negative year is BC, and there is no year 0.
        var valid = year != 0 && month is >= 1 and <= 12 && Math.Abs(year) < 6_000_000;
        var astronomical = year < 0 ? year + 1 : year;
        if (!valid || day < 1 || day > Calendar.DaysInMonth((int)astronomical, (int)month))
            throw new PgException(SqlStates.DatetimeFieldOverflow, $"date field value out of range: {year}-{month:00}-{day:00}");
        return CheckDate(Calendar.ToDays((int)astronomical, (int)month, (int)day));
    }

    private static long MakeTime(Call c, int i)
    {
        var (hour, minute, second) = (c.Int(i), c.Int(i + 1), c.Double(i + 2));
        var ok = hour is >= 0 and <= 24 && minute is >= 0 and <= 59 && second is >= 0 and <= 60
            && (hour < 24 || (minute == 0 && second == 0));
        if (!ok) throw new PgException(SqlStates.DatetimeFieldOverflow, FormattableString.Invariant($"time field value out of range: {hour}:{minute:00}:{second:00.######}"));
        return (hour * Calendar.MicrosecondsPerHour) + (minute * Calendar.MicrosecondsPerMinute) + (long)Math.Round(second * 1e6, MidpointRounding.ToEven);
    }

    private static long Offset(PgInterval zone)
    {
        if (zone.Months != 0 || zone.Days != 0)
            throw new PgException(SqlStates.InvalidParameterValue, "interval time zone must not include months or days");
        return zone.Microseconds;
    }

    private static void WriteTimeTz(Call c, long time, int east)
    {
        using var writer = new ByteWriter(16);
        TimeTzCodec.Write(time, east, writer);
        c.ReturnBlob(writer.WrittenSpan);
    }

    private static void ReturnTimeTz(Call c, long micros)
    {
        var (time, east) = TimeTzCodec.Read(c.Bytes(0));
        WriteTimeTz(c, Wrap(time + micros), east);
    }

    private static void MoveTimeTz(Call c, int east)
    {
        var (time, from) = TimeTzCodec.Read(c.Bytes(1));
        WriteTimeTz(c, Wrap(time + ((east - from) * Calendar.MicrosecondsPerSecond)), east);
    }

    /// <summary>Two periods, each a start and an end or a length: every value is followed by the OID of its type.</summary>
    private static void Overlaps(Call c)
    {
        var (start1, end1) = Period(0);
        var (start2, end2) = Period(4);
        if ((start1 ?? end1) is null || (start2 ?? end2) is null) return;
        (start1, end1) = Ordered(start1, end1);
        (start2, end2) = Ordered(start2, end2);

        // The later start must lie before the earlier period's end; equal starts always overlap.
        var (early, late) = start1 <= start2 ? ((start1, end1), start2) : ((start2, end2), start1);
        if (start1 == start2)
        {
            if (end1 is not null && end2 is not null) c.Return(true);
            return;
        }

        if (early.Item2 is null) return;
        if (late < early.Item2) c.Return(true);
        else if ((start1 > start2 ? end1 : end2) is not null) c.Return(false);

        (long? Start, long? End) Period(int at)
        {
            var type = c.Oid(at + 1);
            long? start = c.IsNull(at) ? null : Value(at, type);
            if (c.IsNull(at + 2)) return (start, null);
            if (c.Oid(at + 3) != Oids.Interval) return (start, Value(at + 2, c.Oid(at + 3)));
            if (start is null) return (null, null);
            var length = c.Interval(at + 2);
            return (start, type switch
            {
                Oids.Time => Wrap(start.Value + (length.Microseconds % Day)),
                Oids.TimestampTz => PlusZoned(start.Value, length, c.Format.TimeZone),
                _ => Plus(start.Value, length),
            });
        }

        long Value(int i, uint type) => type == Oids.Date ? MidnightOf(c.Int(i)) : c.Int(i);

        static (long? Start, long? End) Ordered(long? start, long? end) =>
            start is null ? (end, null) : end is not null && start > end ? (end, start) : (start, end);
    }
}
