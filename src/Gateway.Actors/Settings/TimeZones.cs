using System.Collections.Concurrent;
using System.Globalization;

namespace Gateway.Actors.Settings;

/// <summary>Time zones as SET TIME ZONE names them.</summary>
internal static class TimeZones
{
    private static readonly ConcurrentDictionary<string, (TimeZoneInfo Zone, string Name)?> Cache = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An IANA name in any case, a number of hours east of Greenwich, or an offset; null when unknown.</summary>
    /// <remarks>A POSIX-style offset counts west as positive, as PostgreSQL does (manual, appendix B.5).</remarks>
    public static (TimeZoneInfo Zone, string Name)? Find(string name)
    {
        if (Cache.TryGetValue(name, out var known)) return known;
        var found = Parse(name.Trim());
        if (Cache.Count < 1000) Cache[name] = found;
        return found;
    }

    private static (TimeZoneInfo, string)? Parse(string name)
    {
        switch (name.ToUpperInvariant())
        {
            case "UTC" or "Z" or "ZULU" or "UCT" or "ETC/UTC": return (TimeZoneInfo.Utc, name.ToUpperInvariant() is "ETC/UTC" ? "Etc/UTC" : "UTC");
            case "GMT": return (TimeZoneInfo.Utc, "GMT");
            case "LOCAL" or "DEFAULT": return (TimeZoneInfo.Utc, "UTC");
        }

        // A bare number is hours east; PostgreSQL then shows the zone as <+02>-02.
        if (double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours) && Math.Abs(hours) < 168)
            return Fixed(TimeSpan.FromHours(hours));

        if (name is ['+' or '-', ..] && TimeSpan.TryParse(name[1..], CultureInfo.InvariantCulture, out var offset))
            return Fixed(name[0] == '+' ? offset.Negate() : offset);

        if (name.Length > 64 || name.StartsWith('.') || name.Contains("..", StringComparison.Ordinal)) return null;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)) return (zone, zone.Id);
        foreach (var candidate in TimeZoneInfo.GetSystemTimeZones())
            if (string.Equals(candidate.Id, name, StringComparison.OrdinalIgnoreCase)) return (candidate, candidate.Id);
        return null;
    }

    private static (TimeZoneInfo, string)? Fixed(TimeSpan east)
    {
        if (Math.Abs(east.TotalHours) > 14) return null;
        var digits = east.Duration().Minutes == 0 ? $"{east.Duration().Hours:00}" : $"{east.Duration().Hours:00}:{east.Duration().Minutes:00}";
        var (own, posix) = east < TimeSpan.Zero ? ('-', '+') : ('+', '-');
        var name = $"<{own}{digits}>{posix}{digits}";
        return (TimeZoneInfo.CreateCustomTimeZone(name, east, name, name), name);
    }
}
