using System.Globalization;
using System.Text;

namespace IrisSimulator.Engine.Types;

/// <summary>Between stored values of one type and of another, the lenient way of expressions (section 8.3).</summary>
/// <remarks>Stored values: long (integers, days, microseconds), double, text (also exact numbers), byte[]; null is NULL.</remarks>
public static class Conversions
{
    /// <summary>The logical value as text: a date is its day number, a POSIXTIME its encoded integer.</summary>
    public static string Text(object value, IrisType type) => (type.Kind, value) switch
    {
        (IrisKind.Numeric, string number) => Numbers.Logical(Numbers.Parse(number)),
        (IrisKind.Time, long micros) => Numbers.Logical(micros / 1_000_000m),
        (IrisKind.Timestamp, long micros) => Calendar.TimestampText(micros),
        (IrisKind.PosixTime, long micros) => Calendar.Encode(micros).ToString(CultureInfo.InvariantCulture),
        (IrisKind.Vector, string vector) => Vectors.Text(vector),
        (_, string text) => text,
        (_, long number) => number.ToString(CultureInfo.InvariantCulture),
        (_, double number) => Numbers.Logical(number),
        (_, byte[] bytes) => Encoding.Latin1.GetString(bytes),
        _ => throw new InvalidOperationException($"no stored value of {type.Kind}: {value.GetType().Name}"),
    };

    /// <summary>What a client in ODBC mode reads: dates and times in their ISO spelling.</summary>
    public static string Odbc(object value, IrisType type) => (type.Kind, value) switch
    {
        (IrisKind.Date, long day) => Calendar.DateText(day),
        (IrisKind.Time, long micros) => Calendar.TimeText(micros),
        (IrisKind.Timestamp or IrisKind.PosixTime, long micros) => Calendar.TimestampText(micros),
        _ => Text(value, type),
    };

    /// <summary>The number of a value in a numeric context; text gives its leading number.</summary>
    public static decimal Number(object value, IrisType type) => (type.Kind, value) switch
    {
        (IrisKind.Numeric, string number) => Numbers.Parse(number),
        (IrisKind.Time, long micros) => micros / 1_000_000m,
        (IrisKind.Timestamp, long micros) => Numbers.Leading(Calendar.TimestampText(micros)),
        (IrisKind.PosixTime, long micros) => Calendar.Encode(micros),
        (_, long number) => number,
        (_, double number) => Numbers.FromDouble(number),
        _ => Numbers.Leading(Text(value, type)),
    };

    public static double Double(object value, IrisType type) =>
        value is double number ? number : (double)Number(value, type);

    /// <summary>The moment a date function sees, in microseconds since 1970; null where the value is no moment.</summary>
    public static long? Moment(object value, IrisType type, DateTime today)
    {
        switch (type.Kind, value)
        {
            case (IrisKind.Timestamp or IrisKind.PosixTime, long micros): return micros;
            case (IrisKind.Date, long day): return Calendar.MicrosOfDay(day);
            case (IrisKind.Time, long micros): return Calendar.MicrosOf(today.Date) + micros;
            case (_, long horolog): return InRange(horolog) ? Calendar.MicrosOfDay(horolog) : null;
        }
        var text = Text(value, type).Trim();
        if (Calendar.Timestamp(text) is { } moment) return moment;
        if (Calendar.Time(text) is { } time) return Calendar.MicrosOf(today.Date) + time;
        var parts = text.Split(',');
        if (parts.Length > 2 || Numbers.Whole(parts[0]) is not { } days || !InRange(days)) return null;
        var seconds = parts.Length == 2 ? Numbers.Whole(parts[1]) : 0;
        return seconds is >= 0 and < 86400 ? Calendar.MicrosOfDay((long)days) + (long)(seconds * 1_000_000) : null;

        static bool InRange(decimal days) => days >= 0 && days <= Calendar.LastDay;
    }

    /// <summary>CAST of a value that is not NULL.</summary>
    public static object? Cast(object value, IrisType from, IrisType to, DateTime today)
    {
        switch (to.Kind)
        {
            case IrisKind.VarChar or IrisKind.LongVarChar:
                var text = from.IsDateTime ? Odbc(value, from) : Text(value, from);
                return to.Length is { } limit && text.Length > limit ? text[..limit] : text;
            case IrisKind.Bit:
                return Number(value, from) == 0 ? 0L : 1L;
            case IrisKind.TinyInt or IrisKind.SmallInt or IrisKind.Integer or IrisKind.BigInt:
                var whole = Numbers.Whole64(Number(value, from));
                return whole >= to.MinInteger && whole <= to.MaxInteger ? whole
                    : throw Fail.With(-400, $"<ILLEGAL VALUE> CAST of {whole} to {to.OdbcName}");
            case IrisKind.Numeric:
                return Numbers.Store(Numbers.Round(Number(value, from), to.Scale));
            case IrisKind.Double:
                return Double(value, from);
            case IrisKind.Date:
                return from.Kind == IrisKind.Date ? value
                    : Moment(value, from, today) is { } day ? Day(day) : 0L;
            case IrisKind.Time:
                return from.Kind == IrisKind.Time ? value : TimeOf(value, from, today, to.Precision);
            case IrisKind.Timestamp or IrisKind.PosixTime:
                var moment = from.IsText ? TextMoment((string)value) : Moment(value, from, today);
                return moment ?? Calendar.MicrosOf(new DateTime(1841, 1, 1));
            case IrisKind.VarBinary:
                var bytes = value as byte[] ?? Encoding.UTF8.GetBytes(Text(value, from));
                return to.Length is { } most && bytes.Length > most ? bytes[..most] : bytes;
            case IrisKind.Guid:
                return Text(value, from);
            default:
                throw Fail.With(-376, $"Unsupported CAST target '{to.OdbcName}'");
        }
    }

    public static long Day(long micros) => Calendar.DayOf(Calendar.TimeOf(micros));

    public static long TimeOfDay(long micros)
    {
        var rest = micros % Calendar.MicrosPerDay;
        return rest < 0 ? rest + Calendar.MicrosPerDay : rest;
    }

    private static object TimeOf(object value, IrisType from, DateTime today, int digits)
    {
        if (from.IsNumber)
        {
            var seconds = Number(value, from);
            return seconds is >= 0 and < 86400 ? (long)(seconds * 1_000_000) : 0L;
        }
        return Moment(value, from, today) is { } moment ? Calendar.Keep(TimeOfDay(moment), Math.Max(digits, 6)) : 0L;
    }

    /// <summary>A missing date is 1841-01-01, a missing time midnight.</summary>
    private static long? TextMoment(string text)
    {
        text = text.Trim();
        if (Calendar.Timestamp(text) is { } moment) return moment;
        return Calendar.Time(text) is { } time ? Calendar.MicrosOf(new DateTime(1841, 1, 1)) + time : null;
    }
}
