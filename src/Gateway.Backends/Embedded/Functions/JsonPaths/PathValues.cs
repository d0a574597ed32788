using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions.JsonPaths;

/// <summary>What paths do with single values.</summary>
internal static class PathValues
{
    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JsonElement Number(long value) => Json(value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static PgNumeric Number(JsonElement value) => PgNumeric.Parse(value.GetRawText());

    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Null where the values do not compare.</summary>
    public static bool? Compare(JsonElement left, JsonElement right, string op)
    {
        var (a, b) = (Kind(left), Kind(right));
        if (a != b)
        {
            // null differs from everything else, and nothing more is known.
            if (a == JsonValueKind.Null || b == JsonValueKind.Null) return op == "!=";
            return null;
        }

        int order;
        switch (a)
        {
            case JsonValueKind.Null: order = 0; break;
            case JsonValueKind.True: order = left.GetBoolean().CompareTo(right.GetBoolean()); break;
            case JsonValueKind.Number: order = Number(left).CompareTo(Number(right)); break;
            case JsonValueKind.String:
                order = System.Text.Encoding.UTF8.GetBytes(left.GetString()!).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right.GetString()!));
                break;
            default: return null;
        }

        return op switch { "==" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

        static JsonValueKind Kind(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
    }

    public static JsonElement Signed(char op, JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? op == '-' ? Json((-Number(value)).ToString()) : value
        : throw new PgException("2203B", $"operand of unary jsonpath operator {op} is not a numeric value");

    public static JsonElement Calculate(PgNumeric left, char op, PgNumeric right) => Json((op switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' => left / right,
        _ => left % right,
    }).ToString());

    public static IEnumerable<JsonElement> Apply(string method, JsonElement value, bool strict)
    {
        switch (method)
        {
            case "type":
                return [Json($"\"{value.ValueKind switch { JsonValueKind.True or JsonValueKind.False => "boolean", var kind => kind.ToString().ToLowerInvariant() }}\"")];
            case "size":
                if (value.ValueKind == JsonValueKind.Array) return [Number(value.GetArrayLength())];
                return strict ? throw new PgException("22039", "jsonpath item method .size() can only be applied to an array") : [Number(1)];
            case "keyvalue":
                if (value.ValueKind != JsonValueKind.Object) throw new PgException("2203C", "jsonpath item method .keyvalue() can only be applied to an object");
                throw PgException.Unsupported("the jsonpath method keyvalue() is not supported by the embedded engine");
            case "double":
                if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
                    || !double.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText(), System.Globalization.CultureInfo.InvariantCulture, out var number)
                    || !double.IsFinite(number))
                    throw new PgException("22036", value.ValueKind is JsonValueKind.Number or JsonValueKind.String
                        ? $"{(value.ValueKind == JsonValueKind.String ? "string" : "numeric")} argument of jsonpath item method .double() is not a valid representation of a double precision number"
                        : "jsonpath item method .double() can only be applied to a string or numeric value");
                return [Json(PgNumeric.FromDouble(number).ToString())];
            default:
                if (value.ValueKind != JsonValueKind.Number)
                    throw new PgException("22036", $"jsonpath item method .{method}() can only be applied to a numeric value");
                var numeric = Number(value);
                return [Json((method switch { "ceiling" => numeric.Ceiling(), "floor" => numeric.Floor(), _ => numeric.Abs() }).ToString())];
        }
    }
}
