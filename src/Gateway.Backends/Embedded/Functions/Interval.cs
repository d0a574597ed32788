using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>An interval as its carrier holds it.</summary>
internal readonly record struct Interval(long Micros, int Days, int Months)
{
    public const int Length = 16;

    /// <summary>What intervals are compared by: a month is 30 days, a day 24 hours.</summary>
    public Int128 Key => Micros + (((Int128)Months * 30) + Days) * Calendar.MicrosecondsPerDay;

    public static Interval Read(ReadOnlySpan<byte> data) => new(
        BinaryPrimitives.ReadInt64BigEndian(data),
        BinaryPrimitives.ReadInt32BigEndian(data[8..]),
        BinaryPrimitives.ReadInt32BigEndian(data[12..]));

    public void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteInt64BigEndian(data, Micros);
        BinaryPrimitives.WriteInt32BigEndian(data[8..], Days);
        BinaryPrimitives.WriteInt32BigEndian(data[12..], Months);
    }

    public static Interval Argument(Call c, int i) => Read(c.Bytes(i));

    public void Return(Call c)
    {
        Span<byte> data = stackalloc byte[Length];
        Write(data);
        c.ReturnBlob(data);
    }

    public static PgException OutOfRange() => new(SqlStates.DatetimeFieldOverflow, "interval out of range");

    public static Interval operator -(Interval value) => Make(-(Int128)value.Micros, -(long)value.Days, -(long)value.Months);

    public static Interval operator +(Interval a, Interval b) =>
        Make((Int128)a.Micros + b.Micros, (long)a.Days + b.Days, (long)a.Months + b.Months);

    public static Interval operator -(Interval a, Interval b) =>
        Make((Int128)a.Micros - b.Micros, (long)a.Days - b.Days, (long)a.Months - b.Months);

    public static Interval Make(Int128 micros, long days, long months)
    {
        if (micros < long.MinValue || micros > long.MaxValue || days != (int)days || months != (int)months) throw OutOfRange();
        return new Interval((long)micros, (int)days, (int)months);
    }

    /// <summary>Scales every field and carries fractions of months to days and of days to time.</summary>
    public Interval Times(double factor)
    {
        if (double.IsNaN(factor) || double.IsInfinity(factor)) throw OutOfRange();
        var months = Months * factor;
        var days = Days * factor;
        if (Math.Abs(months) > int.MaxValue || Math.Abs(days) > int.MaxValue) throw OutOfRange();
        var wholeMonths = (int)months;
        var wholeDays = (int)days;
        var restDays = RoundToMicro((months - wholeMonths) * 30);
        var seconds = RoundToMicro((days - wholeDays + restDays - (int)restDays) * 86400);
        if (Math.Abs(seconds) >= 86400)
        {
            restDays += (int)(seconds / 86400);
            seconds -= (int)(seconds / 86400) * 86400;
        }

        var micros = Math.Round((Micros * factor) + (seconds * 1e6), MidpointRounding.ToEven);
        if (Math.Abs(micros) >= 9.2233720368547758e18) throw OutOfRange();
        return Make((Int128)micros, (long)wholeDays + (int)restDays, wholeMonths);
    }

    private static double RoundToMicro(double value) => Math.Round(value * 1e6, MidpointRounding.ToEven) / 1e6;

    public Interval JustifyHours()
    {
        var (days, micros) = Carry(Micros, Calendar.MicrosecondsPerDay);
        var total = Days + days;
        if (total > 0 && micros < 0) (total, micros) = (total - 1, micros + Calendar.MicrosecondsPerDay);
        else if (total < 0 && micros > 0) (total, micros) = (total + 1, micros - Calendar.MicrosecondsPerDay);
        return Make(micros, total, Months);
    }

    public Interval JustifyDays()
    {
        var (months, days) = Carry(Days, 30);
        var total = Months + months;
        if (total > 0 && days < 0) (total, days) = (total - 1, days + 30);
        else if (total < 0 && days > 0) (total, days) = (total + 1, days - 30);
        return Make(Micros, days, total);
    }

    public Interval Justify()
    {
        var (wholeDays, micros) = Carry(Micros, Calendar.MicrosecondsPerDay);
        var days = Days + wholeDays;
        var (wholeMonths, restDays) = Carry(days, 30);
        var months = Months + wholeMonths;
        days = restDays;
        if (months > 0 && (days < 0 || (days == 0 && micros < 0))) (months, days) = (months - 1, days + 30);
        else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) (months, days) = (months + 1, days - 30);
        if (days > 0 && micros < 0) (days, micros) = (days - 1, micros + Calendar.MicrosecondsPerDay);
        else if (days < 0 && micros > 0) (days, micros) = (days + 1, micros - Calendar.MicrosecondsPerDay);
        return Make(micros, days, months);
    }

    private static (long Whole, long Rest) Carry(long value, long unit) => (value / unit, value % unit);
}
