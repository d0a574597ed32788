using System.Text;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>json and jsonb: what is in them. A json value is its text; a jsonb value is its canonical text.</summary>
internal static class Jsons
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = 6000 };

    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["json", "jsonb"])
        {
            var binary = type == "jsonb";
            f.Add($"{type}_object_field", 2, c => With(c, root => Raw(c, Field(root, c.Text(1)))));
            f.Add($"{type}_object_field_text", 2, c => With(c, root => c.Return(AsText(Field(root, c.Text(1))))));
            f.Add($"{type}_array_element", 2, c => With(c, root => Raw(c, Element(root, c.Int(1), binary))));
            f.Add($"{type}_array_element_text", 2, c => With(c, root => c.Return(AsText(Element(root, c.Int(1), binary)))));
            f.Add($"{type}_extract_path", 2, c => With(c, root => Raw(c, Path(root, PgArray.Argument(c, 1)))));
            f.Add($"{type}_extract_path_text", 2, c => With(c, root => c.Return(AsText(Path(root, PgArray.Argument(c, 1))))));
            f.Add($"{type}_typeof", 1, c => With(c, root => c.Return(TypeOf(root))));
            f.Add($"{type}_array_length", 1, c => With(c, root => c.Return((long)Array(root, "get array length of").GetArrayLength())));
            f.Add($"{type}_strip_nulls", 1, c => With(c, root => c.Return(StripNulls(root, binary))));

            f.Add($"{type}_array_elements", 1, c => With(c, root =>
                SetResult.Texts(c, Array(root, "extract elements from").EnumerateArray().Select(item => (string?)item.GetRawText()))));
            f.Add($"{type}_array_elements_text", 1, c => With(c, root =>
                SetResult.Texts(c, Array(root, "extract elements from").EnumerateArray().Select(item => AsText(item)))));
            f.Add($"{type}_object_keys", 1, c => With(c, root =>
                SetResult.Texts(c, Object(root, $"call {type}_object_keys on").EnumerateObject().Select(member => (string?)member.Name))));
            f.Add($"{type}_each", 1, c => With(c, root =>
                SetResult.Pairs(c, Object(root, $"call {type}_each on").EnumerateObject().Select(m => (m.Name, (string?)m.Value.GetRawText())))));
            f.Add($"{type}_each_text", 1, c => With(c, root =>
                SetResult.Pairs(c, Object(root, $"call {type}_each_text on").EnumerateObject().Select(m => (m.Name, AsText(m.Value))))));
        }

        f.Add("json_lines", 1, c => With(c, root => c.Return(
            "{" + string.Join(",\n ", root.EnumerateObject().Select(member => System.Text.Json.JsonSerializer.Serialize(member.Name, Relaxed) + ":" + member.Value.GetRawText())) + "}")));
        f.Add("jsonb_key", 1, c => c.ReturnBlob(JsonOrder.Key(c.Bytes(0))));
        f.Add("jsonb_cmp", 2, c => c.Return((long)JsonOrder.Compare(c.Bytes(0).ToArray(), c.Bytes(1).ToArray())));
        f.Add("jsonb_contains", 2, c => c.Return(Contains(c, 0, 1)));
        f.Add("jsonb_contained", 2, c => c.Return(Contains(c, 1, 0)));
        f.Add("jsonb_exists", 2, c => With(c, root => c.Return(Exists(root, c.Text(1)))));
        f.Add("jsonb_exists_any", 2, c => With(c, root => c.Return(Keys(c).Any(key => Exists(root, key)))));
        f.Add("jsonb_exists_all", 2, c => With(c, root => c.Return(Keys(c).All(key => Exists(root, key)))));
        f.Add("jsonb_pretty", 1, c => With(c, root =>
        {
            var output = new StringBuilder();
            Pretty(root, 0, output);
            c.Return(output.ToString());
        }));

        f.Add("jsonb_bool", 1, c => With(c, root => c.Return(root.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw CannotCast(root, "boolean"),
        })));
        foreach (var (name, type, range) in (ReadOnlySpan<(string, string, Func<long, long>)>)
            [("int2", "smallint", Integers.Int2), ("int4", "integer", Integers.Int4), ("int8", "bigint", Integers.Int8)])
        {
            f.Add($"jsonb_{name}", 1, c => With(c, root => c.Return(range(Number(root, type).ToInt64()))));
        }

        f.Add("jsonb_numeric", 1, c => With(c, root => Numerics.Return(c, Number(root, "numeric"))));
        f.Add("jsonb_float8", 1, c => With(c, root => c.Return(Number(root, "double precision").ToDouble())));
        f.Add("jsonb_float4", 1, c => With(c, root => c.Return((double)(float)Number(root, "real").ToDouble())));
    }

    public static JsonDocument Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text.ToArray(), Options);
        }
        catch (JsonException error)
        {
            throw new PgException(SqlStates.InvalidTextRepresentation, "invalid input syntax for type json", error);
        }
    }

    private static void With(Call c, Action<JsonElement> body)
    {
        using var document = Parse(c.Bytes(0));
        body(document.RootElement);
    }

    private static void Raw(Call c, JsonElement? value)
    {
        if (value is { } found) c.Return(found.GetRawText());
    }

    private static string? AsText(JsonElement? value) => value is not { } found ? null : found.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => found.GetString(),
        _ => found.GetRawText(),
    };

    private static JsonElement? Field(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var found) ? found : null;

    /// <param name="scalars">To jsonb a scalar is an array of one.</param>
    private static JsonElement? Element(JsonElement value, long index, bool scalars = false)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return scalars && (index is 0 or -1) && value.ValueKind != JsonValueKind.Object ? value : null;
        var length = value.GetArrayLength();
        if (index < 0) index += length;
        return index >= 0 && index < length ? value[(int)index] : null;
    }

    private static JsonElement? Path(JsonElement root, PgArray path)
    {
        JsonElement? value = root;
        for (var i = 0; i < path.Items.Length && value is { } current; i++)
        {
            if (path.Text(i) is not { } step) return null;
            value = current.ValueKind == JsonValueKind.Array
                ? int.TryParse(step, out var index) ? Element(current, index) : null
                : Field(current, step);
        }

        return value;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };

    private static JsonElement Array(JsonElement value, string verb) => value.ValueKind switch
    {
        JsonValueKind.Array => value,
        JsonValueKind.Object => throw new PgException(SqlStates.InvalidParameterValue,
            verb.StartsWith("get", StringComparison.Ordinal) ? $"cannot {verb} a non-array" : $"cannot {verb} an object"),
        _ => throw new PgException(SqlStates.InvalidParameterValue, $"cannot {verb} a scalar"),
    };

    private static JsonElement Object(JsonElement value, string verb) => value.ValueKind switch
    {
        JsonValueKind.Object => value,
        JsonValueKind.Array => throw new PgException(SqlStates.InvalidParameterValue, $"cannot {verb} an array"),
        _ => throw new PgException(SqlStates.InvalidParameterValue, $"cannot {verb} a scalar"),
    };

    private static PgException CannotCast(JsonElement value, string type) =>
        new(SqlStates.InvalidParameterValue, $"cannot cast jsonb {(value.ValueKind == JsonValueKind.Null ? "null" : TypeOf(value))} to type {type}");

    private static PgNumeric Number(JsonElement value, string type) => value.ValueKind == JsonValueKind.Number
        ? PgNumeric.Parse(value.GetRawText())
        : throw CannotCast(value, type);

    internal static IEnumerable<string> Keys(Call c)
    {
        var array = PgArray.Argument(c, 1);
        for (var i = 0; i < array.Items.Length; i++)
            if (array.Text(i) is { } key) yield return key;
    }

    private static bool Exists(JsonElement value, string key) => value.ValueKind switch
    {
        JsonValueKind.Object => value.TryGetProperty(key, out _),
        JsonValueKind.Array => value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals(key)),
        JsonValueKind.String => value.ValueEquals(key),
        _ => false,
    };

    private static bool Contains(Call c, int whole, int part)
    {
        using var left = Parse(c.Bytes(whole));
        using var right = Parse(c.Bytes(part));
        var (a, b) = (left.RootElement, right.RootElement);

        // An array may contain a scalar, at the top only.
        if (a.ValueKind == JsonValueKind.Array && b.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            return a.EnumerateArray().Any(item => Contains(item, b));
        return Contains(a, b);
    }

    private static bool Contains(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind) return false;
        return left.ValueKind switch
        {
            JsonValueKind.Object => right.EnumerateObject().All(m => left.TryGetProperty(m.Name, out var own) && Contains(own, m.Value)),
            JsonValueKind.Array => right.EnumerateArray().All(item => left.EnumerateArray().Any(own => Contains(own, item))),
            JsonValueKind.Number => PgNumeric.Parse(left.GetRawText()) == PgNumeric.Parse(right.GetRawText()),
            JsonValueKind.String => left.GetString() == right.GetString(),
            _ => true,
        };
    }

    private static string StripNulls(JsonElement value, bool binary)
    {
        var output = new StringBuilder();
        Write(value);
        return output.ToString();

        void Write(JsonElement node)
        {
            var first = true;
            switch (node.ValueKind)
            {
                case JsonValueKind.Object:
                    output.Append('{');
                    foreach (var member in node.EnumerateObject())
                    {
                        if (member.Value.ValueKind == JsonValueKind.Null) continue;
                        if (!first) output.Append(binary ? ", " : ",");
                        first = false;
                        JsonWriting.Quote(member.Name, output);
                        output.Append(binary ? ": " : ":");
                        Write(member.Value);
                    }

                    output.Append('}');
                    break;
                case JsonValueKind.Array:
                    output.Append('[');
                    foreach (var item in node.EnumerateArray())
                    {
                        if (!first) output.Append(binary ? ", " : ",");
                        first = false;
                        Write(item);
                    }

                    output.Append(']');
                    break;
                default:
                    output.Append(node.GetRawText());
                    break;
            }
        }
    }

    private static void Pretty(JsonElement value, int depth, StringBuilder output)
    {
        var (open, close) = value.ValueKind switch { JsonValueKind.Object => ('{', '}'), JsonValueKind.Array => ('[', ']'), _ => (' ', ' ') };
        if (open == ' ')
        {
            output.Append(value.GetRawText());
            return;
        }

        output.Append(open);
        var first = true;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Line(depth + 1);
                JsonWriting.Quote(member.Name, output);
                output.Append(": ");
                Pretty(member.Value, depth + 1, output);
            }
        }
        else
        {
            foreach (var item in value.EnumerateArray())
            {
                Line(depth + 1);
                Pretty(item, depth + 1, output);
            }
        }

        output.Append('\n').Append(' ', depth * 4).Append(close);

        void Line(int level)
        {
            output.Append(first ? "\n" : ",\n").Append(' ', level * 4);
            first = false;
        }
    }
}
