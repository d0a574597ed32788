using System.Buffers.Binary;

namespace Gateway.Types;

/// <summary>date: days since 2000-01-01.</summary>
public sealed class DateCodec() : Int64Codec(Oids.Date)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) =>
        DateTimeText.WriteDate((int)value, settings, output);

    public override void EncodeBinary(long value, ByteWriter output) => output.Int32((int)value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) =>
        DateTimeInput.Parse(text, "date", settings).ToDate();

    public override long DecodeBinary(ReadOnlySpan<byte> data)
    {
        var days = BinaryPrimitives.ReadInt32BigEndian(data.Exactly(4));
        return days is int.MaxValue or int.MinValue || days is >= Calendar.FirstDay and <= Calendar.LastDay
            ? days
            : throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range");
    }
}

/// <summary>time without time zone: µs since midnight.</summary>
public sealed class TimeCodec() : Int64Codec(Oids.Time)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output) =>
        DateTimeText.WriteTime(value, output);

    public override void EncodeBinary(long value, ByteWriter output) => output.Int64(value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) =>
        DateTimeInput.Parse(text, "time", settings).ToTime();

    public override long DecodeBinary(ReadOnlySpan<byte> data)
    {
        var time = BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8));
        return time is >= 0 and <= Calendar.MicrosecondsPerDay
            ? time
            : throw new PgException(SqlStates.DatetimeFieldOverflow, "time out of range");
    }
}

/// <summary>timestamp and timestamptz: µs since 2000-01-01, the latter in UTC.</summary>
public sealed class TimestampCodec(uint oid) : Int64Codec(oid)
{
    public override void EncodeText(long value, FormatSettings settings, ByteWriter output)
    {
        if (Oid == Oids.Timestamp || value is long.MaxValue or long.MinValue)
        {
            DateTimeText.WriteTimestamp(value, null, settings, output);
            return;
        }

        var offset = Zones.OffsetAt(settings.TimeZone, value);
        DateTimeText.WriteTimestamp(value + (offset * Calendar.MicrosecondsPerSecond), offset, settings, output);
    }

    public override void EncodeBinary(long value, ByteWriter output) => output.Int64(value);

    public override long DecodeText(ReadOnlySpan<byte> text, FormatSettings settings) => Oid == Oids.Timestamp
        ? DateTimeInput.Parse(text, "timestamp", settings).ToTimestamp()
        : DateTimeInput.Parse(text, "timestamp with time zone", settings).ToTimestampTz();

    public override long DecodeBinary(ReadOnlySpan<byte> data)
    {
        var value = BinaryPrimitives.ReadInt64BigEndian(data.Exactly(8));
        return value is long.MaxValue or long.MinValue || value is >= Calendar.FirstTimestamp and < Calendar.EndTimestamp
            ? value
            : throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range");
    }
}

/// <summary>time with time zone. Binary: Int64 local µs, Int32 seconds west; the carrier is described at <see cref="Carrier"/>.</summary>
public sealed class TimeTzCodec() : BytesCodec(Oids.TimeTz)
{
    public override void EncodeText(ReadOnlySpan<byte> value, FormatSettings settings, ByteWriter output)
    {
        var (time, east) = Read(value);
        DateTimeText.WriteTime(time, output);
        DateTimeText.WriteOffset(east, output);
    }

    public override void EncodeBinary(ReadOnlySpan<byte> value, ByteWriter output)
    {
        var (time, east) = Read(value);
        output.Int64(time);
        output.Int32(-east);
    }

    public override void DecodeText(ReadOnlySpan<byte> text, FormatSettings settings, ByteWriter carrier)
    {
        var (time, east) = DateTimeInput.Parse(text, "time with time zone", settings).ToTimeTz();
        Write(time, east, carrier);
    }

    public override void DecodeBinary(ReadOnlySpan<byte> data, ByteWriter carrier)
    {
        data.Exactly(12);
        var time = BinaryPrimitives.ReadInt64BigEndian(data);
        var west = BinaryPrimitives.ReadInt32BigEndian(data[8..]);
        if (time is < 0 or > Calendar.MicrosecondsPerDay) throw new PgException(SqlStates.DatetimeFieldOverflow, "time out of range");
        if (west is <= -16 * 3600 or >= 16 * 3600) throw new PgException("22009", "time zone displacement out of range");
        Write(time, -west, carrier);
    }

    /// <summary>Local time of day in µs and seconds east of a carrier.</summary>
    public static (long Time, int OffsetSeconds) Read(ReadOnlySpan<byte> carrier)
    {
        var utc = BinaryPrimitives.ReadInt64BigEndian(carrier) ^ long.MinValue;
        // Ordered by zone, then: PostgreSQL counts it westward, so that a larger one is a later instant of equal UTC.
        var west = BinaryPrimitives.ReadInt32BigEndian(carrier[8..]) ^ int.MinValue;
        return (utc - (west * Calendar.MicrosecondsPerSecond), -west);
    }

    /// <summary>Appends the carrier of a local time of day in µs at an offset of seconds east.</summary>
    public static void Write(long time, int offsetSeconds, ByteWriter carrier)
    {
        carrier.Int64((time - (offsetSeconds * Calendar.MicrosecondsPerSecond)) ^ long.MinValue);
        carrier.Int32(-offsetSeconds ^ int.MinValue);
    }
}
