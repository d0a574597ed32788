using System.Globalization;
using System.Text;
using Gateway.Types;
using Calendar = Gateway.Types.Calendar;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>to_char of timestamps and intervals, to_date and to_timestamp: the template patterns of the manual's table 9.27.</summary>
internal static class DateTemplates
{
    private const long Day = Calendar.MicrosecondsPerDay;

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    // Longer patterns first; the case of a name decides the case of its output.
    private static readonly string[] Patterns =
    [
        "SSSSS", "IYYY", "Y,YYY", "YYYY", "SSSS", "HH12", "HH24", "MONTH", "A.M.", "P.M.", "B.C.", "A.D.", "IDDD", "IYY", "YYY", "DDD", "DAY",
        "MON", "TZH", "TZM", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "HH", "MI", "SS", "MS", "US", "AM", "PM", "BC", "AD", "IY", "YY", "MM", "DD",
        "DY", "ID", "IW", "WW", "CC", "RM", "TZ", "OF", "Y", "I", "D", "W", "J", "Q",
    ];

    public static void AddTo(FunctionTable f)
    {
        f.Stable("timestamp_to_char", 2, c => Write(c, c.Int(0), null));
        f.Stable("timestamptz_to_char", 2, c =>
        {
            if (c.Int(0) is long.MaxValue or long.MinValue) return;
            Write(c, Dates.Local(c, c.Int(0)), Zones.OffsetAt(c.Format.TimeZone, c.Int(0)));
        });
        f.Add("interval_to_char", 2, c =>
        {
            var value = c.Interval(0);
            var time = value.Microseconds;
            var parts = new Parts
            {
                Year = value.Months / 12, Month = value.Months % 12, DayOfMonth = value.Days,
                Hour = time / Calendar.MicrosecondsPerHour, Minute = time / Calendar.MicrosecondsPerMinute % 60,
                Second = time / Calendar.MicrosecondsPerSecond % 60, Micro = time % Calendar.MicrosecondsPerSecond, IsInterval = true,
            };
            c.Return(Format(c.Text(1), parts));
        });
        f.Stable("to_date", 2, c => c.Return(Dates.DateOf(Parse(c.Text(0), c.Text(1)).Local)));
        f.Stable("to_timestamp", 2, c =>
        {
            var (local, offset) = Parse(c.Text(0), c.Text(1));
            c.Return(offset is { } seconds ? local - (seconds * Calendar.MicrosecondsPerSecond) : Zones.ToUtc(c.Format.TimeZone, local));
        });
    }

    /// <summary>st, nd, rd or th.</summary>
    public static string Ordinal(string number, bool upper)
    {
        var suffix = number.Length > 1 && number[^2] == '1' ? "th" : number[^1] switch { '1' => "st", '2' => "nd", '3' => "rd", _ => "th" };
        return upper ? suffix.ToUpperInvariant() : suffix;
    }

