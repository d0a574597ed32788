using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Gateway.Types;

/// <summary>Time zones by name, and the step between UTC and local clocks. Offsets are seconds east of Greenwich.</summary>
/// <remarks>
/// <see cref="TimeZoneInfo"/> keeps whole minutes only, so local mean times of the 19th century lose their seconds.
/// Years outside of 1 to 9999 use the rules of the year of the same shape within that range.
/// </remarks>
public static class Zones
{
    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Found = new(StringComparer.OrdinalIgnoreCase);

    // The abbreviations of PostgreSQL's default set that people type; minutes east.
    private static readonly FrozenDictionary<string, int> Abbreviations = new Dictionary<string, int>
    {
        ["utc"] = 0, ["gmt"] = 0, ["z"] = 0, ["zulu"] = 0, ["ut"] = 0, ["uct"] = 0, ["wet"] = 0, ["west"] = 60, ["bst"] = 60,
        ["cet"] = 60, ["cest"] = 120, ["met"] = 60, ["mest"] = 120, ["mez"] = 60, ["mesz"] = 120, ["eet"] = 120, ["eest"] = 180,
        ["msk"] = 180, ["msd"] = 240, ["sast"] = 120, ["jst"] = 540, ["kst"] = 540, ["hkt"] = 480, ["sgt"] = 480, ["pkt"] = 300,
        ["est"] = -300, ["edt"] = -240, ["cst"] = -360, ["cdt"] = -300, ["mst"] = -420, ["mdt"] = -360, ["pst"] = -480,
        ["pdt"] = -420, ["akst"] = -540, ["akdt"] = -480, ["hst"] = -600, ["ast"] = -240, ["adt"] = -180, ["nst"] = -210,
        ["ndt"] = -150, ["brt"] = -180, ["brst"] = -120, ["art"] = -180, ["clt"] = -240, ["clst"] = -180, ["acst"] = 570,
        ["acdt"] = 630, ["aest"] = 600, ["aedt"] = 660, ["awst"] = 480, ["nzst"] = 720, ["nzdt"] = 780, ["nzt"] = 720,
        ["idt"] = 180, ["ist"] = 120, ["npt"] = 345, ["bdt"] = 360, ["ict"] = 420, ["pht"] = 480, ["gst"] = 600, ["aesst"] = 660,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of an IANA name, an abbreviation, a number of hours (<c>+2</c>, <c>-3.5</c>) or a POSIX form (<c>UTC+3</c>, <c>&lt;+02&gt;-02</c>).</summary>
    /// <remarks>A bare number or <c>+02:00</c> is east of Greenwich in SET TIME ZONE <i>number</i> but POSIX (west) as a string; <paramref name="posix"/> chooses.</remarks>
    /// <returns>null when there is no such zone.</returns>
    public static TimeZoneInfo? Find(string name, bool posix = true) =>
        Found.TryGetValue(posix ? name : "#" + name, out var known) ? known : Remember(name, posix);

    /// <exception cref="PgException">22023 <c>time zone "x" not recognized</c>.</exception>
    public static TimeZoneInfo Get(string name) => Find(name)
        ?? throw new PgException(SqlStates.InvalidParameterValue, $"time zone \"{name}\" not recognized");

    /// <summary>A zone that never changes.</summary>
    public static TimeZoneInfo Fixed(int offsetSeconds)
    {
        if (offsetSeconds == 0) return TimeZoneInfo.Utc;
        var name = OffsetName(offsetSeconds);
        return TimeZoneInfo.CreateCustomTimeZone(name, TimeSpan.FromMinutes(offsetSeconds / 60), name, name);
    }

    public static bool TryAbbreviation(string word, out int offsetSeconds)
    {
        var known = Abbreviations.TryGetValue(word, out var minutes);
        offsetSeconds = minutes * 60;
        return known;
    }

    /// <summary>The offset in force at a moment (µs since 2000-01-01 UTC).</summary>
    public static int OffsetAt(TimeZoneInfo zone, long utc)
    {
        if (IsUtc(zone)) return 0;
        return (int)zone.GetUtcOffset(Clr(utc, DateTimeKind.Utc)).TotalSeconds;
    }

    /// <summary>The offset for a local clock reading; in a gap the one before it, in an overlap the standard one.</summary>
    public static int OffsetAtLocal(TimeZoneInfo zone, long local)
    {
        if (IsUtc(zone)) return 0;
        return (int)zone.GetUtcOffset(Clr(local, DateTimeKind.Unspecified)).TotalSeconds;
    }

    /// <summary>timestamptz to the local clock; infinities pass through.</summary>
    public static long ToLocal(TimeZoneInfo zone, long utc) => utc is long.MaxValue or long.MinValue
        ? utc
        : utc + (OffsetAt(zone, utc) * Calendar.MicrosecondsPerSecond);

    /// <summary>A local clock reading to timestamptz; infinities pass through.</summary>
    public static long ToUtc(TimeZoneInfo zone, long local) => local is long.MaxValue or long.MinValue
        ? local
        : local - (OffsetAtLocal(zone, local) * Calendar.MicrosecondsPerSecond);

    private static bool IsUtc(TimeZoneInfo zone) => ReferenceEquals(zone, TimeZoneInfo.Utc);

    private static DateTime Clr(long timestamp, DateTimeKind kind)
    {
        const long first = -63082281600000000 + Calendar.MicrosecondsPerDay;    // 0001-01-02
        const long end = 252455616000000000 - (2 * Calendar.MicrosecondsPerDay);  // 9999-12-30
        const long cycle = 146097 * Calendar.MicrosecondsPerDay;
        if (timestamp < first) timestamp = first;
        else if (timestamp > end) timestamp = end - cycle + Calendar.Modulo(timestamp - end, cycle);
        return new DateTime(630822816000000000 + (timestamp * 10), kind);
    }

    private static TimeZoneInfo? Remember(string name, bool posix)
    {
        var zone = Look(name, posix);
        // Names come from clients: only ours may grow without bound.
        if (zone is not null && Found.Count < 2000) Found[posix ? name : "#" + name] = zone;
        return zone;
    }

    private static TimeZoneInfo? Look(string name, bool posix)
    {
        if (name.Length is 0 or > 100) return null;
        if (name.ToUpperInvariant() is "UTC" or "GMT" or "UCT" or "ZULU" or "Z" or "ETC/UTC" or "ETC/GMT") return TimeZoneInfo.Utc;
        if (TryNumber(name, out var east)) return Math.Abs(east) > 14 * 3600 ? null : Fixed(posix ? -east : east);
        if (Path(name) && (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) || TimeZoneInfo.TryFindSystemTimeZoneById(Exact(name), out zone))) return zone;
        if (TryAbbreviation(name, out var offset)) return Fixed(offset);
        return TryPosix(name, out offset) ? Fixed(offset) : null;
    }

