using System.Globalization;
using IrisSimulator.Engine.Types;
using static IrisSimulator.Engine.Functions.Want;
using Calendar = IrisSimulator.Engine.Types.Calendar;

namespace IrisSimulator.Engine.Functions;

/// <summary>Date and time functions. Moments are microseconds since 1970; weeks begin on Sunday.</summary>
internal static class DateFunctions
{
    private static IrisType Integer(IrisType[] types) => IrisType.Integer;
    private static IrisType Stamp(IrisType[] types) => IrisType.Timestamp;
    private static IrisType Day(IrisType[] types) => IrisType.Date;
    private static IrisType String(IrisType[] types) => IrisType.Text;

    private static DateTime T(object?[] a, int i) => Calendar.TimeOf((long)a[i]!);

    public static IEnumerable<FunctionRule> All()
    {
        yield return new("DATEPART", 2, 2, [Text, Moment], Integer, a => Part((string)a[0]!, T(a, 1)));
        yield return new("DATEPART:SQLTIMESTAMP", 2, 2, [Text, Moment], Stamp, a => a[1]);
        yield return new("DATENAME", 2, 2, [Text, Moment], String, a => NameOf((string)a[0]!, T(a, 1)));
        yield return new("DATEADD", 3, 3, [Text, Whole, Moment], Stamp, a => Add((string)a[0]!, (long)a[1]!, T(a, 2)));
        yield return new("TIMESTAMPADD", 3, 3, [Text, Whole, Moment], Stamp, a => Add((string)a[0]!, (long)a[1]!, T(a, 2)));
        yield return new("DATEDIFF", 3, 3, [Text, Moment, Moment], Integer, a => Difference((string)a[0]!, T(a, 1), T(a, 2)));
        yield return new("TIMESTAMPDIFF", 3, 3, [Text, Moment, Moment], Integer, a => Difference((string)a[0]!, T(a, 1), T(a, 2)));
        yield return new("DATE_TRUNC", 2, 2, [Text, Moment], Stamp, a => Calendar.MicrosOf(Truncate((string)a[0]!, T(a, 1))));
        yield return new("LAST_DAY", 1, 1, [Moment], Day, a => Calendar.DayOf(LastDay(T(a, 0))));
        yield return new("DATE", 1, 1, [Moment], Day, a => Calendar.DayOf(T(a, 0)));
        yield return new("UNIX_TIMESTAMP", 1, 1, [Moment], _ => IrisType.Numeric(19, 6), a => (long)a[0]! / 1_000_000m);
        foreach (var (name, part) in Parts)
            yield return new(name, 1, 1, [Moment], Integer, a => Part(part, T(a, 0)));
        yield return new("DAYNAME", 1, 1, [Moment], String, a => T(a, 0).ToString("dddd", CultureInfo.InvariantCulture));
        yield return new("MONTHNAME", 1, 1, [Moment], String, a => T(a, 0).ToString("MMMM", CultureInfo.InvariantCulture));
        yield return new("TO_CHAR:MOMENT", 2, 2, [Moment, Text], String, a => DatePatterns.Format(T(a, 0), (string)a[1]!));
        yield return new("TO_CHAR:NUMBER", 1, 2, [Number, Text], String, a => a.Length == 1
            ? Numbers.Logical((decimal)a[0]!) : NumberPatterns.Format((decimal)a[0]!, (string)a[1]!));
        yield return new("TO_DATE", 1, 2, [Text], Day, a => Calendar.DayOf(Parsed(a, "DD MON YYYY")));
        yield return new("TO_TIMESTAMP", 1, 2, [Text], Stamp, a => Calendar.MicrosOf(Parsed(a, "YYYY-MM-DD HH24:MI:SS")));
        yield return new("TO_POSIXTIME", 1, 2, [Text], _ => IrisType.PosixTime, a => Calendar.MicrosOf(Parsed(a, "YYYY-MM-DD HH24:MI:SS")));
    }

    private static DateTime Parsed(object?[] a, string standard) => DatePatterns.Parse((string)a[0]!, a.Length > 1 ? (string)a[1]! : standard);

    private static readonly (string, string)[] Parts =
    [
        ("DAY", "day"), ("DAYOFMONTH", "day"), ("MONTH", "month"), ("YEAR", "year"), ("QUARTER", "quarter"), ("WEEK", "week"),
        ("DAYOFWEEK", "weekday"), ("DAYOFYEAR", "dayofyear"), ("HOUR", "hour"), ("MINUTE", "minute"), ("SECOND", "second"),
    ];

