using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>An interval: months, days and µs kept apart, for a month has no fixed days and a day no fixed hours.</summary>
/// <remarks>Carrier and wire: µs Int64, days Int32, months Int32, big-endian.</remarks>
public readonly record struct PgInterval(int Months, int Days, long Microseconds) : IComparable<PgInterval>
{
    public static PgInterval Zero => default;

    // For comparison, and only there, a month has 30 days and a day 24 hours.
    private Int128 Span => ((((Int128)Months * 30) + Days) * Calendar.MicrosecondsPerDay) + Microseconds;

    /// <summary>Reads the 16 bytes of the carrier.</summary>
    public static PgInterval Read(ReadOnlySpan<byte> carrier) => new(
        BinaryPrimitives.ReadInt32BigEndian(carrier[12..]),
        BinaryPrimitives.ReadInt32BigEndian(carrier[8..]),
        BinaryPrimitives.ReadInt64BigEndian(carrier));

    /// <summary>Appends the 16 bytes of the carrier.</summary>
    public void Write(ByteWriter output)
    {
        output.Int64(Microseconds);
        output.Int32(Days);
        output.Int32(Months);
    }

    /// <exception cref="PgException">22007 or 22015.</exception>
    /// <param name="typmod">Its fields (<c>day to hour</c>) say what a number without a unit counts.</param>
    public static PgInterval Parse(ReadOnlySpan<byte> text, FormatSettings settings, int typmod = -1) => IntervalInput.Parse(text, settings, typmod);

    /// <summary>Orders as PostgreSQL does; intervals that compare equal may differ in their parts.</summary>
    public int CompareTo(PgInterval other) => Span.CompareTo(other.Span);

    public static PgInterval operator -(PgInterval value)
    {
        if (value.Months == int.MinValue || value.Days == int.MinValue || value.Microseconds == long.MinValue) throw OutOfRange();
        return new PgInterval(-value.Months, -value.Days, -value.Microseconds);
    }

    /// <exception cref="PgException">22008 when a part overflows.</exception>
    public static PgInterval operator +(PgInterval left, PgInterval right) => Checked(
        (long)left.Months + right.Months, (long)left.Days + right.Days, (Int128)left.Microseconds + right.Microseconds);

    /// <exception cref="PgException">22008 when a part overflows.</exception>
    public static PgInterval operator -(PgInterval left, PgInterval right) => Checked(
        (long)left.Months - right.Months, (long)left.Days - right.Days, (Int128)left.Microseconds - right.Microseconds);

    /// <summary>Fractions of months spill into days and those of days into µs, at 30 days and 24 hours.</summary>
    /// <exception cref="PgException">22008 when a part overflows.</exception>
    public static PgInterval operator *(PgInterval interval, double factor) => Scale(interval, factor, divide: false);

    /// <exception cref="PgException">22012 division by zero, 22008 when a part overflows.</exception>
    public static PgInterval operator /(PgInterval interval, double divisor) => divisor == 0
        ? throw new PgException(SqlStates.DivisionByZero, "division by zero")
        : Scale(interval, divisor, divide: true);

    /// <summary>Whole days of 24 hours out of the time.</summary>
    public PgInterval JustifyHours()
    {
        var (days, time) = (Days + (Microseconds / Calendar.MicrosecondsPerDay), Microseconds % Calendar.MicrosecondsPerDay);
        if (days > 0 && time < 0) (days, time) = (days - 1, time + Calendar.MicrosecondsPerDay);
        else if (days < 0 && time > 0) (days, time) = (days + 1, time - Calendar.MicrosecondsPerDay);
        return Checked(Months, days, time);
    }

    /// <summary>Whole months of 30 days out of the days.</summary>
    public PgInterval JustifyDays()
    {
        long months = Months + (long)(Days / 30), days = Days % 30;
        if (months > 0 && days < 0) (months, days) = (months - 1, days + 30);
        else if (months < 0 && days > 0) (months, days) = (months + 1, days - 30);
        return Checked(months, days, Microseconds);
    }

    /// <summary>Both of the above, and all parts of one sign.</summary>
    public PgInterval Justify()
    {
        long days = Days + (Microseconds / Calendar.MicrosecondsPerDay), time = Microseconds % Calendar.MicrosecondsPerDay;
        long months = Months + (days / 30);
        days %= 30;
        if (months > 0 && (days < 0 || (days == 0 && time < 0))) (months, days) = (months - 1, days + 30);
        else if (months < 0 && (days > 0 || (days == 0 && time > 0))) (months, days) = (months + 1, days - 30);
        if (days > 0 && time < 0) (days, time) = (days - 1, time + Calendar.MicrosecondsPerDay);
        else if (days < 0 && time > 0) (days, time) = (days + 1, time - Calendar.MicrosecondsPerDay);
        return Checked(months, days, time);
    }

    internal static PgException OutOfRange() => new(SqlStates.DatetimeFieldOverflow, "interval out of range");

    private static PgInterval Scale(PgInterval interval, double by, bool divide)
    {
        double months = divide ? interval.Months / by : interval.Months * by;
        double days = divide ? interval.Days / by : interval.Days * by;
        if (double.IsNaN(months) || Math.Abs(months) > int.MaxValue || double.IsNaN(days) || Math.Abs(days) > int.MaxValue) throw OutOfRange();
        var (wholeMonths, wholeDays) = ((int)months, (int)days);

        // The fraction of a month in days, with binary noise below the microsecond rounded away.
        var spilled = Tidy((months - wholeMonths) * 30);
        var seconds = Tidy((days - wholeDays + (spilled - (int)spilled)) * 86400);
        if (Math.Abs(seconds) >= 86400)
        {
            wholeDays += (int)(seconds / 86400);
            seconds -= (int)(seconds / 86400) * 86400;
        }

        wholeDays += (int)spilled;
        var time = Math.Round((divide ? interval.Microseconds / by : interval.Microseconds * by) + (seconds * 1e6), MidpointRounding.ToEven);
        if (double.IsNaN(time) || Math.Abs(time) >= 9.2233720368547758e18) throw OutOfRange();
        return new PgInterval(wholeMonths, wholeDays, (long)time);
    }

    private static double Tidy(double value) => Math.Round(value * 1e6, MidpointRounding.ToEven) / 1e6;

    private static PgInterval Checked(long months, long days, Int128 time) =>
        months == (int)months && days == (int)days && time >= long.MinValue && time <= long.MaxValue
            ? new PgInterval((int)months, (int)days, (long)time)
            : throw OutOfRange();
}
