using System.Globalization;
using System.Text;

namespace IrisSimulator.Engine.Functions;

/// <summary>The elements of TO_CHAR, TO_DATE and TO_TIMESTAMP (section 8.4). What is no element stands for itself.</summary>
internal static class DatePatterns
{
    /// <summary>Longest first, so that DDD is not read as DD and D.</summary>
    private static readonly string[] Elements =
    [
        "MONTH", "SSSSS", "YYYY", "RRRR", "HH24", "HH12", "YYY", "DDD", "DAY", "MON", "DD", "DY", "MM", "MI", "YY", "RR", "HH", "SS",
        "FF", "AM", "PM", "D", "Y", "J",
    ];

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static IEnumerable<(string? Element, string Text)> Split(string pattern)
    {
        for (var i = 0; i < pattern.Length;)
        {
            var element = Elements.FirstOrDefault(e => string.Compare(pattern, i, e, 0, e.Length, StringComparison.OrdinalIgnoreCase) == 0);
            var text = element is null ? pattern[i..(i + 1)] : pattern.Substring(i, element.Length);
            yield return (element, text);
            i += text.Length;
        }
    }

    public static string Format(DateTime t, string pattern)
    {
        var result = new StringBuilder();
        foreach (var (element, text) in Split(pattern)) result.Append(element is null ? text : Show(t, element, text));
        return result.ToString();
    }

    private static string Show(DateTime t, string element, string text) => element switch
    {
        "D" => ((int)t.DayOfWeek + 1).ToString(Invariant),
        "DD" => t.ToString("dd", Invariant),
        "DDD" => t.DayOfYear.ToString("000", Invariant),
        "DY" => Case(t.ToString("ddd", Invariant), text),
        "DAY" => Case(t.ToString("dddd", Invariant), text),
        "MM" => t.ToString("MM", Invariant),
        "MON" => Case(t.ToString("MMM", Invariant), text),
        "MONTH" => Case(t.ToString("MMMM", Invariant), text),
        "YYYY" or "RRRR" => t.Year.ToString("0000", Invariant),
        "YYY" => (t.Year % 1000).ToString("000", Invariant),
        "YY" or "RR" => (t.Year % 100).ToString("00", Invariant),
        "Y" => (t.Year % 10).ToString(Invariant),
        "J" => ((long)(t.Date - new DateTime(1970, 1, 1)).TotalDays + 2440588).ToString(Invariant),
        "HH" or "HH12" => t.ToString("hh", Invariant),
        "HH24" => t.ToString("HH", Invariant),
        "MI" => t.ToString("mm", Invariant),
        "SS" => t.ToString("ss", Invariant),
        "SSSSS" => ((long)t.TimeOfDay.TotalSeconds).ToString(Invariant),
        "FF" => (t.Ticks / 10 % 1_000_000).ToString("000000", Invariant),
        "AM" or "PM" => t.ToString("tt", Invariant),
        _ => text,
    };

    private static string Case(string name, string text) => text == text.ToUpperInvariant() ? name.ToUpperInvariant()
        : text == text.ToLowerInvariant() ? name.ToLowerInvariant() : name;

    public static DateTime Parse(string text, string pattern)
    {
        int year = DateTime.Today.Year, month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0;
        int? dayOfYear = null;
        bool? afternoon = null;
        var i = 0;
        foreach (var (element, literal) in Split(pattern))
        {
            if (i >= text.Length) break;
            switch (element)
            {
                case null:
                    if (char.IsLetterOrDigit(literal[0]) ? text[i] != literal[0] : char.IsLetterOrDigit(text[i])) throw Bad(text);
                    i++;
                    break;
                case "YYYY" or "RRRR": year = Digits(4); break;
                case "YY" or "RR": year = Digits(2) is var two && two < 50 ? 2000 + two : 1900 + two; break;
                case "MM": month = Digits(2); break;
                case "MON" or "MONTH": month = MonthName(); break;
                case "DD": day = Digits(2); break;
                case "DDD": dayOfYear = Digits(3); break;
                case "HH24" or "HH" or "HH12": hour = Digits(2); break;
                case "MI": minute = Digits(2); break;
                case "SS": second = Digits(2); break;
                case "FF":
                    var from = i;
                    while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                    micros = int.Parse(text[from..i].PadRight(6, '0')[..6], Invariant);
                    break;
                case "AM" or "PM":
                    afternoon = string.Compare(text, i, "PM", 0, 2, StringComparison.OrdinalIgnoreCase) == 0;
                    i += 2;
                    break;
                default: throw Bad(text);
            }
        }
        if (i < text.Length && text[i..].Trim().Length > 0) throw Bad(text);
        if (afternoon is { } late) hour = hour % 12 + (late ? 12 : 0);
        try
        {
            var date = dayOfYear is { } n ? new DateTime(year, 1, 1).AddDays(n - 1) : new DateTime(year, month, day);
            return date.Add(new TimeSpan(0, hour, minute, second)).AddTicks(micros * 10);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Bad(text);
        }

        int Digits(int most)
        {
            var from = i;
            while (i < text.Length && i - from < most && char.IsAsciiDigit(text[i])) i++;
            return i > from ? int.Parse(text[from..i], Invariant) : throw Bad(text);
        }

        int MonthName()
        {
            var from = i;
            while (i < text.Length && char.IsLetter(text[i])) i++;
            var word = text[from..i];
            for (var m = 1; m <= 12; m++)
                if (word.Length >= 3 && Invariant.DateTimeFormat.GetMonthName(m).StartsWith(word, StringComparison.OrdinalIgnoreCase)) return m;
            throw Bad(text);
        }
    }

    private static IrisError Bad(string text) => Fail.With(-400, $"<ILLEGAL VALUE> '{text}'");
}