    private static IrisError BadPart(string part) => Fail.With(-8, $"Invalid date part '{part}'");

    private static long Part(string part, DateTime t) => part switch
    {
        "year" => t.Year,
        "quarter" => (t.Month - 1) / 3 + 1,
        "month" => t.Month,
        "week" => (t.DayOfYear - 1 + (int)new DateTime(t.Year, 1, 1).DayOfWeek) / 7 + 1,
        "weekday" => (int)t.DayOfWeek + 1,
        "day" => t.Day,
        "dayofyear" => t.DayOfYear,
        "hour" => t.Hour,
        "minute" => t.Minute,
        "second" => t.Second,
        "millisecond" => t.Ticks / 10_000 % 1000,
        "microsecond" => t.Ticks / 10 % 1_000_000,
        "nanosecond" => t.Ticks % 10_000_000 * 100,
        _ => throw BadPart(part),
    };

    private static string NameOf(string part, DateTime t) => part switch
    {
        "month" => t.ToString("MMMM", CultureInfo.InvariantCulture),
        "weekday" => t.ToString("dddd", CultureInfo.InvariantCulture),
        _ => Part(part, t).ToString(CultureInfo.InvariantCulture),
    };

    private static object Add(string part, long n, DateTime t)
    {
        try
        {
            return Calendar.MicrosOf(part switch
            {
                "year" => t.AddYears(checked((int)n)),
                "quarter" => t.AddMonths(checked((int)n * 3)),
                "month" => t.AddMonths(checked((int)n)),
                "week" => t.AddDays(n * 7),
                "day" or "weekday" or "dayofyear" => t.AddDays(n),
                "hour" => t.AddHours(n),
                "minute" => t.AddMinutes(n),
                "second" => t.AddSeconds(n),
                "millisecond" => t.AddTicks(n * 10_000),
                "microsecond" => t.AddTicks(n * 10),
                "nanosecond" => t.AddTicks(n / 100),
                _ => throw BadPart(part),
            });
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw Fail.With(-400, "<ILLEGAL VALUE> date out of range");
        }
    }

    /// <summary>How many boundaries of the part lie between, end minus start.</summary>
    private static object Difference(string part, DateTime from, DateTime to) => part switch
    {
        "year" => (long)to.Year - from.Year,
        "quarter" => Quarters(to) - Quarters(from),
        "month" => (to.Year * 12L + to.Month) - (from.Year * 12L + from.Month),
        "week" => (Weeks(to) - Weeks(from)),
        "day" or "weekday" or "dayofyear" => Calendar.DayOf(to) - Calendar.DayOf(from),
        "hour" => Units(to, TimeSpan.TicksPerHour) - Units(from, TimeSpan.TicksPerHour),
        "minute" => Units(to, TimeSpan.TicksPerMinute) - Units(from, TimeSpan.TicksPerMinute),
        "second" => Units(to, TimeSpan.TicksPerSecond) - Units(from, TimeSpan.TicksPerSecond),
        "millisecond" => Units(to, TimeSpan.TicksPerMillisecond) - Units(from, TimeSpan.TicksPerMillisecond),
        "microsecond" => Units(to, 10) - Units(from, 10),
        "nanosecond" => (to.Ticks - from.Ticks) * 100,
        _ => throw BadPart(part),
    };

    private static long Quarters(DateTime t) => t.Year * 4L + (t.Month - 1) / 3;
    private static long Weeks(DateTime t) => (Units(t, TimeSpan.TicksPerDay) + 1) / 7;
    private static long Units(DateTime t, long ticks) => t.Ticks / ticks;

    private static DateTime Truncate(string part, DateTime t) => part switch
    {
        "year" => new(t.Year, 1, 1),
        "quarter" => new(t.Year, (t.Month - 1) / 3 * 3 + 1, 1),
        "month" => new(t.Year, t.Month, 1),
        "week" => t.Date.AddDays(-(int)t.DayOfWeek),
        "day" or "weekday" or "dayofyear" => t.Date,
        "hour" => new(t.Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour),
        "minute" => new(t.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute),
        "second" => new(t.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond),
        "millisecond" => new(t.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond),
        "microsecond" or "nanosecond" => t,
        _ => throw BadPart(part),
    };

    private static DateTime LastDay(DateTime t) => new(t.Year, t.Month, DateTime.DaysInMonth(t.Year, t.Month));
}