    private static bool Path(string name) =>
        name.AsSpan().IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") < 0 && name[0] != '/';

    // Zone files are found by exact name; PostgreSQL does not mind the case.
    private static string Exact(string name)
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
            if (string.Equals(zone.Id, name, StringComparison.OrdinalIgnoreCase)) return zone.Id;
        return name;
    }

    private static bool TryPosix(string name, out int east)
    {
        east = 0;
        int end;
        if (name[0] == '<') end = name.IndexOf('>', StringComparison.Ordinal) + 1;
        else for (end = 0; end < name.Length && char.IsAsciiLetter(name[end]); end++) { }
        if (end < 3 || end == name.Length || !TryNumber(name[end..], out var west)) return false;
        east = -west;
        return Math.Abs(east) <= 24 * 3600;
    }

    private static bool TryNumber(string text, out int seconds)
    {
        seconds = 0;
        var sign = text[0] == '-' ? -1 : 1;
        var digits = text[0] is '-' or '+' ? text[1..] : text;
        if (digits.Length == 0 || !char.IsAsciiDigit(digits[0])) return false;
        if (double.TryParse(digits, System.Globalization.NumberStyles.AllowDecimalPoint, null, out var hours))
        {
            seconds = sign * (int)Math.Round(hours * 3600);
            return hours < 1000;
        }

        var parts = digits.Split(':');
        if (parts.Length > 3) return false;
        var unit = 3600;
        foreach (var part in parts)
        {
            if (!int.TryParse(part, System.Globalization.NumberStyles.None, null, out var value) || value > 999) return false;
            seconds += value * unit;
            unit /= 60;
        }

        seconds *= sign;
        return true;
    }

    private static string OffsetName(int seconds)
    {
        var (sign, rest) = seconds < 0 ? ('-', -seconds) : ('+', seconds);
        return rest % 3600 == 0 ? $"<{sign}{rest / 3600:00}>" : $"<{sign}{rest / 3600:00}:{rest / 60 % 60:00}>";
    }
}
