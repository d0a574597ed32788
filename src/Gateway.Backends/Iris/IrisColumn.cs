using System.Buffers;
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
internal sealed class IrisColumn(int ordinal, TypeRef type, ByteWriter scratch)
{
    // The day IRIS counts from, in days since 2000-01-01.
    private static readonly int HorologEpoch = Calendar.ToDays(1840, 12, 31);
    // IRIS counts UTF-16 units and may cut a character in two: no replacement is put in its place.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly long Epoch = new DateTime(2000, 1, 1).Ticks;

    private readonly Codec _codec = Codecs.Get(type.Oid);
    private readonly Carrier _carrier = PgTypes.Find(type.Oid)?.Carrier ?? Carrier.Text;
    private Getter _getter = Getter.Unknown;

    private enum Getter
    {
        Unknown,
        Boolean,
        Int16,
        Int32,
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

        if (_getter == Getter.Unknown) _getter = GetterOf(reader);
        try
        {
            switch (_getter)
            {
                case Getter.Boolean: Add(reader.GetBoolean(ordinal) ? 1L : 0L, row); return;
                case Getter.Int16: Add(reader.GetInt16(ordinal), row); return;
                case Getter.Int32: Add(reader.GetInt32(ordinal), row); return;
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

        AddObject(reader.GetValue(ordinal), row);
    }

    private Getter GetterOf(DbDataReader reader)
    {
        var field = reader.GetFieldType(ordinal);
        return Type.GetTypeCode(field) switch
        {
            TypeCode.Boolean => Getter.Boolean,
            TypeCode.Int16 => Getter.Int16,
            TypeCode.Int32 => Getter.Int32,
            TypeCode.Int64 => Getter.Int64,
            TypeCode.Decimal => Getter.Decimal,
            TypeCode.Double => Getter.Double,
            TypeCode.String => Getter.String,
            TypeCode.DateTime => Getter.DateTime,
            _ => Getter.Object,
        };
    }

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
            default: throw Misfit(value.GetType().Name);
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
                    Oids.Date => value + HorologEpoch,
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

    private void Add(string value, ValueList row)
    {
        // $CHAR(0) is IRIS' empty string.
        if (value is "\0") value = "";
        var longest = value.Length * 3;
        if (longest <= 512)
        {
            Span<byte> utf8 = stackalloc byte[longest];
            AddText(utf8[..Encode(value, utf8)], row);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(longest);
        AddText(rented.AsSpan(0, Encode(value, rented)), row);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static int Encode(string text, Span<byte> utf8)
    {
        try
        {
            return Utf8.GetBytes(text, utf8);
        }
        catch (EncoderFallbackException error)
        {
            throw new PgException(SqlStates.CharacterNotInRepertoire, "a string of IRIS holds half of a character, which UTF-8 cannot write", error);
        }
    }

    private void AddText(ReadOnlySpan<byte> text, ValueList row)
    {
        switch (type.Oid)
        {
            case Oids.Numeric:
                AddNumeric(text, row);
                break;
            case Oids.BpChar when type.Typmod >= 4:
                scratch.Clear();
                Typmod.ApplyBpChar(text, type.Typmod, isExplicit: true, scratch);
                row.Add(Carrier.Text, scratch.WrittenSpan);
                break;
            case Oids.Bytea:
                row.Add(Carrier.Bytes, Latin1(text));
                break;
            case Oids.Text or Oids.VarChar or Oids.BpChar:
                row.Add(Carrier.Text, text);
                break;
            case Oids.Vector:
                // Between commas, without brackets.
                scratch.Clear();
                if (!text.StartsWith("["u8)) scratch.Byte((byte)'[');
                scratch.Bytes(text);
                if (!text.StartsWith("["u8)) scratch.Byte((byte)']');
                row.AddDecoded(_codec, Format.Text, scratch.WrittenSpan, FormatSettings.Default);
                break;
            case Oids.Date or Oids.Int2 or Oids.Int4 or Oids.Int8 when text.IsEmpty:
                throw Misfit("an empty string");
            default:
                row.AddDecoded(_codec, Format.Text, text, FormatSettings.Default);
                break;
        }
    }

    // IRIS drops zeros at both ends: .5 is 0.50 in a numeric(5,2).
    private void AddNumeric(ReadOnlySpan<byte> text, ValueList row)
    {
        scratch.Clear();
        if (type.Typmod >= 4) PgNumeric.Parse(text).Round(Typmod.Scale(type.Typmod)).Write(scratch);
        else NumericText.Canonicalize(text, scratch);
        row.Add(Carrier.Text, scratch.WrittenSpan);
    }

    // Binary data that came as a string: one character a byte.
    private byte[] Latin1(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        foreach (var c in text)
            if (c > 0xFF) throw Misfit("text");
        return Encoding.Latin1.GetBytes(text);
    }

    private PgException OutOfRange(string name) => new(SqlStates.NumericValueOutOfRange, $"{name} out of range")
    {
        Detail = $"The value of result column {ordinal + 1} in IRIS is larger than its declared type.",
    };

    private PgException Misfit(string found) => new(
        SqlStates.DatatypeMismatch, $"result column {ordinal + 1} came as {found} where {PgTypes.Find(type.Oid)?.Name ?? "text"} was expected");
}
