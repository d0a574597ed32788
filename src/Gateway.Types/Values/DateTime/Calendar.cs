namespace Gateway.Types;

/// <summary>The proleptic Gregorian calendar over PostgreSQL's day count. Years are astronomical: 0 is 1 BC.</summary>
public static class Calendar
{
    public const long MicrosecondsPerSecond = 1_000_000;
    public const long MicrosecondsPerMinute = 60 * MicrosecondsPerSecond;
    public const long MicrosecondsPerHour = 60 * MicrosecondsPerMinute;
    public const long MicrosecondsPerDay = 24 * MicrosecondsPerHour;

    /// <summary>1970-01-01 in days before 2000-01-01.</summary>
    public const int UnixEpochDays = -10957;

    /// <summary>4714-11-24 BC, Julian day 0, where dates and timestamps begin.</summary>
    public const int FirstDay = -2451545;

    /// <summary>5874897-12-31, the last date.</summary>
    public const int LastDay = 2145031948;

    /// <summary>The first timestamp, in µs since 2000-01-01.</summary>
    public const long FirstTimestamp = FirstDay * MicrosecondsPerDay;

    /// <summary>294277-01-01, the end (exclusive) of timestamps.</summary>
    public const long EndTimestamp = 9223371331200000000;

    // A cycle of 400 years has 146097 days; counted from 1 March, leap days fall at a year's end.
    private const int DaysPerCycle = 146097;
    private const int DaysFromMarch1OfYear0 = 730425;

    public static bool IsLeapYear(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(int year, int month) => month switch
    {
        2 => IsLeapYear(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days since 2000-01-01; the day of the month may lie outside the month.</summary>
    public static int ToDays(int year, int month, int day)
    {
        long y = month > 2 ? year : year - 1L;
        var cycle = FloorDiv(y, 400);
        var yearOfCycle = y - (cycle * 400);
        var monthFromMarch = month > 2 ? month - 3 : month + 9;
        var dayOfYear = (((153 * monthFromMarch) + 2) / 5) + day - 1;
        var dayOfCycle = (yearOfCycle * 365) + (yearOfCycle / 4) - (yearOfCycle / 100) + dayOfYear;
        return (int)((cycle * DaysPerCycle) + dayOfCycle - DaysFromMarch1OfYear0);
    }

    /// <summary>Year, month and day of a day count.</summary>
    public static (int Year, int Month, int Day) FromDays(int days)
    {
        var shifted = days + (long)DaysFromMarch1OfYear0;
        var cycle = FloorDiv(shifted, DaysPerCycle);
        var dayOfCycle = (int)(shifted - (cycle * DaysPerCycle));
        var yearOfCycle = (dayOfCycle - (dayOfCycle / 1460) + (dayOfCycle / 36524) - (dayOfCycle / 146096)) / 365;
        var dayOfYear = dayOfCycle - ((365 * yearOfCycle) + (yearOfCycle / 4) - (yearOfCycle / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = (int)((cycle * 400) + yearOfCycle + (month <= 2 ? 1 : 0));
        return (year, month, dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1);
    }

    /// <summary>0 Sunday to 6 Saturday.</summary>
    public static int DayOfWeek(int days) => (int)Modulo(days + 6L, 7);

    /// <summary>1 to 366.</summary>
    public static int DayOfYear(int days) => days - ToDays(FromDays(days).Year, 1, 1) + 1;

    /// <summary>The ISO 8601 year and week (1 to 53) of a day.</summary>
    public static (int Year, int Week) IsoWeek(int days)
    {
        // A week belongs to the year of its Thursday.
        var thursday = days - (int)Modulo(DayOfWeek(days) + 6, 7) + 3;
        var year = FromDays(thursday).Year;
        return (year, ((thursday - ToDays(year, 1, 1)) / 7) + 1);
    }

    internal static long FloorDiv(long value, long divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    internal static long Modulo(long value, long divisor)
    {
        var rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }
}
