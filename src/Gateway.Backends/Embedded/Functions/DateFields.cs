using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>extract() and date_part(): the units and their values are <see cref="DateTimeExtraction"/>'s.</summary>
internal static class DateFields
{
    public static void AddTo(FunctionTable f)
    {
        Both("extract_date", null, c => DateTimeExtraction.FromDate(Unit(c, Oids.Date), (int)c.Int(1)));
        Both("extract_timestamp", "timestamp_part", c => DateTimeExtraction.FromTimestamp(Unit(c, Oids.Timestamp), c.Int(1)));
        Both("extract_timestamptz", "timestamptz_part", c =>
            DateTimeExtraction.FromTimestampTz(Unit(c, Oids.TimestampTz), c.Int(1), c.Format.TimeZone));
        Both("extract_time", "time_part", c => DateTimeExtraction.FromTime(Unit(c, Oids.Time), c.Int(1)));
        Both("extract_timetz", "timetz_part", c =>
        {
            var (time, east) = TimeTzCodec.Read(c.Bytes(1));
            return DateTimeExtraction.FromTimeTz(Unit(c, Oids.TimeTz), time, east);
        });
        Both("extract_interval", "interval_part", c => DateTimeExtraction.FromInterval(Unit(c, Oids.Interval), c.Interval(1)));

        // date_part over a date is written in SQL: it goes through a timestamp.
        f.Stable("date_part", 2, c => Double(c, DateTimeExtraction.FromTimestamp(Unit(c, Oids.Timestamp), Dates.MidnightOf(c.Int(1)))));

        void Both(string exact, string? approximate, Func<Call, PgNumeric?> body)
        {
            f.Stable(exact, 2, c =>
            {
                if (body(c) is { } value) Numerics.Return(c, value);
            });
            if (approximate is not null) f.Stable(approximate, 2, c => Double(c, body(c)));
        }

        static void Double(Call c, PgNumeric? value)
        {
            if (value is { } found) c.Return(found.ToDouble());
        }
    }

    /// <summary>The unit in argument 0.</summary>
    /// <exception cref="PgException">22023 when it is none.</exception>
    public static DateTimeUnit Unit(Call c, uint type) => DateTimeUnits.Get(c.Text(0).ToLowerInvariant(), type);
}
