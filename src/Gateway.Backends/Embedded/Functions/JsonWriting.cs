using System.Text;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Values of any type as json and jsonb: to_json, json_build_object, the aggregates…</summary>
internal static class JsonWriting
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["json", "jsonb"])
        {
            var binary = type == "jsonb";
            f.Loose($"to_{type}", 2, c =>
            {
                if (!c.IsNull(0)) Built(c, Value(c, 0), binary);
            }, immutable: false);
            f.Loose($"{type}_build_array", -1, c => Built(c, BuildArray(c), binary), immutable: false);
            f.Loose($"{type}_build_object", -1, c => Built(c, BuildObject(c), binary), immutable: false);
            f.Loose($"{type}_build_array_noargs", 0, c => c.ReturnText("[]"u8));
            f.Loose($"{type}_build_object_noargs", 0, c => c.ReturnText("{}"u8));
            f.Add($"{type}_object", 1, c => Built(c, ObjectOf(PgArray.Argument(c, 0), null), binary));
            f.Add($"{type}_object_two_arg", 2, c => Built(c, ObjectOf(PgArray.Argument(c, 0), PgArray.Argument(c, 1)), binary));
        }

        f.Stable("array_to_json", 1, c =>
        {
            var array = PgArray.Argument(c, 0);
            var json = new StringBuilder();
            WriteArray(array, 0, 0, json, c.Format, out _);
            c.Return(json.ToString());
        });

        f.Aggregate("json_list", 2, () => new Collected(JoinArray(false, ",")), strict: false);
        f.Aggregate("json_list_distinct", 2, () => new Collected(JoinArray(false, ","), distinct: true), strict: false);
        f.Aggregate("json_agg", 2, () => new Collected(JoinArray(false)), strict: false);
        f.Aggregate("jsonb_agg", 2, () => new Collected(JoinArray(true)), strict: false);
        f.Aggregate("json_agg_distinct", 2, () => new Collected(JoinArray(false), distinct: true), strict: false);
        f.Aggregate("jsonb_agg_distinct", 2, () => new Collected(JoinArray(true), distinct: true), strict: false);
        f.Aggregate("json_object_agg", 4, () => new Pairs(false), strict: false);
        f.Aggregate("jsonb_object_agg", 4, () => new Pairs(true), strict: false);
    }

    public static void Built(Call c, string json, bool binary)
    {
        if (!binary)
        {
            c.Return(json);
            return;
        }

        using var writer = new ByteWriter();
        JsonbText.Canonicalize(Encoding.UTF8.GetBytes(json), writer);
        c.ReturnText(writer.WrittenSpan);
    }

    public static void Quote(string text, StringBuilder output)
    {
        output.Append('"');
        foreach (var ch in text)
        {
            switch (ch)
            {
                case '"': output.Append("\\\""); break;
                case '\\': output.Append("\\\\"); break;
                case '\b': output.Append("\\b"); break;
                case '\f': output.Append("\\f"); break;
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case < ' ': output.Append("\\u").Append(((int)ch).ToString("x4", System.Globalization.CultureInfo.InvariantCulture)); break;
                default: output.Append(ch); break;
            }
        }

        output.Append('"');
    }

    private static string Value(Call c, int i)
    {
        var output = new StringBuilder();
        Write(Datum.Argument(c, i, c.Oid(i + 1)), c.Oid(i + 1), output, c.Format);
        return output.ToString();
    }

    /// <summary>Any value as JSON: numbers and booleans bare, json as it is, dates as ISO 8601, everything else its text.</summary>
    public static void Write(Datum value, uint type, StringBuilder output, FormatSettings settings)
    {
        if (value.IsNull)
        {
            output.Append("null");
            return;
        }

        switch (type)
        {
            case Oids.Bool:
                output.Append(value.Int != 0 ? "true" : "false");
                return;
            case Oids.Json or Oids.Jsonb or Oids.Record or 2287:
                // A record comes here as JSON.
                output.Append(value.Text);
                return;
            case Oids.Int2 or Oids.Int4 or Oids.Int8 or Oids.Float4 or Oids.Float8 or Oids.Numeric:
                var number = value.ToText(type, settings);
                if (number.AsSpan().ContainsAny('N', 'I')) Quote(number, output);
                else output.Append(number);
                return;
            case Oids.Date or Oids.Timestamp or Oids.TimestampTz:
                var text = value.ToText(type, settings with { DateStyle = "ISO, MDY" });
                if (text.IndexOf(' ') is > 0 and var space && char.IsAsciiDigit(text[0])) text = text[..space] + "T" + text[(space + 1)..];
                if (type == Oids.TimestampTz && text.Contains('T') && text.AsSpan(text.IndexOf('T')).LastIndexOfAny('+', '-') is >= 0 and var sign
                    && text.Length - text.IndexOf('T') - sign == 3) text += ":00";
                Quote(text, output);
                return;
        }

        if (PgTypes.Find(type) is { IsArray: true }) WriteArray(PgArray.Read(value.Data), 0, 0, output, settings, out _);
        else Quote(value.ToText(type, settings), output);
    }

    private static void WriteArray(PgArray array, int dimension, int offset, StringBuilder output, FormatSettings settings, out int next)
    {
        output.Append('[');
        next = offset;
        for (var i = 0; array.Items.Length > 0 && i < array.Lengths[dimension]; i++)
        {
            if (i > 0) output.Append(',');
            if (dimension + 1 < array.Dimensions) WriteArray(array, dimension + 1, next, output, settings, out next);
            else Write(array[next++], array.Element, output, settings);
        }

        output.Append(']');
    }

    private static string BuildArray(Call c)
    {
        var output = new StringBuilder("[");
        for (var i = 0; i + 1 < c.Count; i += 2)
        {
            if (i > 0) output.Append(", ");
            output.Append(Value(c, i));
        }

        return output.Append(']').ToString();
    }

    private static string BuildObject(Call c)
    {
        if (c.Count / 2 % 2 != 0)
            throw new PgException(SqlStates.InvalidParameterValue, "argument list must have even number of elements")
            {
                Hint = "The arguments of json_build_object() must consist of alternating keys and values.",
            };
        var output = new StringBuilder("{");
        for (var i = 0; i + 3 < c.Count; i += 4)
        {
            if (i > 0) output.Append(", ");
            if (c.IsNull(i)) throw new PgException(SqlStates.InvalidParameterValue, $"argument {(i / 2) + 1} cannot be null") { Hint = "Object keys should be text." };
            Quote(KeyText(Datum.Argument(c, i, c.Oid(i + 1)), c.Oid(i + 1), c.Format), output);
            output.Append(" : ").Append(Value(c, i + 2));
        }

        return output.Append('}').ToString();
    }

    private static string KeyText(Datum key, uint type, FormatSettings settings) =>
        type == Oids.Bool ? key.Int != 0 ? "true" : "false" : key.ToText(type, settings);

    private static string ObjectOf(PgArray keys, PgArray? values)
    {
        if (values is null && (keys.Dimensions == 1 ? keys.Items.Length % 2 != 0 : keys.Dimensions == 2 && keys.Lengths[1] != 2))
            throw new PgException("2202E", keys.Dimensions == 1 ? "array must have even number of elements" : "array must have two columns");
        if (values is not null && values.Items.Length != keys.Items.Length) throw new PgException("2202E", "mismatched array dimensions");
        var output = new StringBuilder("{");
        var count = values is null ? keys.Items.Length / 2 : keys.Items.Length;
        for (var i = 0; i < count; i++)
        {
            if (i > 0) output.Append(", ");
            var key = keys.Text(values is null ? i * 2 : i) ?? throw new PgException("22004", "null value not allowed for object key");
            var value = values is null ? keys.Text((i * 2) + 1) : values.Text(i);
            Quote(key, output);
            output.Append(" : ");
            if (value is null) output.Append("null");
            else Quote(value, output);
        }

        return output.Append('}').ToString();
    }

    private static Action<Call, IReadOnlyList<Datum>, uint> JoinArray(bool binary, string? separator = null) => (c, values, type) =>
    {
        var output = new StringBuilder("[");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) output.Append(separator ?? (type == Oids.Record || PgTypes.Find(type) is { IsArray: true } ? ", \n " : ", "));
            Write(values[i], type, output, c.Format);
        }

        Built(c, output.Append(']').ToString(), binary);
    };

    private sealed class Pairs(bool binary) : Accumulator
    {
        private readonly Queue<string> _members = new();

        public override void Step(Call c)
        {
            if (c.IsNull(0)) throw new PgException(binary ? SqlStates.InvalidParameterValue : SqlStates.InvalidParameterValue, "field name must not be null");
            var output = new StringBuilder();
            Quote(KeyText(Datum.Argument(c, 0, c.Oid(1)), c.Oid(1), c.Format), output);
            output.Append(" : ");
            Write(Datum.Argument(c, 2, c.Oid(3)), c.Oid(3), output, c.Format);
            _members.Enqueue(output.ToString());
        }

        public override void Inverse(Call c) => _members.Dequeue();

        public override void Result(Call c)
        {
            if (_members.Count > 0) Built(c, $"{{ {string.Join(", ", _members)} }}", binary);
        }
    }
}