    public static string Roman(long number)
    {
        var output = new StringBuilder();
        foreach (var (value, letters) in (ReadOnlySpan<(int, string)>)
            [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")])
        {
            for (; number >= value; number -= value) output.Append(letters);
        }

        return output.ToString();
    }

    private sealed record Parts
    {
        public int Year { get; init; }

        public int Month { get; init; }

        public int DayOfMonth { get; init; }

        public long Hour { get; init; }

        public long Minute { get; init; }

        public long Second { get; init; }

        public long Micro { get; init; }

        public int DayNumber { get; init; }

        public int? East { get; init; }

        /// <summary>What TZ prints; null when it is not known.</summary>
        public Func<string?> ZoneName { get; init; } = () => "";

        public bool IsInterval { get; init; }
    }

    private static void Write(Call c, long local, int? east)
    {
        if (local is long.MaxValue or long.MinValue) return;
        var t = DateTimeFields.FromTimestamp(local);
        var zone = c.Format.TimeZone;
        c.Return(Format(c.Text(1), new Parts
        {
            Year = t.Year, Month = t.Month, DayOfMonth = t.Day, Hour = t.Hour, Minute = t.Minute, Second = t.Second, Micro = t.Microsecond,
            DayNumber = (int)Dates.FloorDiv(local, Day), East = east, ZoneName = () => ZoneAbbreviations.At(zone, local - (east!.Value * Calendar.MicrosecondsPerSecond)),
        }));
    }

    /// <summary>One pattern with its modifiers, or a literal (then <see cref="Name"/> is null).</summary>
    private readonly record struct Item(string? Name, string Written, bool Fill, string? Ordinal);

    private static IEnumerable<Item> Items(string format)
    {
        for (var i = 0; i < format.Length;)
        {
            var fill = false;
            while (i + 2 < format.Length && (string.Compare(format, i, "FM", 0, 2, StringComparison.OrdinalIgnoreCase) == 0
                || string.Compare(format, i, "TM", 0, 2, StringComparison.Ordinal) == 0
                || string.Compare(format, i, "FX", 0, 2, StringComparison.OrdinalIgnoreCase) == 0))
            {
                fill |= char.ToUpperInvariant(format[i]) == 'F' && char.ToUpperInvariant(format[i + 1]) == 'M';
                fill |= format[i] == 'T';
                i += 2;
            }

            if (Patterns.FirstOrDefault(p => string.Compare(format, i, p, 0, p.Length, StringComparison.OrdinalIgnoreCase) == 0) is { } pattern)
            {
                var written = format.Substring(i, pattern.Length);
                i += pattern.Length;
                string? ordinal = null;
                if (i + 1 < format.Length && format.AsSpan(i, 2) is "TH" or "th")
                {
                    ordinal = format.Substring(i, 2);
                    i += 2;
                }

                yield return new Item(pattern, written, fill, ordinal);
            }
            else if (format[i] == '"')
            {
                var literal = new StringBuilder();
                for (i++; i < format.Length && format[i] != '"'; i++)
                {
                    if (format[i] == '\\' && i + 1 < format.Length) i++;
                    literal.Append(format[i]);
                }

                i++;
                yield return new Item(null, literal.ToString(), false, null);
            }
            else if (format[i] == '\\' && i + 1 < format.Length && format[i + 1] == '"')
            {
                i += 2;
                yield return new Item(null, "\"", false, null);
            }
            else
            {
                yield return new Item(null, format[i++].ToString(), false, null);
            }
        }
    }

    private static string Format(string format, Parts t)
    {
        var output = new StringBuilder();
        foreach (var item in Items(format))
        {
            if (item.Name is null)
            {
                output.Append(item.Written);
                continue;
            }

            var text = Value(item, t);
            output.Append(text);
            if (item.Ordinal is { } ordinal && text.Length > 0 && char.IsAsciiDigit(text[^1])) output.Append(Ordinal(text, ordinal == "TH"));
        }

        return output.ToString();
    }

    private static string Value(Item item, Parts t)
    {
        var year = t.IsInterval || t.Year > 0 ? t.Year : 1 - t.Year;
        switch (item.Name)
        {
            case "HH" or "HH12": return Number(t.Hour % 12 == 0 ? 12 : t.Hour % 12, 2);
            case "HH24": return Number(t.Hour, 2);
            case "MI": return Number(t.Minute, 2);
            case "SS": return Number(t.Second, 2);
            case "MS" or "FF3": return Fraction(1000, 3);
            case "US" or "FF6": return Fraction(1, 6);
            case "FF1": return Fraction(100_000, 1);
            case "FF2": return Fraction(10_000, 2);
            case "FF4": return Fraction(100, 4);
            case "FF5": return Fraction(10, 5);
            case "SSSS" or "SSSSS": return Number((t.Hour * 3600) + (t.Minute * 60) + t.Second, 0);
            case "AM" or "PM": return Cased(t.Hour % 24 >= 12 ? "PM" : "AM");
            case "A.M." or "P.M.": return Cased(t.Hour % 24 >= 12 ? "P.M." : "A.M.");
            case "Y,YYY": return string.Create(CultureInfo.InvariantCulture, $"{year / 1000},{year % 1000:000}");
            case "YYYY": return Number(year, 4);
            case "YYY": return Number(year % 1000, 3);
            case "YY": return Number(year % 100, 2);
            case "Y": return Number(year % 10, 1);
            case "MM": return Number(t.Month, 2);
            case "DD": return Number(t.DayOfMonth, 2);
            case "CC":
                var century = t.IsInterval ? t.Year / 100 : t.Year > 0 ? ((t.Year - 1) / 100) + 1 : (t.Year / 100) - 1;
                return century is <= 99 and >= -99 ? Number(century, 2) : Number(century, 0);
            case "Q" when t.Month > 0: return Number(((t.Month - 1) / 3) + 1, 0);
            case "RM" when t.Month > 0:
                var roman = Roman(t.Month);
                roman = item.Written[0] == 'r' ? roman.ToLowerInvariant() : roman;
                return item.Fill ? roman : roman.PadRight(4);
        }

        if (t.IsInterval)
        {
            if (item.Name is "DDD") return Number(((t.Year * 12) + t.Month) * 30 + t.DayOfMonth, 3);
            throw new PgException(SqlStates.InvalidDatetimeFormat, "invalid format specification for an interval value")
            {
                Hint = "Intervals are not tied to specific calendar dates.",
            };
        }

        var days = t.DayNumber;
        var (isoYear, isoWeek) = Calendar.IsoWeek(days);
        var dow = Calendar.DayOfWeek(days);
        switch (item.Name)
        {
            case "IYYY": return Number(isoYear, 4);
            case "IYY": return Number(isoYear % 1000, 3);
            case "IY": return Number(isoYear % 100, 2);
            case "I": return Number(isoYear % 10, 1);
            case "BC" or "AD": return Cased(t.Year <= 0 ? "BC" : "AD");
            case "B.C." or "A.D.": return Cased(t.Year <= 0 ? "B.C." : "A.D.");
            case "MONTH": return Name(Months[t.Month - 1], 9);
            case "MON": return Name(Months[t.Month - 1][..3], 0);
            case "DAY": return Name(Days[dow], 9);
            case "DY": return Name(Days[dow][..3], 0);
            case "DDD": return Number(Calendar.DayOfYear(days), 3);
            case "IDDD": return Number(((isoWeek - 1) * 7) + (dow == 0 ? 7 : dow), 3);
            case "D": return Number(dow + 1, 0);
            case "ID": return Number(dow == 0 ? 7 : dow, 0);
            case "W": return Number(((t.DayOfMonth - 1) / 7) + 1, 0);
            case "WW": return Number(((Calendar.DayOfYear(days) - 1) / 7) + 1, 2);
            case "IW": return Number(isoWeek, 2);
            case "J": return Number(days + 2451545L, 0);
            case "TZ":
                var zone = t.East is null ? "" : t.ZoneName()
                    ?? throw PgException.Unsupported("the abbreviation of this time zone is not known to the embedded engine");
                return item.Written[0] == 't' ? zone.ToLowerInvariant() : zone.ToUpperInvariant();
            case "TZH": return string.Create(CultureInfo.InvariantCulture, $"{(t.East < 0 ? '-' : '+')}{Math.Abs(t.East ?? 0) / 3600:00}");
            case "TZM": return string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(t.East ?? 0) / 60 % 60:00}");
            case "OF":
                var minutes = Math.Abs(t.East ?? 0) / 60 % 60;
                var offset = string.Create(CultureInfo.InvariantCulture, $"{(t.East < 0 ? '-' : '+')}{Math.Abs(t.East ?? 0) / 3600:00}");
                return minutes == 0 ? offset : string.Create(CultureInfo.InvariantCulture, $"{offset}:{minutes:00}");
            default: throw PgException.Unsupported($"the template pattern {item.Name} is not supported by the embedded engine");
        }

        string Number(long value, int width)
        {
            var text = Math.Abs(value).ToString(CultureInfo.InvariantCulture);
            if (!item.Fill) text = text.PadLeft(width, '0');
            return value < 0 ? "-" + text : text;
        }

        string Fraction(int unit, int width) => (Math.Abs(t.Micro) / unit).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

        string Cased(string text) => char.IsLower(item.Written[0]) ? text.ToLowerInvariant() : text;

        string Name(string text, int width)
        {
            text = char.IsLower(item.Written[0]) ? text.ToLowerInvariant() : char.IsUpper(item.Written[1]) ? text.ToUpperInvariant() : text;
            return item.Fill ? text : text.PadRight(width);
        }
    }

    /// <summary>Reads a text by template: the local time, and the offset when the text names one.</summary>
    private static (long Local, int? Offset) Parse(string text, string format)
    {
        var at = 0;
        int? year = null, month = null, day = null, dayOfYear = null, offset = null, isoYear = null, isoWeek = null, isoDay = null;
        long? julian = null;
        long hour = 0, minute = 0, second = 0, micro = 0, ofDay = -1;
        bool? pm = null;
        var (bc, twelve) = (false, false);
        var items = Items(format).ToList();
        for (var n = 0; n < items.Count; n++)
        {
            var item = items[n];
            if (item.Name is null)
            {
                // A separator matches any separator; blanks in the text are free.
                if (char.IsLetterOrDigit(item.Written, 0))
                {
                    at = Math.Min(at + item.Written.Length, text.Length);
                    continue;
                }

                while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
                if (at < text.Length && !char.IsLetterOrDigit(text[at]) && !(text[at] is '-' or '+' && n + 1 < items.Count && items[n + 1].Name == "TZH")) at++;
                continue;
            }

            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at >= text.Length) break;
            var followed = n + 1 < items.Count && items[n + 1].Name is not (null or "AM" or "PM" or "A.M." or "P.M." or "MONTH" or "MON" or "DAY" or "DY" or "BC" or "AD");
            switch (item.Name)
            {
                case "YYYY" or "Y,YYY": year = (int)Digits(followed ? 4 : 9, item, out _); break;
                case "YYY" or "YY" or "Y":
                    var short_ = (int)Digits(followed ? item.Name.Length : 4, item, out var length);
                    year = length >= 4 ? short_ : length == 3 ? short_ >= 100 ? short_ + 1000 : short_ + 2000 : short_ < 70 ? short_ + 2000 : short_ + 1900;
                    break;
                case "IYYY": isoYear = (int)Digits(followed ? 4 : 9, item, out _); break;
                case "IW": isoWeek = (int)Digits(2, item, out _); break;
                case "ID": isoDay = (int)Digits(1, item, out _); break;
                case "MM": month = (int)Digits(2, item, out _); break;
                case "MONTH" or "MON": month = OneOf(Months, item) + 1; break;
                case "DAY" or "DY": OneOf(Days, item); break;
                case "DD": day = (int)Digits(2, item, out _); break;
                case "DDD": dayOfYear = (int)Digits(3, item, out _); break;
                case "D" or "W" or "WW" or "Q" or "CC": Digits(2, item, out _); break;
                case "J": julian = Digits(9, item, out _); break;
                case "HH" or "HH12": (hour, twelve) = (Digits(2, item, out _), true); break;
                case "HH24": hour = Digits(2, item, out _); break;
                case "MI": minute = Digits(2, item, out _); break;
                case "SS": second = Digits(2, item, out _); break;
                case "SSSS" or "SSSSS": ofDay = Digits(5, item, out _); break;
                case "MS" or "FF3": micro += Scaled(3) * 1000; break;
                case "US" or "FF6": micro += Scaled(6); break;
                case "FF1": micro += Scaled(1) * 100_000; break;
                case "FF2": micro += Scaled(2) * 10_000; break;
                case "FF4": micro += Scaled(4) * 100; break;
                case "FF5": micro += Scaled(5) * 10; break;
                case "AM" or "PM" or "A.M." or "P.M.":
                    var meridiem = text.AsSpan(at, Math.Min(item.Name.Length, text.Length - at));
                    pm = meridiem.StartsWith("p", StringComparison.OrdinalIgnoreCase) ? true
                        : meridiem.StartsWith("a", StringComparison.OrdinalIgnoreCase) ? false
                        : throw Invalid(meridiem.ToString(), item, "The given value did not match any of the allowed values for this field.");
                    at += meridiem.Length;
                    break;
                case "BC" or "AD" or "B.C." or "A.D.":
                    bc = char.ToUpperInvariant(text[at]) == 'B';
                    at = Math.Min(at + item.Name.Length, text.Length);
                    break;
                case "TZH":
                    var sign = text[at] == '-' ? -1 : 1;
                    if (text[at] is '+' or '-') at++;
                    offset = sign * (int)Digits(2, item, out _) * 3600;
                    break;
                case "TZM":
                    var minutes = (int)Digits(2, item, out _) * 60;
                    offset = (offset ?? 0) < 0 ? offset - minutes : (offset ?? 0) + minutes;
                    break;
                default: throw PgException.Unsupported($"the template pattern {item.Name} is not supported for input by the embedded engine");
            }
        }

        if (pm is not null || twelve)
        {
            if (hour is < 1 or > 12)
                throw new PgException(SqlStates.InvalidDatetimeFormat, $"hour \"{hour}\" is invalid for the 12-hour clock") { Hint = "Use the 24-hour clock, or give an hour between 1 and 12." };
            if (pm == true && hour < 12) hour += 12;
            else if (pm == false && hour == 12) hour = 0;
        }

        if (ofDay >= 0) (hour, minute, second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60);
        long days;
        if (julian is { } number) days = number - 2451545;
        else if (isoWeek is { } week)
        {
            var january4 = Calendar.ToDays(isoYear ?? 1, 1, 4);
            days = january4 - ((Calendar.DayOfWeek(january4) + 6) % 7) + ((week - 1) * 7) + (isoDay ?? 1) - 1;
        }
        else
        {
            var astronomical = (year ?? 0) switch { 0 => 0, var y when bc => 1 - y, var y => y };
            if (dayOfYear is { } ordinal && month is null) days = Calendar.ToDays(astronomical, 1, 1) + ordinal - 1;
            else
            {
                var (m, d) = (month ?? 1, day ?? 1);
                if (m is < 1 or > 12 || d < 1 || d > Calendar.DaysInMonth(astronomical, m)) throw OutOfRange();
                days = Calendar.ToDays(astronomical, m, d);
            }
        }

        if (hour > 24 || minute > 59 || second > 59) throw OutOfRange();
        return ((days * Day) + (hour * Calendar.MicrosecondsPerHour) + (minute * Calendar.MicrosecondsPerMinute)
            + (second * Calendar.MicrosecondsPerSecond) + micro, offset);

        PgException OutOfRange() => new(SqlStates.DatetimeFieldOverflow, $"date/time field value out of range: \"{text}\"");

        long Digits(int limit, Item item, out int count)
        {
            var start = at;
            while (at < text.Length && at - start < limit && char.IsAsciiDigit(text[at])) at++;
            count = at - start;
            if (count == 0)
                throw Invalid(text.Substring(start, Math.Min(item.Name!.Length, text.Length - start)), item, "Value must be an integer.");
            return long.Parse(text.AsSpan(start, count), CultureInfo.InvariantCulture);
        }

        // A fraction: 5 read as MS is 500.
        long Scaled(int width)
        {
            var value = Digits(width, items[0] with { Name = "MS" }, out var count);
            for (; count < width; count++) value *= 10;
            return value;
        }

        int OneOf(string[] names, Item item)
        {
            var full = item.Name is "MONTH" or "DAY";
            for (var i = 0; i < names.Length; i++)
            {
                var name = full ? names[i] : names[i][..3];
                if (string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
                at += name.Length;
                return i;
            }

            var bad = text.AsSpan(at);
            var end = bad.IndexOf(' ');
            throw Invalid((end < 0 ? bad : bad[..end]).ToString(), item, "The given value did not match any of the allowed values for this field.");
        }

        static PgException Invalid(string value, Item item, string detail) =>
            new(SqlStates.InvalidDatetimeFormat, $"invalid value \"{value}\" for \"{item.Written}\"") { Detail = detail };
    }
}
