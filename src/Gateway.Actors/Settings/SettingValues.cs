using System.Globalization;
using Gateway.Types;

namespace Gateway.Actors.Settings;

/// <summary>Checks a value given to SET and brings it into the form SHOW prints.</summary>
internal static class SettingValues
{
    private static readonly (string Unit, long Milliseconds)[] TimeUnits =
        [("us", 0), ("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    private static readonly (string Unit, long Kilobytes)[] MemoryUnits =
        [("kB", 1), ("MB", 1024), ("GB", 1024 * 1024), ("TB", 1024L * 1024 * 1024)];

    /// <summary>The value in the setting's own unit and spelling, without a unit.</summary>
    /// <exception cref="PgException">22023, or 0A000 for an encoding or style we do not speak.</exception>
    public static string Normalize(SettingRule rule, string value) => rule.Name switch
    {
        "client_encoding" => Encoding(value),
        "DateStyle" => DateStyle(value),
        "TimeZone" => TimeZones.Find(value)?.Name ?? throw Invalid(rule, value),
        "standard_conforming_strings" when Bool(rule, value) == "off" =>
            throw PgException.Unsupported("standard_conforming_strings = off is not supported"),
        _ => rule.Kind switch
        {
            SettingKind.Bool => Bool(rule, value),
            SettingKind.Integer => Integer(rule, value),
            SettingKind.Real => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                ? real.ToString(CultureInfo.InvariantCulture)
                : throw Invalid(rule, value),
            SettingKind.Enum => Enum(rule, value),
            _ => value,
        },
    };

    /// <summary>As SHOW prints it: <c>5000</c> ms is <c>5s</c>, <c>4096</c> kB is <c>4MB</c>.</summary>
    public static string Display(SettingRule rule, string value)
    {
        if (rule.Unit.Length == 0 || !long.TryParse(value, CultureInfo.InvariantCulture, out var number) || number <= 0)
            return value;
        var (scale, units) = rule.Unit switch
        {
            "ms" => (1L, TimeUnits),
            "s" => (1000L, TimeUnits),
            "8kB" => (8L, MemoryUnits),
            _ => (1L, MemoryUnits),
        };
        number *= scale;
        for (var i = units.Length - 1; i >= 0; i--)
            if (units[i].Item2 > 0 && number % units[i].Item2 == 0) return $"{number / units[i].Item2}{units[i].Item1}";
        return value;
    }

    private static string Encoding(string value)
    {
        var invalid = $"invalid value for parameter \"client_encoding\": \"{value}\"";
        var encoding = TextEncoding.Find(value) ?? throw new PgException(SqlStates.InvalidParameterValue, invalid);
        if (!encoding.IsKnown)
            throw new PgException(SqlStates.FeatureNotSupported, invalid) { Detail = $"Conversion between {encoding.Name} and UTF8 is not supported." };

        // Old drivers insist on the name they have asked for, so PostgreSQL leaves it.
        return value == "UNICODE" ? value : encoding.Name;
    }

    private static string DateStyle(string value)
    {
        var style = "ISO";
        var order = "MDY";
        foreach (var word in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word.ToUpperInvariant())
            {
                case "ISO": style = "ISO"; break;
                case "DEFAULT": (style, order) = ("ISO", "MDY"); break;
                case "MDY" or "US" or "NONEURO" or "NONEUROPEAN": order = "MDY"; break;
                case "DMY" or "EURO" or "EUROPEAN": order = "DMY"; break;
                case "YMD": order = "YMD"; break;
                case "SQL" or "POSTGRES" or "GERMAN":
                    throw PgException.Unsupported($"DateStyle {word}: only the ISO style is supported");
                default:
                    throw new PgException(SqlStates.InvalidParameterValue, $"invalid value for parameter \"DateStyle\": \"{value}\"")
                    {
                        Detail = $"Unrecognized key word: \"{word.ToLowerInvariant()}\".",
                    };
            }
        }

        return $"{style}, {order}";
    }

    private static string Bool(SettingRule rule, string value)
    {
        var text = value.ToLowerInvariant();
        if (text.Length > 0)
        {
            if ("true".StartsWith(text, StringComparison.Ordinal) || "yes".StartsWith(text, StringComparison.Ordinal) || text is "on" or "1") return "on";
            if ("false".StartsWith(text, StringComparison.Ordinal) || "no".StartsWith(text, StringComparison.Ordinal) || text is "of" or "off" or "0") return "off";
        }

        throw new PgException(SqlStates.InvalidParameterValue, $"parameter \"{rule.Name}\" requires a Boolean value");
    }

    private static string Enum(SettingRule rule, string value)
    {
        foreach (var candidate in rule.Values!)
            if (string.Equals(candidate, value, StringComparison.OrdinalIgnoreCase)) return candidate;
        throw new PgException(SqlStates.InvalidParameterValue, $"invalid value for parameter \"{rule.Name}\": \"{value}\"")
        {
            Hint = $"Available values: {string.Join(", ", rule.Values)}.",
        };
    }

    private static string Integer(SettingRule rule, string value)
    {
        var text = value.AsSpan().Trim();
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '-' or '+' or '.')) digits++;
        if (!decimal.TryParse(text[..digits], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw Invalid(rule, value);

        var unit = text[digits..].Trim();
        if (unit.Length > 0) number = InUnit(rule, number, unit) ?? throw Invalid(rule, value);

        var rounded = (long)Math.Round(number);
        if (rounded < rule.Min || rounded > rule.Max)
            throw new PgException(
                SqlStates.InvalidParameterValue,
                $"{rounded}{(rule.Unit.Length > 0 ? " " + rule.Unit : "")} is outside the valid range for parameter \"{rule.Name}\" ({rule.Min} .. {rule.Max})");
        return rounded.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal? InUnit(SettingRule rule, decimal number, ReadOnlySpan<char> unit)
    {
        if (rule.Unit is "ms" or "s")
        {
            if (unit is "us") return number / 1000 / (rule.Unit == "s" ? 1000 : 1);
            foreach (var (name, milliseconds) in TimeUnits)
                if (unit.SequenceEqual(name)) return number * milliseconds / (rule.Unit == "s" ? 1000 : 1);
            return null;
        }

        if (rule.Unit.Length == 0) return null;
        foreach (var (name, kilobytes) in MemoryUnits)
            if (unit.SequenceEqual(name)) return number * kilobytes / (rule.Unit == "8kB" ? 8 : 1);
        return null;
    }

    private static PgException Invalid(SettingRule rule, string value) =>
        new(SqlStates.InvalidParameterValue, $"invalid value for parameter \"{rule.Name}\": \"{value}\"");
}
