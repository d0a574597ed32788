using System.Buffers;
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

    public static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    /// <summary>The arguments of a call as one array.</summary>
    public static void Row(Call c)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            for (var i = 0; i < c.Count; i++) Raw(json, c, i);
            json.WriteEndArray();
        }

        c.ReturnText(buffer.WrittenSpan);
    }

    /// <summary>Rows of several columns, each of a type of its own.</summary>
    public static void Rows(Call c, IEnumerable<Datum[]> rows) => Write(c, rows, (json, row) =>
    {
        json.WriteStartArray();
        foreach (var value in row) Value(json, value);
        json.WriteEndArray();
    });

    /// <summary>A value in the form in which SQLite holds it.</summary>
    public static void Raw(Utf8JsonWriter json, Call c, int i)
    {
        switch (c.Kind(i))
        {
            case Native.Null: json.WriteNullValue(); break;
            case Native.Integer: json.WriteNumberValue(c.Int(i)); break;
            case Native.Float: Float(json, c.Double(i)); break;
            case Native.Blob: json.WriteStringValue(Convert.ToHexString(c.Bytes(i))); break;
            default: json.WriteStringValue(c.Bytes(i)); break;
        }
    }

    public static void CheckSize(Utf8JsonWriter json)
    {
        if (json.BytesCommitted + json.BytesPending > MaxBytes)
            throw new PgException(SqlStates.ProgramLimitExceeded, "the rows of one value are too large");
    }

    private static void Value(Utf8JsonWriter json, Datum value)
    {
        if (value.IsNull) json.WriteNullValue();
        else if (value.Carrier == Carrier.Int64) json.WriteNumberValue(value.Int);
        else if (value.Carrier == Carrier.Text) json.WriteStringValue(value.Data);
        else if (value.Carrier == Carrier.Bytes) json.WriteStringValue(Convert.ToHexString(value.Data!));
        else if (double.IsNaN(value.Float)) json.WriteStringValue("NaN");
        else Float(json, value.Float);
    }

    private static void Float(Utf8JsonWriter json, double value)
    {
        if (double.IsInfinity(value)) json.WriteRawValue(value > 0 ? "9e999" : "-9e999", skipInputValidation: true);
        else json.WriteRawValue(FloatText(value), skipInputValidation: true);
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
