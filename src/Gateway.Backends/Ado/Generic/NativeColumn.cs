using System.Data.Common;
using System.Globalization;
using System.Text;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>One column of a result on its way into a carrier: what the provider hands over, whatever the column was declared as, or an error.</summary>
internal sealed class NativeColumn(int ordinal, TypeRef type)
{
    private readonly Codec _codec = Codecs.Get(type.Oid);

    private Carrier Carrier => _codec switch
    {
        Int64Codec => Carrier.Int64,
        Float64Codec => Carrier.Float64,
        TextCodec => Carrier.Text,
        _ => Carrier.Bytes,
    };

    /// <exception cref="PgException">22000: the value is none of the column's type.</exception>
    public void Load(DbDataReader reader, ValueList row)
    {
        var value = reader.GetValue(ordinal);
        if (value is null or DBNull)
        {
            row.AddNull(Carrier);
            return;
        }

        switch (type.Oid)
        {
            case Oids.Int2: row.Add(Integer(value, short.MinValue, short.MaxValue)); break;
            case Oids.Int4: row.Add(Integer(value, int.MinValue, int.MaxValue)); break;
            case Oids.Int8: row.Add(Integer(value, long.MinValue, long.MaxValue)); break;
            case Oids.Bool: row.Add(value is bool truth ? (truth ? 1L : 0L) : Integer(value, 0, 1)); break;
            case Oids.Float4: row.Add(value is float single ? (double)single : throw Mismatch(value)); break;
            case Oids.Float8: row.Add(value switch { double real => real, float real => real, _ => throw Mismatch(value) }); break;
            case Oids.Bytea: row.AddDecoded(_codec, Format.Binary, value as byte[] ?? throw Mismatch(value), FormatSettings.Default); break;
            default: row.AddDecoded(_codec, Format.Text, Encoding.UTF8.GetBytes(Text(value)), FormatSettings.Default); break;
        }
    }

    private long Integer(object value, long least, long most)
    {
        var number = value switch
        {
            long v => v,
            int v => v,
            short v => v,
            byte v => v,
            sbyte v => v,
            ushort v => v,
            uint v => v,
            _ => throw Mismatch(value),
        };
        return number >= least && number <= most ? number : throw Mismatch(value);
    }

    /// <summary>As PostgreSQL reads it under ISO dates.</summary>
    private string Text(object value) => (type.Oid, value) switch
    {
        (Oids.Text or Oids.VarChar or Oids.BpChar, string text) => text.Contains('\0', StringComparison.Ordinal) ? throw Mismatch(value) : text,
        (Oids.Text, long or int or short) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        (Oids.Text, double number) => number.ToString("R", CultureInfo.InvariantCulture),
        (Oids.Numeric, decimal or long or int or short or byte or ulong or uint) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        (Oids.Numeric, double number) when double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
        (Oids.Date, DateTime { TimeOfDay.Ticks: 0 } date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (Oids.Date, DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (Oids.Timestamp, DateTime time) when time.Ticks % 10 == 0 => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (Oids.TimestampTz, DateTimeOffset time) when time.Ticks % 10 == 0 => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
        (Oids.Time, TimeOnly time) when time.Ticks % 10 == 0 => time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        (Oids.Interval, TimeSpan span) when span.Ticks % 10 == 0 => string.Create(
            CultureInfo.InvariantCulture, $"{(span < TimeSpan.Zero ? "-" : "")}{(long)span.Duration().TotalHours}:{span.Duration():mm\\:ss\\.ffffff}"),
        (Oids.Uuid, Guid id) => id.ToString(),

        // SQLite keeps these as text; words like "today" are no values.
        (Oids.Date or Oids.Timestamp or Oids.TimestampTz or Oids.Time or Oids.Uuid or Oids.Numeric, string text)
            when text.Length > 0 && (!char.IsAsciiLetter(text[0]) || type.Oid == Oids.Uuid || text is "infinity" or "NaN" or "Infinity") => text,
        _ => throw Mismatch(value),
    };

    private PgException Mismatch(object value) => new(
        "22000", $"the server's column {ordinal + 1} holds a value of {value.GetType().Name} that is no {TypeNames.Format(type.Oid, type.Typmod)}");
}
