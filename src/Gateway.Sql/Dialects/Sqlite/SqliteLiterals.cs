using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Constants in carrier form.</summary>
internal static partial class SqliteLiterals
{
    public static string Text(string value) => "'" + value.Replace("'", "''") + "'";

    public static PgInterval? Interval(string text)
    {
        using var carrier = new ByteWriter();
        ((SpanCodec)Codecs.Get(Oids.Interval)!).DecodeText(Encoding.UTF8.GetBytes(text), FormatSettings.Default, carrier);
        return PgInterval.Read(carrier.WrittenSpan);
    }

    public static string Int(long value) => value switch
    {
        long.MinValue => "(-9223372036854775807 - 1)",
        < 0 => string.Create(CultureInfo.InvariantCulture, $"({value})"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    public static string Float(double value)
    {
        if (double.IsNaN(value)) return "'NaN'";
        if (double.IsInfinity(value)) return value > 0 ? "9e999" : "(-9e999)";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (!text.AsSpan().ContainsAny('.', 'E')) text += ".0";
        return text[0] == '-' ? $"({text})" : text;
    }

    public static string Bytes(ReadOnlySpan<byte> value) => "x'" + Convert.ToHexString(value) + "'";

    /// <summary>
    /// The carrier of a literal, or null when its meaning depends on the session (a timestamptz without offset, a date in
    /// another order than ISO, <c>today</c>) or on the catalog (regclass).
    /// </summary>
    /// <exception cref="PgException">22P02 and the like, as PostgreSQL raises them for a bad literal.</exception>
    public static string? Fold(string text, uint type)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!IsFixed(text, type))
        {
            RequireSyntax(bytes, type);
            return null;
        }

        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                return Int(codec.DecodeText(bytes, FormatSettings.Default));
            case Float64Codec codec:
                return Float(codec.DecodeText(bytes, FormatSettings.Default));
            case SpanCodec codec:
                using (var carrier = new ByteWriter())
                {
                    codec.DecodeText(bytes, FormatSettings.Default, carrier);
                    return codec is TextCodec
                        ? Text(Encoding.UTF8.GetString(carrier.WrittenSpan))
                        : Bytes(carrier.WrittenSpan);
                }

            default:
                return null;
        }
    }

    // What a literal means may depend on the session, but not whether it is a date or time at all.
    private static void RequireSyntax(ReadOnlySpan<byte> text, uint type)
    {
        if (type is not (Oids.Date or Oids.Time or Oids.Timestamp or Oids.TimestampTz or Oids.Interval)) return;
        try
        {
            switch (Codecs.Get(type))
            {
                case Int64Codec codec:
                    codec.DecodeText(text, FormatSettings.Default);
                    break;
                case SpanCodec codec:
                    using (var carrier = new ByteWriter()) codec.DecodeText(text, FormatSettings.Default, carrier);
                    break;
            }
        }
        catch (PgException error) when (error.SqlState != SqlStates.InvalidDatetimeFormat)
        {
            // Out of range: in another order of the fields it may not be.
        }
    }

    private static bool IsFixed(string text, uint type) => type switch
    {
        Oids.Date or Oids.Timestamp => IsoLocal().IsMatch(text),
        Oids.TimestampTz => IsoWithOffset().IsMatch(text),
        Oids.Interval => !text.Contains('-') || IsoInterval().IsMatch(text),
        Oids.Time => IsoTime().IsMatch(text),
        Oids.Bool or Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid or Oids.Float4 or Oids.Float8 or Oids.Numeric
            or Oids.Uuid or Oids.Bytea or Oids.Json or Oids.Jsonb or Oids.Text or Oids.VarChar or Oids.BpChar or Oids.Name
            or Oids.Char or Oids.Bit or Oids.VarBit or Oids.Vector => true,
        >= UserTypes.FirstOid => PgTypes.Find(type) switch
        {
            { Kind: 'e' } => true,
            { Kind: 'd', BaseOid: var below } => IsFixed(text, below),
            { IsArray: true, ElementOid: var element } => PgTypes.Find(element) is { Kind: 'e' },
            _ => false,
        },
        _ => PgTypes.Find(type) is { IsArray: true, ElementOid: Oids.Bool or Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Oid
            or Oids.Float4 or Oids.Float8 or Oids.Numeric or Oids.Uuid or Oids.Text or Oids.VarChar or Oids.Name or Oids.Json
            or Oids.Jsonb or Oids.Vector },
    };

    [GeneratedRegex(@"^\s*\d{4,}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?\s*$")]
    private static partial Regex IsoLocal();

    [GeneratedRegex(@"^\s*\d{4,}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)\s*$")]
    private static partial Regex IsoWithOffset();

    [GeneratedRegex(@"^\s*\d\d:\d\d(:\d\d(\.\d+)?)?\s*$")]
    private static partial Regex IsoTime();

    [GeneratedRegex(@"^\s*-\d+\s+[a-z]+\s*$")]
    private static partial Regex IsoInterval();
}
