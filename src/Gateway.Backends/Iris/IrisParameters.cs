using System.Globalization;
using System.Text;
using Gateway.Backends.Embedded.Functions;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Tree;
using Gateway.Types;
using Calendar = Gateway.Types.Calendar;

namespace Gateway.Backends.Iris;

/// <summary>Values on their way to IRIS, as the objects the driver takes.</summary>
/// <remarks>
/// Dates, times and timestamps go as ODBC text: what the driver makes of a DateTime depends on the parameter's declared
/// type, which no server promises to tell, while the text means the same against a DATE, a TIME or any TIMESTAMP class,
/// and its microseconds stay exact. Blanks and zeros behind the second's fraction are left out: one class keeps the text.
/// </remarks>
internal static class IrisParameters
{
    // 1840-12-31 and 0001-01-01 in days, 10000-01-01 as the end of both.
    private static readonly int FirstDate = Calendar.ToDays(1840, 12, 31);
    private static readonly int FirstDay = Calendar.ToDays(1, 1, 1);
    private static readonly int EndDay = Calendar.ToDays(10000, 1, 1);

    /// <exception cref="PgException">22003, 22008, 22021 for what IRIS cannot hold.</exception>
    public static object Value(ValueList list, int index, TypeRef type)
    {
        if (list.IsNull(index)) return DBNull.Value;
        switch (IrisTypes.StorageOf(type))
        {
            case Storage.Boolean:
                return list.GetInt64(index) != 0 ? 1 : 0;
            case Storage.Integer:
                return Integer(list.GetInt64(index));
            case Storage.Double:
                return Finite(list.GetFloat64(index));
            case Storage.Numeric:
                return Number(list.GetSpan(index));
            case Storage.Date:
                return Date(list.GetInt64(index));
            case Storage.Time:
                return Time(list.GetInt64(index));
            case Storage.Timestamp:
                return Timestamp(list.GetInt64(index));
            case Storage.Bytes:
                return list.GetSpan(index).ToArray();
            case Storage.Text:
                return Text(list.GetSpan(index));
            case Storage.BlankStripped:
                return Text(list.GetSpan(index).TrimEnd((byte)' '));
            default:
                return PgText(list, index, type.Oid);
        }
    }

    /// <summary>The elements of an array, each as a parameter; NULL elements too.</summary>
    public static List<object> Elements(ValueList list, int index, TypeRef type)
    {
        if (list.IsNull(index)) return [];
        var array = PgArray.Read(list.GetSpan(index));

        // The input may be declared with the array's type or with that of its elements.
        var element = PgTypes.Find(type.Oid) is { IsArray: true } ? new TypeRef(array.Element, type.Typmod) : type;
        using var values = new ValueList();
        var codec = Codecs.Get(array.Element);
        foreach (var item in array.Items)
            if (item is null) values.AddNull(PgTypes.Find(element.Oid)?.Carrier ?? Carrier.Text);
            else values.AddDecoded(codec, Format.Binary, item, FormatSettings.Default);
        var elements = new List<object>(values.Count);
        for (var i = 0; i < values.Count; i++) elements.Add(Value(values, i, element));
        return elements;
    }

    // The narrower the value, the narrower the type the driver brings along.
    private static object Integer(long value) => value is >= int.MinValue and <= int.MaxValue ? (object)(int)value : value;

    private static object Finite(double value) => double.IsFinite(value)
        ? value
        : throw new PgException(SqlStates.NumericValueOutOfRange, $"value \"{FloatWord(value)}\" cannot be kept by IRIS");

    private static string FloatWord(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static object Number(ReadOnlySpan<byte> text)
    {
        if (!char.IsAsciiDigit((char)text[^1]))
            throw new PgException(SqlStates.NumericValueOutOfRange, $"value \"{Encoding.UTF8.GetString(text)}\" cannot be kept by IRIS");
        var digits = Encoding.ASCII.GetString(text);

        // decimal.Parse rounds what has more than 28 digits.
        var count = 0;
        foreach (var b in text)
            if (char.IsAsciiDigit((char)b)) count++;
        return count <= 28 ? decimal.Parse(digits, NumberStyles.Number, CultureInfo.InvariantCulture) : digits;
    }

    private static string Date(long days)
    {
        if (days < FirstDate || days >= EndDay)
            throw new PgException(SqlStates.DatetimeFieldOverflow, "date out of range for IRIS: it keeps 1840-12-31 to 9999-12-31");
        var (year, month, day) = Calendar.FromDays((int)days);
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
    }

    private static string Time(long microseconds) => microseconds < Calendar.MicrosecondsPerDay
        ? Clock(microseconds)
        : throw new PgException(SqlStates.DatetimeFieldOverflow, "time out of range for IRIS: it has no 24:00:00");

    private static string Timestamp(long value)
    {
        var days = PgDateTime.IsInfinite(value) ? long.MaxValue : PgDateTime.TimestampToDate(value);
        if (days < FirstDay || days >= EndDay)
            throw new PgException(SqlStates.DatetimeFieldOverflow, "timestamp out of range for IRIS: it keeps the years 1 to 9999");
        var (year, month, day) = Calendar.FromDays((int)days);
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00} {Clock(PgDateTime.TimestampToTime(value))}");
    }

    private static string Clock(long microseconds)
    {
        var seconds = microseconds / Calendar.MicrosecondsPerSecond;
        var fraction = microseconds % Calendar.MicrosecondsPerSecond;
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
        return fraction == 0 ? text : text + string.Create(CultureInfo.InvariantCulture, $".{fraction:000000}").TrimEnd('0');
    }

    private static string Text(ReadOnlySpan<byte> utf8)
    {
        // A NUL is how IRIS writes the empty string, so it cannot be part of one.
        if (utf8.Contains((byte)0)) throw new PgException(SqlStates.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x00");
        return Encoding.UTF8.GetString(utf8);
    }

    private static string PgText(ValueList list, int index, uint type)
    {
        using var text = new ByteWriter();
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                codec.EncodeText(list.GetInt64(index), FormatSettings.Default, text);
                break;
            case Float64Codec codec:
                codec.EncodeText(list.GetFloat64(index), FormatSettings.Default, text);
                break;
            case SpanCodec codec:
                codec.EncodeText(list.GetSpan(index), FormatSettings.Default, text);
                break;
        }

        return Text(text.WrittenSpan);
    }

    /// <summary>The carrier of an id that is no integer (a text IDKEY), or of one that is.</summary>
    public static void AppendIdentity(ValueList to, object value)
    {
        switch (value)
        {
            case DBNull or null:
                to.AddNull(Carrier.Int64);
                break;
            case string text:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) to.Add(number);
                else to.Add(Carrier.Text, Encoding.UTF8.GetBytes(text));
                break;
            default:
                to.Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
