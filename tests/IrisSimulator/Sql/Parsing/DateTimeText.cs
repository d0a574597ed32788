using System.Globalization;

namespace IrisSimulator.Sql.Parsing;

/// <summary>The texts of {d '…'} and {t '…'}.</summary>
internal static class DateTimeText
{
    /// <summary>Day 0 of $HOROLOG: the least date without a MINVAL of its own.</summary>
    private static readonly DateOnly First = new(1840, 12, 31);

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date >= First;

    /// <summary>hh:mm:ss with up to nine digits behind a point.</summary>
    public static bool IsTime(string text)
    {
        var point = text.IndexOf('.');
        var fraction = point < 0 ? [] : text.AsSpan(point + 1);
        if (point >= 0 && (fraction.Length is 0 or > 9 || fraction.ContainsAnyExceptInRange('0', '9'))) return false;
        return TimeOnly.TryParseExact(point < 0 ? text : text[..point], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
