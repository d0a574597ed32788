using System.Globalization;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Iris;

/// <summary>Constants that IRIS writes the same way. All others are computed by the gateway and bound.</summary>
internal static class IrisLiterals
{
    // Longer texts are bound, so that statements stay short and alike.
    private const int MaxText = 1000;

    public static string? Text(string value)
    {
        if (value.Length > MaxText) return null;
        foreach (var c in value)
            if (c is '?' or RemoteQuery.ListMarker or < ' ') return null;
        return value.Contains('\'') ? $"'{value.Replace("'", "''")}'" : $"'{value}'";
    }

    /// <summary>A number's digits, as PostgreSQL takes them.</summary>
    public static string? Number(string text, uint type)
    {
        switch (type)
        {
            case Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid or Oids.Numeric:
                break;
            default:
                return null;
        }

        var digits = text.AsSpan();
        if (digits.Length > 0 && digits[0] == '-') digits = digits[1..];
        var points = 0;
        foreach (var c in digits)
        {
            if (c == '.') points++;
            else if (!char.IsAsciiDigit(c)) return null;
        }

        if (digits.Length - points is 0 or > IrisTypes.MaxDigits || points > 1) return null;
        if (points > 0 && type != Oids.Numeric) return null;
        if (type == Oids.Int2 && !short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return null;
        if (type == Oids.Int4 && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return null;
        if (digits[0] == '.') return text[0] == '-' ? "-0" + text[1..] : "0" + text;
        return digits[^1] == '.' ? text[..^1] : text;
    }

    /// <summary>A literal of another type from its text; null when that depends on the session, is wrong, or IRIS cannot say it.</summary>
    public static string? Typed(string text, TypeRef type)
    {
        if (type.Typmod != -1) return null;
        switch (type.Oid)
        {
            case Oids.Text or Oids.VarChar:
                return Text(text);
            case Oids.BpChar:
                return Text(text.TrimEnd(' '));
            case Oids.Name:
                return text.Length < 64 ? Text(text) : null;
            case Oids.Bool:
                return text is "t" or "true" or "TRUE" or "1" ? "1" : text is "f" or "false" or "FALSE" or "0" ? "0" : null;
            case Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Numeric:
                return Number(text, type.Oid);
            case Oids.Uuid:
                return Guid.TryParseExact(text, "D", out _) ? $"'{text.ToLowerInvariant()}'" : null;
            case Oids.Date:
                return Moment(text, out var date, out _, out var hasTime) && !hasTime && date >= FirstDate
                    ? $"{{d '{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'}}"
                    : null;
            case Oids.Timestamp:
                return Moment(text, out var local, out var offset, out _) && offset is null ? Timestamp(local) : null;
            case Oids.TimestampTz:
                return Moment(text, out var moment, out var zone, out _) && zone is { } shift
                    && moment.Ticks - shift.Ticks is var ticks && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
                        ? Timestamp(new DateTime(ticks))
                        : null;
            case Oids.Time:
                return TimeSpan.TryParseExact(text, @"hh\:mm\:ss", CultureInfo.InvariantCulture, out _) ? $"{{t '{text}'}}"
                    : TimeSpan.TryParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture, out _) ? $"{{t '{text}:00'}}"
                    : null;
            default:
                return null;
        }
    }

    /// <summary>A date or timestamp that PostgreSQL has and IRIS does not.</summary>
    public static bool IsOutside(string text, TypeRef type)
    {
        if (type.Oid is not (Oids.Date or Oids.Timestamp or Oids.TimestampTz)) return false;
        if (text.Contains("infinity", StringComparison.OrdinalIgnoreCase) || text.EndsWith("BC", StringComparison.OrdinalIgnoreCase)) return true;
        if (type.Oid == Oids.Date && Moment(text, out var date, out _, out _)) return date < FirstDate;
        return text.AsSpan().IndexOf('-') > 4;
    }

    /// <summary>IRIS has no dates before this one.</summary>
    private static DateTime FirstDate => new(1840, 12, 31);

    /// <summary>The form of a timestamp literal. Zeros at the end are left out, as IRIS keeps them.</summary>
    public static string Timestamp(DateTime value) =>
        $"{{ts '{value.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)}'}}";

    // yyyy-mm-dd[ hh:mm[:ss[.ffffff]]][offset], which means the same whatever the DateStyle.
    private static bool Moment(string text, out DateTime value, out TimeSpan? offset, out bool hasTime)
    {
        (value, offset, hasTime) = (default, null, false);
        var rest = text.AsSpan();
        if (rest.Length < 10 || !char.IsAsciiDigit(rest[0])) return false;
        if (!DateTime.TryParseExact(rest[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)) return false;
        rest = rest[10..];
        if (rest.IsEmpty) return true;
        if (rest[0] is not (' ' or 'T')) return false;
        rest = rest[1..];
        hasTime = true;
        var zone = rest.IndexOfAny("Z+-");
        if (zone >= 0)
        {
            if (!Offset(rest[zone..], out var shift)) return false;
            offset = shift;
            rest = rest[..zone];
        }

        ReadOnlySpan<string> forms = ["hh\\:mm", "hh\\:mm\\:ss", "hh\\:mm\\:ss\\.FFFFFF"];
        foreach (var form in forms)
        {
            if (!TimeSpan.TryParseExact(rest, form, CultureInfo.InvariantCulture, out var time)) continue;
            value += time;
            return true;
        }

        return false;
    }

    private static bool Offset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z") return true;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (text.Length is not (2 or 4 or 5)) return false;
        if (!int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 15) return false;
        var minutes = 0;
        if (text.Length == 5 && text[2] != ':') return false;
        if (text.Length > 2 && (!int.TryParse(text[^2..], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes > 59)) return false;
        offset = new TimeSpan(sign * hours, sign * minutes, 0);
        return true;
    }
}
