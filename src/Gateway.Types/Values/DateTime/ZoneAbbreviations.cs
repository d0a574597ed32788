using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Types;

/// <summary>The abbreviation in force at a moment (CET, CEST), which .NET does not keep: read from the system's zone files.</summary>
/// <remarks>RFC 8536: a header of 44 bytes, the data of version 1, the same again with 64-bit times, a rule for what comes after them.</remarks>
public static partial class ZoneAbbreviations
{
    private const string Folder = "/usr/share/zoneinfo";
    private const int HeaderLength = 44;
    private const long UnixTo2000 = 946_684_800;

    private static readonly ConcurrentDictionary<string, Table?> Tables = new(StringComparer.Ordinal);

    /// <param name="zone">Named by its IANA name, or <c>&lt;+02&gt;-02</c>.</param>
    /// <param name="utc">µs since 2000-01-01 UTC.</param>
    /// <returns>null when the zone has no file here.</returns>
    public static string? At(TimeZoneInfo zone, long utc)
    {
        if (zone == TimeZoneInfo.Utc) return "UTC";
        if (zone.Id.StartsWith('<')) return zone.Id[1..zone.Id.IndexOf('>')];
        var table = Tables.GetOrAdd(zone.Id, static id => Read(id));
        return table?.At(zone, (long)Math.Floor(utc / 1e6) + UnixTo2000);
    }

    private static Table? Read(string id)
    {
        var path = Path.GetFullPath(Path.Combine(Folder, id));
        if (!path.StartsWith(Folder + "/", StringComparison.Ordinal) || !File.Exists(path)) return null;
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        if (file.Length < HeaderLength || !file.StartsWith("TZif"u8) || file[4] < (byte)'2') return null;
        var first = new Counts(file);
        file = file[(HeaderLength + first.Length(timeSize: 4))..];
        var counts = new Counts(file);
        var body = file[HeaderLength..];
        var times = new long[counts.Times];
        for (var i = 0; i < times.Length; i++) times[i] = BinaryPrimitives.ReadInt64BigEndian(body[(8 * i)..]);
        body = body[(8 * counts.Times)..];
        var indexes = body[..counts.Times].ToArray();
        body = body[counts.Times..];
        var letters = body[(6 * counts.Types)..][..counts.Letters];
        var names = new string[counts.Types];
        for (var i = 0; i < names.Length; i++)
        {
            var name = letters[body[(6 * i) + 5]..];
            names[i] = Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
        }

        var rule = Rule().Match(Encoding.ASCII.GetString(body[(counts.Length(timeSize: 8) - (9 * counts.Times))..]).Trim('\n'));
        return rule.Success ? new Table(times, indexes, names, rule.Groups["standard"].Value.Trim('<', '>'), rule.Groups["summer"].Value.Trim('<', '>')) : null;
    }

    private readonly struct Counts(ReadOnlySpan<byte> header)
    {
        private readonly int _isUtc = BinaryPrimitives.ReadInt32BigEndian(header[20..]);
        private readonly int _isStandard = BinaryPrimitives.ReadInt32BigEndian(header[24..]);
        private readonly int _leaps = BinaryPrimitives.ReadInt32BigEndian(header[28..]);

        public readonly int Times = BinaryPrimitives.ReadInt32BigEndian(header[32..]);
        public readonly int Types = BinaryPrimitives.ReadInt32BigEndian(header[36..]);
        public readonly int Letters = BinaryPrimitives.ReadInt32BigEndian(header[40..]);

        public int Length(int timeSize) => (Times * timeSize) + Times + (Types * 6) + Letters + (_leaps * (timeSize + 4)) + _isStandard + _isUtc;
    }

    private sealed record Table(long[] Times, byte[] Indexes, string[] Names, string Standard, string Summer)
    {
        public string At(TimeZoneInfo zone, long unix)
        {
            var at = Array.BinarySearch(Times, unix);
            if (at < 0) at = ~at - 1;
            if (Times.Length > 0 && at < 0) return Names[0];
            if (at < Times.Length - 1) return Names[Indexes[at]];
            return Summer.Length > 0 && zone.IsDaylightSavingTime(DateTimeOffset.FromUnixTimeSeconds(unix)) ? Summer : Standard;
        }
    }

    // CET-1CEST,M3.5.0,M10.5.0/3 or <+03>-3
    [GeneratedRegex(@"^(?<standard><[^>]+>|[A-Za-z]+)[-+:0-9]*((?<summer><[^>]+>|[A-Za-z]+)[-+:0-9]*,.*)?$")]
    private static partial Regex Rule();
}
