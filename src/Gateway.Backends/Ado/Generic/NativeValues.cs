using System.Globalization;
using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>Values on their way to the provider, each as the .NET type that the provider has for it.</summary>
internal static class NativeValues
{
    /// <summary>SQLite turns the text of a longer number into a double that is another number.</summary>
    private const int SqliteDigits = 15;

    private const int DecimalDigits = 28;

    /// <returns>Null for NULL.</returns>
    /// <exception cref="PgException">22003, 22008: the provider has no such value. 0A000: it has no such type.</exception>
    public static object? Of(ValueList values, int index, uint type, ServerKind kind)
    {
        if (values.IsNull(index)) return null;
        switch (type)
        {
            case Oids.Int2: return (short)values.GetInt64(index);
            case Oids.Int4: return (int)values.GetInt64(index);
            case Oids.Int8: return values.GetInt64(index);
            case Oids.Bool when kind.IsSqlite: return values.GetInt64(index);
            case Oids.Bool: return values.GetInt64(index) != 0;
            case Oids.Float4: return (float)values.GetFloat64(index);
            case Oids.Float8: return values.GetFloat64(index);
            case Oids.Bytea:
                using (var bytes = new ByteWriter())
                {
                    ((SpanCodec)Codecs.Get(type)).EncodeBinary(values.GetSpan(index), bytes);
                    return bytes.WrittenSpan.ToArray();
                }
        }

        var text = Text(values, index, type);
        return type switch
        {
            Oids.Text or Oids.VarChar or Oids.BpChar or Oids.Name or Oids.Unknown => text,
            Oids.Numeric => Number(text, kind),
            Oids.Uuid => kind.IsSqlite ? text : Guid.Parse(text),
            Oids.Date or Oids.Timestamp or Oids.TimestampTz or Oids.Time when kind.IsSqlite => text,
            Oids.Date or Oids.Timestamp => Time<DateTime>(text, static text => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault)),
            Oids.TimestampTz => Time<DateTimeOffset>(text, static text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)),
            Oids.Time => Time<TimeSpan>(text, static text => TimeSpan.Parse(text, CultureInfo.InvariantCulture)),
            _ => throw PgException.Unsupported($"sending a value of type {TypeNames.Format(type, -1)} to a server of the generic dialect"),
        };
    }

    private static object Number(string text, ServerKind kind)
    {
        var digits = text.Count(char.IsAsciiDigit);
        if (!char.IsAsciiDigit(text[^1]) || digits > (kind.IsSqlite ? SqliteDigits : DecimalDigits))
            throw new PgException(SqlStates.NumericValueOutOfRange, $"the server cannot keep the number {text} exactly");
        return kind.IsSqlite ? text : decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private static object Time<T>(string text, Func<string, T> parse)
        where T : struct
    {
        // infinity, years BC or of five digits, and 24:00.
        try
        {
            return parse(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new PgException("22008", $"the provider has no value for {text}", error);
        }
    }

    private static string Text(ValueList values, int index, uint type)
    {
        using var text = new ByteWriter();
        AdoParameters.Encode(values, index, type, FormatSettings.Default, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
