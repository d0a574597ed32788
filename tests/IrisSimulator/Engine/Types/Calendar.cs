using System.Globalization;

namespace IrisSimulator.Engine.Types;

/// <summary>Dates, times and timestamps between their stored integers and text.</summary>
/// <remarks>A date is stored as days since 1840-12-31, a time as microseconds since midnight, a timestamp as microseconds since 1970.</remarks>
public static class Calendar
{
    public static readonly DateTime Origin = new(1840, 12, 31);
    public const long MicrosPerDay = 86_400_000_000;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static long LastDay { get; } = DayOf(new DateTime(9999, 12, 31));

    public static long DayOf(DateTime date) => (long)(date.Date - Origin).TotalDays;
    public static DateTime DateOf(long day) => Origin.AddDays(day);
    public static long MicrosOf(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / 10;
    public static DateTime TimeOf(long micros) => DateTime.UnixEpoch.AddTicks(micros * 10);
    public static DateTime TimeOf(long micros, DateTimeKind kind) => DateTime.SpecifyKind(TimeOf(micros), kind);
    public static long MicrosOfDay(long day) => MicrosOf(DateOf(day));

    public static string DateText(long day) => DateOf(day).ToString("yyyy-MM-dd", Invariant);

    public static string TimeText(long micros)
    {
        var text = new DateTime(micros * 10).ToString("HH:mm:ss.ffffff", Invariant);
        return text.TrimEnd('0').TrimEnd('.');
    }

    public static string TimestampText(long micros)
    {
        var text = TimeOf(micros).ToString("yyyy-MM-dd HH:mm:ss.ffffff", Invariant);
        return text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>The logical value of a POSIXTIME column.</summary>
    public static long Encode(long micros) => micros >= 0 ? micros + (1L << 60) : micros - 3 * (1L << 61);

    /// <summary>yyyy-mm-dd exactly, or null.</summary>
    public static long? Date(string text)
    {
        if (!Shape(text, "dddd-dd-dd")) return null;
        return DateTime.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var date) ? DayOf(date) : null;
    }

    /// <summary>hh:mm[:ss[.f…]], or null. Digits after the sixth are dropped.</summary>
    public static long? Time(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 2 || parts.Length == 2 && (parts[1].Length is 0 or > 9 || !parts[1].All(char.IsAsciiDigit))) return null;
        var clock = parts[0].Split(':');
        if (clock.Length is < 2 or > 3 || parts.Length == 2 && clock.Length != 3) return null;
        var numbers = new int[3];
        for (var i = 0; i < clock.Length; i++)
            if (clock[i].Length is 0 or > 2 || !clock[i].All(char.IsAsciiDigit)) return null;
            else numbers[i] = int.Parse(clock[i], Invariant);
        if (numbers[0] > 23 || numbers[1] > 59 || numbers[2] > 59) return null;
        var fraction = parts.Length == 2 ? long.Parse(parts[1].PadRight(6, '0')[..6], Invariant) : 0;
        return ((numbers[0] * 60L + numbers[1]) * 60 + numbers[2]) * 1_000_000 + fraction;
    }

    /// <summary>yyyy-mm-dd[ hh:mm:ss[.f…]], or null. There is no zone.</summary>
    public static long? Timestamp(string text)
    {
        if (text.Length == 10) return Date(text) is { } only ? MicrosOfDay(only) : null;
        if (text.Length < 12 || text[10] != ' ') return null;
        return Date(text[..10]) is { } day && Time(text[11..]) is { } time ? MicrosOfDay(day) + time : null;
    }

    private static bool Shape(string text, string shape)
    {
        if (text.Length != shape.Length) return false;
        for (var i = 0; i < text.Length; i++)
            if (shape[i] == 'd' ? !char.IsAsciiDigit(text[i]) : text[i] != shape[i]) return false;
        return true;
    }

    /// <summary>Keeps <paramref name="digits"/> digits of a second, dropping the rest.</summary>
    public static long Keep(long micros, int digits)
    {
        if (digits >= 6) return micros;
        var unit = (long)Math.Pow(10, 6 - digits);
        var rest = micros % unit;
        return micros - (rest < 0 ? rest + unit : rest);
    }
}
