using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes as people write them.</summary>
internal static class Units
{
    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        if (text is null) throw new FormatException("expected a duration, found nothing");
        if (text is "infinite" && allowInfinite) return Timeout.InfiniteTimeSpan;
        var (number, unit) = Split(text);
        double? milliseconds = unit switch
        {
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => number,
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => number / 1e6,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => number / 1e3,
            "s" or "second" or "seconds" => number * 1e3,
            "m" or "minute" or "minutes" => number * 60e3,
            "h" or "hour" or "hours" => number * 3600e3,
            "d" or "day" or "days" => number * 86400e3,
            _ => null,
        };
        return milliseconds is { } value && value >= 0
            ? TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerMillisecond))
            : throw new FormatException($"expected a duration such as 500ms, 10 s, 5m or infinite, found \"{text}\"");
    }

    public static long? Size(string text)
    {
        if (text is null) return null;
        var (number, unit) = Split(text);
        double? factor = unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1e3,
            "MB" or "megabyte" or "megabytes" => 1e6,
            "GB" or "gigabyte" or "gigabytes" => 1e9,
            "TB" or "terabyte" or "terabytes" => 1e12,
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1024,
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1024.0 * 1024,
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1024.0 * 1024 * 1024,
            "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1024.0 * 1024 * 1024 * 1024,
            _ => null,
        };
        return factor is { } one && number >= 0
            ? checked((long)(number * one))
            : throw new FormatException($"expected a size such as 64k, 128kB or 1 MiB, found \"{text}\"");
    }

    private static (double Number, string Unit) Split(string text)
    {
        text = text.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '-' or '+')) end++;
        return double.TryParse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number, text[end..].Trim())
            : (-1, "?");
    }
}
