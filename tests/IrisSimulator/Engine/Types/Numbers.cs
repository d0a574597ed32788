using System.Globalization;
using System.Numerics;

namespace IrisSimulator.Engine.Types;

/// <summary>Decimal numbers: the stored form ("-12.5", "0.5", no idle zeros) and IRIS's logical form ("-12.5", ".5").</summary>
public static class Numbers
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Stored text of an exact number: one spelling for one value, so equal values are equal bytes.</summary>
    public static string Store(decimal value)
    {
        var text = value.ToString(Invariant);
        if (text.Contains('.')) text = text.TrimEnd('0').TrimEnd('.');
        return text is "-0" or "" ? "0" : text;
    }

    /// <summary>The canonical number of IRIS: no zero before the point.</summary>
    public static string Logical(decimal value)
    {
        var text = Store(value);
        return text.StartsWith("0.", StringComparison.Ordinal) ? text[1..]
            : text.StartsWith("-0.", StringComparison.Ordinal) ? "-" + text[2..] : text;
    }

    public static string Logical(double value)
    {
        if (Math.Abs(value) is >= 1e-7 and < 1e18 or 0) return Logical((decimal)value);
        return value.ToString("R", Invariant);
    }

    public static bool TryParse(string stored, out decimal number) => decimal.TryParse(stored, NumberStyles.Float, Invariant, out number);

    public static decimal Parse(string stored) => decimal.Parse(stored, NumberStyles.Float, Invariant);

    /// <summary>The leading number of a text, as a numeric context takes it: '7dwarves' is 7, 'abc' and '' are 0.</summary>
    public static decimal Leading(string text)
    {
        var end = LeadingLength(text);
        if (end == 0) return 0;
        return ParseAny(text[..end]);
    }

    /// <summary>The number a text is from end to end, or null. Blanks around it are allowed.</summary>
    public static decimal? Whole(string text)
    {
        text = text.Trim(' ');
        return text.Length > 0 && LeadingLength(text) == text.Length ? ParseAny(text) : null;
    }

    private static decimal ParseAny(string text)
    {
        text = text.TrimStart(' ');
        var sign = 1;
        var start = 0;
        while (start < text.Length && text[start] is '+' or '-')
        {
            if (text[start] == '-') sign = -sign;
            start++;
        }
        if (decimal.TryParse(text[start..], NumberStyles.Float, Invariant, out var value)) return sign * value;
        if (double.TryParse(text[start..], NumberStyles.Float, Invariant, out var wide)) return sign * FromDouble(wide);
        return 0;
    }

    public static decimal FromDouble(double value)
    {
        if (double.IsNaN(value) || Math.Abs(value) > 7.9e28) throw Fail.With(-400, "<MAXNUMBER>");
        return (decimal)value;
    }

    private static int LeadingLength(string text)
    {
        var i = 0;
        while (i < text.Length && text[i] == ' ') i++;
        while (i < text.Length && text[i] is '+' or '-') i++;
        var digits = i;
        while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
        var seen = i - digits;
        if (i < text.Length && text[i] == '.')
        {
            var fraction = i + 1;
            while (fraction < text.Length && char.IsAsciiDigit(text[fraction])) fraction++;
            seen += fraction - i - 1;
            if (seen > 0) i = fraction;
        }
        if (seen == 0) return 0;
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var exponent = i + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-') exponent++;
            var first = exponent;
            while (exponent < text.Length && char.IsAsciiDigit(text[exponent])) exponent++;
            if (exponent > first) i = exponent;
        }
        return i;
    }

    /// <summary>Rounds half away from zero; a negative scale rounds left of the point.</summary>
    public static decimal Round(decimal value, int scale)
    {
        if (scale >= 0) return Math.Round(value, Math.Min(scale, 28), MidpointRounding.AwayFromZero);
        var unit = (decimal)BigInteger.Pow(10, Math.Min(-scale, 28));
        return Math.Round(value / unit, 0, MidpointRounding.AwayFromZero) * unit;
    }

    public static decimal Truncate(decimal value, int scale)
    {
        if (scale < 0)
        {
            var unit = (decimal)BigInteger.Pow(10, Math.Min(-scale, 28));
            return Math.Truncate(value / unit) * unit;
        }
        return Math.Round(value, Math.Min(scale, 28), MidpointRounding.ToZero);
    }

    /// <summary>
    /// The nearest number the server has: a 64-bit integer times a power of ten, so 18 or 19 digits. Every result of
    /// arithmetic is rounded so, sums included.
    /// </summary>
    public static decimal Fit(decimal value)
    {
        for (var scale = (int)value.Scale; !Fits(value); scale--) value = Round(value, scale);
        return value;
    }

    /// <summary>Whether the digits, without zeros at either end, are a 64-bit integer.</summary>
    public static bool Fits(decimal value)
    {
        var digits = Store(Math.Abs(value)).Replace(".", "", StringComparison.Ordinal).Trim('0');
        return digits.Length < 19 || digits.Length == 19 && string.CompareOrdinal(digits, "9223372036854775807") <= 0;
    }

    public static long Whole64(decimal value)
    {
        value = Math.Truncate(value);
        if (value is > long.MaxValue or < long.MinValue) throw Fail.With(-400, "<MAXNUMBER>");
        return (long)value;
    }
}
