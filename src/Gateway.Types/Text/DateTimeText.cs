namespace Gateway.Types;

/// <summary>Dates, times and timestamps as PostgreSQL prints them in each DateStyle.</summary>
public static class DateTimeText
{
    private static ReadOnlySpan<byte> DayNames => "SunMonTueWedThuFriSat"u8;

    private static ReadOnlySpan<byte> MonthNames => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    public static void WriteDate(int days, FormatSettings settings, ByteWriter output)
    {
        if (days is int.MaxValue or int.MinValue)
        {
            output.Bytes(days > 0 ? "infinity"u8 : "-infinity"u8);
            return;
        }

        var fields = DateTimeFields.FromDate(days);
        var style = settings.Style();
        Date(fields, style == 'P' ? 'p' : style, settings, output);
        Era(fields, output);
    }

    public static void WriteTime(long time, ByteWriter output) => Time(DateTimeFields.FromTime(time), output);

    /// <summary>Writes a timestamp (µs since 2000-01-01 on the clock shown).</summary>
    /// <param name="offset">Seconds east of Greenwich to print, or null for a timestamp without time zone.</param>
    public static void WriteTimestamp(long timestamp, int? offset, FormatSettings settings, ByteWriter output)
    {
        if (timestamp is long.MaxValue or long.MinValue)
        {
            output.Bytes(timestamp > 0 ? "infinity"u8 : "-infinity"u8);
            return;
        }

        var fields = DateTimeFields.FromTimestamp(timestamp);
        var style = settings.Style();
        if (style == 'P')
        {
            output.Bytes(DayNames.Slice(Calendar.DayOfWeek(fields.ToDays()) * 3, 3));
            output.Byte((byte)' ');
            if (settings.Order() == DateOrder.Dmy) output.TwoDigits(fields.Day);
            else output.Bytes(MonthNames.Slice((fields.Month - 1) * 3, 3));
            output.Byte((byte)' ');
            if (settings.Order() == DateOrder.Dmy) output.Bytes(MonthNames.Slice((fields.Month - 1) * 3, 3));
            else output.TwoDigits(fields.Day);
            output.Byte((byte)' ');
            Time(fields, output);
            output.Byte((byte)' ');
            Year(fields, output);
        }
        else
        {
            Date(fields, style, settings, output);
            output.Byte((byte)' ');
            Time(fields, output);
        }

        if (offset is { } seconds)
        {
            // The other styles print the zone's abbreviation; only UTC has one here.
            if (style != 'I') output.Byte((byte)' ');
            if (style != 'I' && seconds == 0) output.Bytes("UTC"u8);
            else WriteOffset(seconds, output);
        }

        Era(fields, output);
    }

    /// <summary>Writes <c>+00</c>, <c>+05:30</c> or <c>-00:01:15</c>.</summary>
    public static void WriteOffset(int seconds, ByteWriter output)
    {
        output.Byte(seconds < 0 ? (byte)'-' : (byte)'+');
        seconds = Math.Abs(seconds);
        output.TwoDigits(seconds / 3600);
        if (seconds % 3600 == 0) return;
        output.Byte((byte)':');
        output.TwoDigits(seconds / 60 % 60);
        if (seconds % 60 == 0) return;
        output.Byte((byte)':');
        output.TwoDigits(seconds % 60);
    }

    private static void Date(DateTimeFields fields, char style, FormatSettings settings, ByteWriter output)
    {
        if (style == 'I')
        {
            Year(fields, output);
            output.Byte((byte)'-');
            output.TwoDigits(fields.Month);
            output.Byte((byte)'-');
            output.TwoDigits(fields.Day);
            return;
        }

        var dayFirst = style == 'G' || settings.Order() == DateOrder.Dmy;
        var separator = style switch { 'G' => (byte)'.', 'S' => (byte)'/', _ => (byte)'-' };
        output.TwoDigits(dayFirst ? fields.Day : fields.Month);
        output.Byte(separator);
        output.TwoDigits(dayFirst ? fields.Month : fields.Day);
        output.Byte(separator);
        Year(fields, output);
    }

    private static void Year(DateTimeFields fields, ByteWriter output)
    {
        var year = fields.Year > 0 ? fields.Year : 1 - fields.Year;
        if (year > 9999)
        {
            output.Decimal((long)year);
            return;
        }

        output.TwoDigits(year / 100);
        output.TwoDigits(year % 100);
    }

    private static void Era(DateTimeFields fields, ByteWriter output)
    {
        if (fields.Year <= 0) output.Bytes(" BC"u8);
    }

    private static void Time(DateTimeFields fields, ByteWriter output)
    {
        output.TwoDigits(fields.Hour);
        output.Byte((byte)':');
        output.TwoDigits(fields.Minute);
        output.Byte((byte)':');
        output.TwoDigits(fields.Second);
        output.Fraction(fields.Microsecond);
    }
}
