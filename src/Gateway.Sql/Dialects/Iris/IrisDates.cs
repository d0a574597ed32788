using System.Collections.Frozen;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Fields of dates and times that IRIS counts as PostgreSQL does.</summary>
internal static class IrisDates
{
    /// <summary>
    /// For extract and date_part; the numbers are whole. Weeks are not ISO's in IRIS, and with which day they begin is a
    /// setting, so days of the week are counted from a known one.
    /// </summary>
    public static FrozenDictionary<string, string> Fields { get; } = new Dictionary<string, string>
    {
        ["year"] = "DATEPART('year', {0})",
        ["quarter"] = "DATEPART('quarter', {0})",
        ["month"] = "DATEPART('month', {0})",
        ["day"] = "DATEPART('day', {0})",
        ["doy"] = "DATEPART('dayofyear', {0})",
        ["dow"] = "MOD(DATEDIFF('day', {ts '1899-12-31 00:00:00'}, {0}) + 700000, 7)",
        ["isodow"] = "(MOD(DATEDIFF('day', {ts '1900-01-01 00:00:00'}, {0}) + 700000, 7) + 1)",
        ["hour"] = "DATEPART('hour', {0})",
        ["minute"] = "DATEPART('minute', {0})",
    }.ToFrozenDictionary();

    /// <summary>Of those, what a date has too.</summary>
    public static FrozenSet<string> DateFields { get; } = new[] { "year", "quarter", "month", "day", "doy", "dow", "isodow" }.ToFrozenSet();

    /// <summary>What date_trunc cuts to, for all servers. 1900-01-01 is a Monday; 100000 weeks keep the dividend positive.</summary>
    public static FrozenDictionary<string, string> Truncations { get; } = new Dictionary<string, string>
    {
        ["year"] = Since("year"),
        ["quarter"] = Since("quarter"),
        ["month"] = Since("month"),
        ["week"] = $"DATEADD('day', ((DATEDIFF('day', {Base}, {{0}}) + 700000) \\ 7) * 7 - 700000, {Base})",
        ["day"] = Since("day"),
        ["hour"] = Since("hour"),
        ["minute"] = Since("minute"),
    }.ToFrozenDictionary();

    /// <summary>Where DATE_TRUNC is there. Its weeks begin on another day.</summary>
    public static FrozenDictionary<string, string> NativeTruncations { get; } = new Dictionary<string, string>
    {
        ["year"] = "DATE_TRUNC('year', {0})",
        ["quarter"] = "DATE_TRUNC('quarter', {0})",
        ["month"] = "DATE_TRUNC('month', {0})",
        ["week"] = Truncations["week"],
        ["day"] = "DATE_TRUNC('day', {0})",
        ["hour"] = "DATE_TRUNC('hour', {0})",
        ["minute"] = "DATE_TRUNC('minute', {0})",
        ["second"] = "DATE_TRUNC('second', {0})",
    }.ToFrozenDictionary();

    /// <summary>Elements of TO_CHAR with the same meaning, longest first.</summary>
    public static string[] Elements { get; } = ["HH24", "YYYY", "MM", "DD", "MI", "SS"];

    private const string Base = "{ts '1900-01-01 00:00:00'}";

    private static string Since(string part) => $"DATEADD('{part}', DATEDIFF('{part}', {Base}, {{0}}), {Base})";
}
