namespace Gateway.Types;

/// <summary>The session settings that decide how values read and print.</summary>
/// <param name="TimeZone">For timestamptz in text form, in both directions.</param>
/// <param name="ExtraFloatDigits">Above 0: shortest exact form; else 15 + n (float8) or 6 + n (float4) digits.</param>
/// <param name="ByteaHex">bytea_output: hex (true) or escape.</param>
/// <param name="DateStyle">Output style and field order, for instance <c>ISO, MDY</c>.</param>
/// <param name="IntervalStyle"><c>postgres</c>, <c>iso_8601</c>, <c>postgres_verbose</c> or <c>sql_standard</c>.</param>
public sealed record FormatSettings(
    TimeZoneInfo TimeZone,
    string TimeZoneName,
    int ExtraFloatDigits,
    bool ByteaHex,
    string DateStyle,
    string IntervalStyle)
{
    /// <summary>For regclass and the other aliases of oid in text form; without it their numbers.</summary>
    public IOidNames? Names { get; init; }

    /// <summary>client_encoding, where text has to be converted for the client; null for UTF8.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>The time zone is UTC at all times. False for one that is UTC now and was not always.</summary>
    public bool IsUtc => TimeZoneName is "UTC" or "Etc/UTC" or "GMT" or "Etc/GMT" or "UCT" or "Etc/UCT" or "Zulu" or "Etc/Zulu" or "Universal" or "Etc/Universal";

    public static FormatSettings Default { get; } = new(TimeZoneInfo.Utc, "UTC", 1, true, "ISO, MDY", "postgres");
}
