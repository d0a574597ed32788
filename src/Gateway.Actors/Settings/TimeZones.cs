using System.Globalization;
using Gateway.Types;

namespace Gateway.Actors.Settings;

/// <summary>Time zones as SET TimeZone takes them and SHOW prints them.</summary>
internal static class TimeZones
{
    /// <summary>Null when there is no such zone.</summary>
    /// <remarks>A bare number counts hours east of Greenwich, every other form of an offset is POSIX's: west is positive.</remarks>
    public static (TimeZoneInfo Zone, string Name)? Find(string name)
    {
        name = name.Trim();
        if (name.Length == 0) return null;
        if (name.ToUpperInvariant() is "LOCAL" or "DEFAULT") return (TimeZoneInfo.Utc, "UTC");
        if (double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours))
            return Math.Abs(hours) <= 14 ? Fixed((int)Math.Round(hours * 3600)) : null;
        if (Zones.Find(name) is not { } zone) return null;
        return (zone, zone == TimeZoneInfo.Utc || zone.Id.StartsWith('<') ? Shown(name) : zone.Id);
    }

    private static (TimeZoneInfo, string) Fixed(int east)
    {
        var rest = Math.Abs(east);
        var digits = rest % 3600 == 0 ? $"{rest / 3600:00}" : $"{rest / 3600:00}:{rest / 60 % 60:00}";
        return (Zones.Fixed(east), east < 0 ? $"<-{digits}>+{digits}" : $"<+{digits}>-{digits}");
    }

    private static string Shown(string name) => name.ToUpperInvariant() switch
    {
        "ETC/UTC" => "Etc/UTC",
        "ETC/GMT" => "Etc/GMT",
        "Z" => "Z",
        var upper => upper,
    };
}
