namespace Gateway.Types;

/// <summary>Intervals as PostgreSQL prints them in each IntervalStyle.</summary>
public static class IntervalText
{
    public static void Write(PgInterval value, FormatSettings settings, ByteWriter output)
    {
        switch (settings.IntervalStyle)
        {
            case "iso_8601": Iso(value, output); break;
            case "postgres_verbose": Verbose(value, output); break;
            case "sql_standard": Standard(value, output); break;
            default: Postgres(value, output); break;
        }
    }

    private static (ulong Hours, int Minutes, int Seconds, int Microseconds) Split(long time)
    {
        var absolute = time < 0 ? (ulong)-time : (ulong)time;
        return (
            absolute / (ulong)Calendar.MicrosecondsPerHour,
            (int)(absolute / (ulong)Calendar.MicrosecondsPerMinute % 60),
            (int)(absolute / (ulong)Calendar.MicrosecondsPerSecond % 60),
            (int)(absolute % (ulong)Calendar.MicrosecondsPerSecond));
    }

    private static void Postgres(PgInterval value, ByteWriter output)
    {
        var start = output.Length;
        var afterNegative = false;
        Part(value.Months / 12, " year"u8);
        Part(value.Months % 12, " mon"u8);
        Part(value.Days, " day"u8);
        if (value.Microseconds == 0 && output.Length > start) return;
        if (output.Length > start) output.Byte((byte)' ');
        if (value.Microseconds < 0) output.Byte((byte)'-');
        else if (afterNegative) output.Byte((byte)'+');
        Clock(value.Microseconds, 2, output);

        // A positive part behind a negative one shows its sign.
        void Part(int number, ReadOnlySpan<byte> unit)
        {
            if (number == 0) return;
            if (output.Length > start) output.Byte((byte)' ');
            if (afterNegative && number > 0) output.Byte((byte)'+');
            output.Decimal((long)number);
            output.Bytes(unit);
            if (number != 1) output.Byte((byte)'s');
            afterNegative = number < 0;
        }
    }

    private static void Clock(long time, int hourDigits, ByteWriter output)
    {
        var (hours, minutes, seconds, microseconds) = Split(time);
        if (hourDigits == 2 && hours < 10) output.Byte((byte)'0');
        output.Decimal(hours);
        output.Byte((byte)':');
        output.TwoDigits(minutes);
        output.Byte((byte)':');
        output.TwoDigits(seconds);
        output.Fraction(microseconds);
    }

    private static void Iso(PgInterval value, ByteWriter output)
    {
        if (value == default)
        {
            output.Bytes("PT0S"u8);
            return;
        }

        output.Byte((byte)'P');
        Part(value.Months / 12, (byte)'Y', output);
        Part(value.Months % 12, (byte)'M', output);
        Part(value.Days, (byte)'D', output);
        if (value.Microseconds == 0) return;
        output.Byte((byte)'T');
        var (hours, minutes, seconds, microseconds) = Split(value.Microseconds);
        var negative = value.Microseconds < 0;
        Unsigned(hours, (byte)'H');
        Unsigned((ulong)minutes, (byte)'M');
        if (seconds == 0 && microseconds == 0) return;
        if (negative) output.Byte((byte)'-');
        output.Decimal((long)seconds);
        output.Fraction(microseconds);
        output.Byte((byte)'S');

        void Unsigned(ulong number, byte unit)
        {
            if (number == 0) return;
            if (negative) output.Byte((byte)'-');
            output.Decimal(number);
            output.Byte(unit);
        }
    }

    private static void Part(int number, byte unit, ByteWriter output)
    {
        if (number == 0) return;
        output.Decimal((long)number);
        output.Byte(unit);
    }

    private static void Standard(PgInterval value, ByteWriter output)
    {
        if (value == default)
        {
            output.Byte((byte)'0');
            return;
        }

        var hasMonths = value.Months != 0;
        var hasTime = value.Days != 0 || value.Microseconds != 0;
        var negative = value.Months < 0 || value.Days < 0 || value.Microseconds < 0;
        var positive = value.Months > 0 || value.Days > 0 || value.Microseconds > 0;
        var (years, months) = (Math.Abs((long)value.Months) / 12, Math.Abs((long)value.Months) % 12);
        if ((negative && positive) || (hasMonths && hasTime))
        {
            // Not a standard interval: every part with its sign.
            output.Byte(value.Months < 0 ? (byte)'-' : (byte)'+');
            YearsMonths();
            output.Byte((byte)' ');
            output.Byte(value.Days < 0 ? (byte)'-' : (byte)'+');
            output.Decimal(Math.Abs((long)value.Days));
            output.Byte((byte)' ');
            output.Byte(value.Microseconds < 0 ? (byte)'-' : (byte)'+');
            Clock(value.Microseconds, 1, output);
            return;
        }

        if (negative) output.Byte((byte)'-');
        if (hasMonths)
        {
            YearsMonths();
            return;
        }

        if (value.Days != 0)
        {
            output.Decimal(Math.Abs((long)value.Days));
            output.Byte((byte)' ');
        }

        Clock(value.Microseconds, 1, output);

        void YearsMonths()
        {
            output.Decimal(years);
            output.Byte((byte)'-');
            output.Decimal(months);
        }
    }

    private static void Verbose(PgInterval value, ByteWriter output)
    {
        output.Byte((byte)'@');
        var start = output.Length;
        var ago = false;

        // The first part that is not zero decides whether the whole is in the past; the others are relative to it.
        Part(value.Months / 12, " year"u8);
        Part(value.Months % 12, " mon"u8);
        Part(value.Days, " day"u8);
        var (hours, minutes, seconds, microseconds) = Split(value.Microseconds);
        var sign = value.Microseconds < 0 ? -1L : 1;
        Part(sign * (long)hours, " hour"u8);
        Part(sign * minutes, " min"u8);
        if (seconds != 0 || microseconds != 0)
        {
            var first = output.Length == start;
            if (first) ago = sign < 0;
            output.Byte((byte)' ');
            if (!first && sign < 0 != ago) output.Byte((byte)'-');
            output.Decimal((long)seconds);
            output.Fraction(microseconds);
            output.Bytes(" sec"u8);
            if (seconds != 1 || microseconds != 0) output.Byte((byte)'s');
        }

        if (output.Length == start) output.Bytes(" 0"u8);
        if (ago) output.Bytes(" ago"u8);

        void Part(long number, ReadOnlySpan<byte> unit)
        {
            if (number == 0) return;
            if (output.Length == start) ago = number < 0;
            if (ago) number = -number;
            output.Byte((byte)' ');
            output.Decimal(number);
            output.Bytes(unit);
            if (number != 1) output.Byte((byte)'s');
        }
    }
}
