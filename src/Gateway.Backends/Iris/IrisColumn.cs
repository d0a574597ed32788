using System.Data.Common;
using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;
using Calendar = Gateway.Types.Calendar;

namespace Gateway.Backends.Iris;

/// <summary>Reads one column of a result into carriers: what the driver delivers, as the PostgreSQL type says.</summary>
/// <remarks>
/// The driver's metadata decides which getter is tried, so that nothing is boxed; where it is wrong the value itself
/// decides. The PostgreSQL type decides what becomes of it.
/// </remarks>
internal sealed partial class IrisColumn(int ordinal, TypeRef type, ByteWriter scratch)
{
    // The day IRIS counts from, in days since 2000-01-01.
    private static readonly int HorologEpoch = Calendar.ToDays(1840, 12, 31);
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const long UnixEpoch = 946_684_800_000_000;   // 2000-01-01 in µs since 1970
    private static readonly long FirstDay = Calendar.ToDays(1, 1, 1);
    private static readonly long EndDay = Calendar.ToDays(10000, 1, 1);
    private static readonly long Epoch = new DateTime(2000, 1, 1).Ticks;

    private readonly Codec _codec = Codecs.Get(type.Oid);
    private readonly Carrier _carrier = PgTypes.Find(type.Oid)?.Carrier ?? Carrier.Text;
    private Getter _getter = Getter.Unknown;

    private enum Getter
    {
        Unknown,
        Boolean,
        Int64,
        Decimal,
        Double,
        String,
        DateTime,
        Object,
    }

    public void Load(DbDataReader reader, ValueList row)
    {
        if (reader.IsDBNull(ordinal))
        {
            row.AddNull(_carrier);
            return;
        }

        if (_getter == Getter.Unknown) _getter = GetterOf(reader.GetFieldType(ordinal));
        try
        {
            switch (_getter)
            {
                case Getter.Boolean: Add(reader.GetBoolean(ordinal) ? 1L : 0L, row); return;
                case Getter.Int64: Add(reader.GetInt64(ordinal), row); return;
                case Getter.Decimal: Add(reader.GetDecimal(ordinal), row); return;
                case Getter.Double: Add(reader.GetDouble(ordinal), row); return;
                case Getter.String: Add(reader.GetString(ordinal), row); return;
                case Getter.DateTime: Add(reader.GetDateTime(ordinal), row); return;
            }
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
        {
            // The metadata said another type than the value has.
            _getter = Getter.Object;
        }

        AddObject(Value(reader), row);
    }

    // The driver turns the value into what the metadata says, which may be too narrow for it.
    private object Value(DbDataReader reader)
    {
        try
        {
            return reader.GetValue(ordinal);
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException)
        {
            return reader.GetString(ordinal);
        }
    }

    // Only where the metadata and the expected type agree: a getter of another type may convert, and round, without a word.
    private Getter GetterOf(Type field) => (_codec, Type.GetTypeCode(field)) switch
    {
        (Int64Codec, TypeCode.Boolean) when type.Oid == Oids.Bool => Getter.Boolean,
        (Int64Codec, TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64) when type.Oid is Oids.Int2 or Oids.Int4 or Oids.Int8 => Getter.Int64,
        (Int64Codec, TypeCode.DateTime) when type.Oid is Oids.Date or Oids.Timestamp or Oids.TimestampTz => Getter.DateTime,
        (Float64Codec, TypeCode.Double) => Getter.Double,
        (SpanCodec, TypeCode.Decimal) when type.Oid == Oids.Numeric => Getter.Decimal,
        (_, TypeCode.String) => Getter.String,
        _ => Getter.Object,
    };

    private void AddObject(object value, ValueList row)
    {
        switch (value)
        {
            case bool flag: Add(flag ? 1L : 0L, row); break;
            case sbyte or byte or short or ushort or int or uint or long:
                Add(Convert.ToInt64(value, CultureInfo.InvariantCulture), row);
                break;
            case decimal number: Add(number, row); break;
            case float number: Add((double)number, row); break;
            case double number: Add(number, row); break;
            case string text: Add(text, row); break;
            case DateTime moment: Add(moment, row); break;
            case TimeSpan time: Add(time, row); break;
            case Guid id: Add(id.ToString("D"), row); break;
            case byte[] bytes: Add(bytes, row); break;
            case ulong number: Add((decimal)number, row); break;
            case char[] text: Add(new string(text), row); break;
            case TextReader text: Add(text.ReadToEnd(), row); break;
            case Stream stream: Add(Whole(stream), row); break;
            case DateTimeOffset moment: Add(type.Oid == Oids.TimestampTz ? moment.UtcDateTime : moment.DateTime, row); break;
            case DateOnly day: Add(day.ToDateTime(TimeOnly.MinValue), row); break;
            case TimeOnly time: Add(time.ToTimeSpan(), row); break;
            case char one: Add(one.ToString(), row); break;
            default: throw Misfit(value.GetType().Name);
        }
    }

    private static byte[] Whole(Stream stream)
    {
        using (stream)
        {
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }

    private void Add(long value, ValueList row)
    {
        switch (_codec)
        {
            case Int64Codec:
                row.Add(type.Oid switch
                {
                    Oids.Bool => value != 0 ? 1 : 0,
                    Oids.Int2 when value is < short.MinValue or > short.MaxValue => throw OutOfRange("smallint"),
                    Oids.Int4 when value is < int.MinValue or > int.MaxValue => throw OutOfRange("integer"),
                    Oids.Date when value + HorologEpoch >= FirstDay && value + HorologEpoch < EndDay => value + HorologEpoch,
                    Oids.Time when value is >= 0 and < 86400 => value * 1_000_000,
                    Oids.Timestamp or Oids.TimestampTz when PosixTime(value) is { } moment => moment,
                    Oids.Date or Oids.Time or Oids.Timestamp or Oids.TimestampTz => throw Misfit($"the number {value}"),
                    _ => value,
                });
                break;
            case Float64Codec:
                row.Add((double)value);
                break;
            default:
                Span<byte> digits = stackalloc byte[20];
                System.Buffers.Text.Utf8Formatter.TryFormat(value, digits, out var length);
                AddText(digits[..length], row);
                break;
        }
    }

    private void Add(decimal value, ValueList row)
    {
        switch (_codec)
        {
            case Int64Codec when decimal.IsInteger(value) && value is >= long.MinValue and <= long.MaxValue:
                Add((long)value, row);
                break;
            case Float64Codec:
                row.Add((double)value);
                break;
            default:
                Span<byte> digits = stackalloc byte[32];
                value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
                AddText(digits[..length], row);
                break;
        }
    }

    private void Add(double value, ValueList row)
    {
        switch (_codec)
        {
            case Int64Codec when value == Math.Floor(value) && value is >= -9007199254740992 and <= 9007199254740992:
                Add((long)value, row);
                break;
            case Float64Codec:
                row.Add(type.Oid == Oids.Float4 ? (float)value : value);
                break;
            default:
                AddText(Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)), row);
                break;
        }
    }

