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

    /// <summary>
    /// What a literal means may depend on the session, but hardly whether it is one at all: it is wrong when it is wrong in every
    /// order of day, month and year.
    /// </summary>
    private static void RequireSyntax(ReadOnlySpan<byte> text, uint type)
    {
        if (Codecs.Get(type) is RegCodec || PgTypes.Find(type) is { IsArray: true } array && Codecs.Get(array.ElementOid) is RegCodec) return;
        PgException? first = null;
        foreach (var settings in EveryOrder)
        {
            try
            {
                Decode(text, type, settings);
                return;
            }
            catch (PgException error)
            {
                first ??= error;
            }
        }

        throw first!;
    }

    private static readonly FormatSettings[] EveryOrder =
        [.. new[] { "ISO, MDY", "ISO, DMY", "ISO, YMD" }.Select(style => FormatSettings.Default with { DateStyle = style })];

    private static void Decode(ReadOnlySpan<byte> text, uint type, FormatSettings settings)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec:
                codec.DecodeText(text, settings);
                break;
            case SpanCodec codec:
                using (var carrier = new ByteWriter()) codec.DecodeText(text, settings, carrier);
                break;
        }
    }

    private static bool IsFixed(string text, uint type) => type switch
    {
        Oids.Date or Oids.Timestamp => IsoLocal().IsMatch(text),
        Oids.TimestampTz => IsoWithOffset().IsMatch(text),
        Oids.Interval => !text.Contains('-') || IsoInterval().IsMatch(text),
        Oids.Time => IsoTime().IsMatch(text),
        _ => !FollowsSession(type),
    };

    /// <summary>Dates and times, names of the catalog, and what holds them.</summary>
    private static bool FollowsSession(uint type) => type switch
    {
        Oids.Date or Oids.Time or Oids.TimeTz or Oids.Timestamp or Oids.TimestampTz or Oids.Interval => true,
        _ when Codecs.Get(type) is RegCodec => true,
        _ when Codecs.Get(type) is RangeCodec or MultirangeCodec => FollowsSession(BoundOf(type)),
        _ => PgTypes.Find(type) is { IsArray: true } array && FollowsSession(array.ElementOid),
    };

    private static uint BoundOf(uint range) => Codecs.Get(range) switch
    {
        RangeCodec codec => codec.Element.Codec.Oid,
        MultirangeCodec codec => codec.Element.Codec.Oid,
        _ => 0,
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
