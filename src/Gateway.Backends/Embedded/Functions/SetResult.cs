using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>
/// The result of a set-returning function: a JSON array that SQLite's json_each takes apart. Values are carriers; bytes
/// are written as hexadecimal digits, rows of several columns as arrays.
/// </summary>
internal static class SetResult
{
    // A set is held as a whole; this keeps one call from taking the node's memory.
    private const int MaxBytes = 256 << 20;

    // Values between two looks at the session's cancel flag.
    private const int CancelInterval = 1024;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Texts(Call c, IEnumerable<string?> values) => Write(c, values, (json, value) => json.WriteStringValue(value));

    public static void Ints(Call c, IEnumerable<long> values) => Write(c, values, (json, value) => json.WriteNumberValue(value));

    public static void Arrays(Call c, IEnumerable<PgArray> values) => Write(c, values, (json, value) =>
    {
        using var writer = new ByteWriter();
        value.Write(writer);
        json.WriteStringValue(Convert.ToHexString(writer.WrittenSpan));
    });

    public static void Data(Call c, IEnumerable<Datum> values) => Write(c, values, Value);

    public static void Pairs(Call c, IEnumerable<(string Key, string? Value)> rows) => Write(c, rows, (json, row) =>
    {
        json.WriteStartArray();
        json.WriteStringValue(row.Key);
        json.WriteStringValue(row.Value);
        json.WriteEndArray();
    });

    private static void Value(Utf8JsonWriter json, Datum value)
    {
        if (value.IsNull) json.WriteNullValue();
        else if (value.Carrier == Carrier.Int64) json.WriteNumberValue(value.Int);
        else if (value.Carrier == Carrier.Text) json.WriteStringValue(value.Data);
        else if (value.Carrier == Carrier.Bytes) json.WriteStringValue(Convert.ToHexString(value.Data!));
        else if (double.IsNaN(value.Float)) json.WriteStringValue("NaN");
        else if (double.IsInfinity(value.Float)) json.WriteRawValue(value.Float > 0 ? "9e999" : "-9e999", skipInputValidation: true);
        else json.WriteRawValue(FloatText(value.Float), skipInputValidation: true);
    }

    // 2.0 must stay a REAL.
    private static string FloatText(double value)
    {
        var text = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static void Write<T>(Call c, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var session = c.Host.Session;
        var count = 0;
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var value in values)
            {
                write(json, value);
                if (json.BytesCommitted + json.BytesPending > MaxBytes)
                    throw new PgException(SqlStates.ProgramLimitExceeded, "the result of a set-returning function is too large");
                if (++count % CancelInterval == 0 && session is { IsCancelled: true }) throw EmbeddedConnection.Canceled();
            }

            json.WriteEndArray();
        }

        c.ReturnText(buffer.WrittenSpan);
    }
}