    private void Add(DateTime value, ValueList row)
    {
        // 100 ns to µs, to the nearest.
        var microseconds = (value.Ticks - Epoch) / 10;
        if ((value.Ticks - Epoch) % 10 is var rest && rest >= 5) microseconds++;
        else if (rest <= -5) microseconds--;
        switch (type.Oid)
        {
            case Oids.Date:
                row.Add((long)PgDateTime.TimestampToDate(microseconds));
                break;
            case Oids.Time:
                row.Add(PgDateTime.TimestampToTime(microseconds));
                break;
            case Oids.Timestamp or Oids.TimestampTz:
                row.Add(microseconds);
                break;
            default:
                AddText(Encoding.ASCII.GetBytes(value.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)), row);
                break;
        }
    }

    private void Add(TimeSpan value, ValueList row)
    {
        if (type.Oid == Oids.Time) row.Add((value.Ticks + 5) / 10);
        else AddText(Encoding.ASCII.GetBytes(value.ToString("c", CultureInfo.InvariantCulture)), row);
    }

    private void Add(byte[] value, ValueList row)
    {
        if (type.Oid == Oids.Bytea || (type.Oid == Oids.Uuid && value.Length == 16)) row.Add(Carrier.Bytes, value);
        else AddText(value, row);
    }

    // %Library.PosixTime as it is kept: µs since 1970, with bit 60 turned over.
    private static long? PosixTime(long value)
    {
        var moment = (value ^ (1L << 60)) - UnixEpoch;
        return moment >= FirstDay * MicrosecondsPerDay && moment < EndDay * MicrosecondsPerDay ? moment : null;
    }

    private PgException OutOfRange(string name) => new(SqlStates.NumericValueOutOfRange, $"{name} out of range")
    {
        Detail = $"The value of result column {ordinal + 1} in IRIS is larger than its declared type.",
    };

    private PgException Misfit(string found) => new(
        SqlStates.DatatypeMismatch, $"result column {ordinal + 1} came as {found} where {PgTypes.Find(type.Oid)?.Name ?? "text"} was expected");
}
