using System.Text;

namespace IrisSimulator.Engine.Types;

/// <summary>A value on its way into a column: checked as strictly as the filer checks, never cut (sections 3.1 and 8.1).</summary>
public static class Assignment
{
    /// <summary>The stored value, or false when the column refuses it (SQLCODE -104 or -105).</summary>
    public static bool TryStore(object? value, IrisType from, IrisType to, out object? stored)
    {
        stored = value is null ? null : Store(value, from, to);
        return value is null || stored is not null;
    }

    private static object? Store(object value, IrisType from, IrisType to)
    {
        switch (to.Kind)
        {
            case IrisKind.Bit or IrisKind.TinyInt or IrisKind.SmallInt or IrisKind.Integer or IrisKind.BigInt:
                if (NumberOf(value, from) is not { } number || number is > long.MaxValue or < long.MinValue) return null;
                var whole = (long)Math.Truncate(number);
                if (to.Kind == IrisKind.Bit && whole != number) return null;
                return whole >= to.MinInteger && whole <= to.MaxInteger ? whole : null;
            case IrisKind.Numeric:
                return NumberOf(value, from) is { } exact ? Fits(Numbers.Round(exact, to.Scale), to) : null;
            case IrisKind.Double:
                if (value is double wide) return double.IsFinite(wide) ? wide : null;
                return NumberOf(value, from) is { } real ? (double)real : null;
            case IrisKind.Date:
                return DateOf(value, from);
            case IrisKind.Time:
                return TimeOf(value, from) is { } time ? Calendar.Keep(time, to.Precision) : null;
            case IrisKind.Timestamp or IrisKind.PosixTime:
                return MomentOf(value, from) is { } moment && InRange(moment, to) ? Calendar.Keep(moment, to.Precision) : null;
            case IrisKind.Guid:
                return from.IsText && Guid.TryParseExact((string)value, "D", out _) ? value : null;
            case IrisKind.VarBinary or IrisKind.LongVarBinary:
                var bytes = value as byte[] ?? (from.IsText || from.Kind == IrisKind.LongVarChar ? BytesOf((string)value) : null);
                return bytes is not null && !(bytes.Length > to.Length) ? bytes : null;
            case IrisKind.Vector:
                return from.Kind == IrisKind.Vector ? Vectors.Fit((string)value, to) : null;
            default:
                if (from.Kind == IrisKind.Vector) return null;
                var text = value is byte[] raw ? Encoding.Latin1.GetString(raw) : Conversions.Text(value, from);
                return text.Length > to.Length ? null : text;
        }
    }

    private static decimal? NumberOf(object value, IrisType from) => from.Kind switch
    {
        IrisKind.Double when Math.Abs((double)value) > 7.9e28 => null,
        _ when from.IsNumber => Conversions.Number(value, from),
        IrisKind.VarChar => Numbers.Whole((string)value),
        IrisKind.Date => (long)value,
        _ => null,
    };

    private static object? Fits(decimal value, IrisType to)
    {
        var limit = 1m;
        for (var i = to.Scale; i < Math.Min(to.Precision, 28); i++) limit *= 10;
        return Math.Abs(value) < limit && Numbers.Fits(value) ? Numbers.Store(value) : null;
    }

    private static object? DateOf(object value, IrisType from) => from.Kind switch
    {
        IrisKind.Date => value,
        IrisKind.VarChar => Calendar.Date((string)value) is { } day && day >= 0 ? day : null,
        IrisKind.Timestamp or IrisKind.PosixTime =>
            Conversions.TimeOfDay((long)value) == 0 && Conversions.Day((long)value) is >= 0 and var day ? day : null,
        _ when from.IsNumber && Conversions.Number(value, from) is var days
            && days >= 0 && days <= Calendar.LastDay && days == Math.Truncate(days) => (long)days,
        _ => null,
    };

    private static long? TimeOf(object value, IrisType from) => from.Kind switch
    {
        IrisKind.Time => (long)value,
        IrisKind.VarChar => Calendar.Time((string)value),
        _ when from.IsNumber && Conversions.Number(value, from) is >= 0 and < 86400 and var seconds => (long)(seconds * 1_000_000),
        _ => null,
    };

    private static long? MomentOf(object value, IrisType from) => from.Kind switch
    {
        IrisKind.Timestamp or IrisKind.PosixTime => (long)value,
        IrisKind.Date => Calendar.MicrosOfDay((long)value),
        IrisKind.VarChar => Calendar.Timestamp((string)value),
        _ => null,
    };

    private static bool InRange(long micros, IrisType to) => to.Ddl != "Small"
        || Calendar.TimeOf(micros).Year is >= 1900 and <= 2079;

    /// <summary>Text stands for bytes one character each.</summary>
    private static byte[]? BytesOf(string text) => text.All(c => c <= 255) ? Encoding.Latin1.GetBytes(text) : null;
}
