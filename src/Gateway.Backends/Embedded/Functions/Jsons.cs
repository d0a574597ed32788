using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>json and jsonb. A json value is its text; a jsonb value is its canonical text.</summary>
internal static class Jsons
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 6000 };

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

        f.Add("json_lines", 1, c => With(c, root => c.Return(
            "{" + string.Join(",\n ", root.EnumerateObject().Select(member => System.Text.Json.JsonSerializer.Serialize(member.Name, Relaxed) + ":" + member.Value.GetRawText())) + "}")));
        f.Stable("array_to_json", 1, c =>
        {
            var array = PgArray.Argument(c, 0);
            var json = new StringBuilder();
            WriteArray(array, 0, 0, json, c.Format, out _);
            c.Return(json.ToString());
        });

        f.Add("jsonb_key", 1, c => c.ReturnBlob(JsonOrder.Key(c.Bytes(0))));
        f.Add("jsonb_cmp", 2, c => c.Return((long)JsonOrder.Compare(c.Bytes(0).ToArray(), c.Bytes(1).ToArray())));
        f.Add("jsonb_contains", 2, c => c.Return(Contains(c, 0, 1)));
        f.Add("jsonb_contained", 2, c => c.Return(Contains(c, 1, 0)));
        f.Add("jsonb_exists", 2, c => With(c, root => c.Return(Exists(root, c.Text(1)))));
        f.Add("jsonb_exists_any", 2, c => With(c, root => c.Return(Keys(c).Any(key => Exists(root, key)))));
        f.Add("jsonb_exists_all", 2, c => With(c, root => c.Return(Keys(c).All(key => Exists(root, key)))));
        f.Add("jsonb_concat", 2, Concat);
        f.Add("jsonb_delete", 2, c => Edit(c, root => Delete(root, [c.Text(1)])));
        f.Add("jsonb_delete_array", 2, c => Edit(c, root => Delete(root, [.. Keys(c)])));
        f.Add("jsonb_delete_idx", 2, c => Edit(c, root => DeleteAt(root, c.Int(1))));
        f.Add("jsonb_delete_path", 2, c => Edit(c, root => DeletePath(root, [.. Keys(c)])));
        f.Add("jsonb_set", 3, c => Edit(c, root => Set(root, [.. Keys(c)], Node(c.Bytes(2)), true, insert: false, after: false)));
        f.Add("jsonb_set", 4, c => Edit(c, root => Set(root, [.. Keys(c)], Node(c.Bytes(2)), c.Bool(3), insert: false, after: false)));
        f.Loose("jsonb_set_lax", 5, SetLax);
        f.Loose("jsonb_assign", -1, c => Edit(c.IsNull(0) ? null : Node(c.Bytes(0)), c));
        f.Add("jsonb_insert", 3, c => Edit(c, root => Set(root, [.. Keys(c)], Node(c.Bytes(2)), true, insert: true, after: false)));
        f.Add("jsonb_insert", 4, c => Edit(c, root => Set(root, [.. Keys(c)], Node(c.Bytes(2)), true, insert: true, after: c.Bool(3))));
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

        f.Aggregate("json_list", 2, () => new Collected(JoinArray(false, ",")), strict: false);
        f.Aggregate("json_list_distinct", 2, () => new Collected(JoinArray(false, ","), distinct: true), strict: false);
        f.Aggregate("json_agg", 2, () => new Collected(JoinArray(false)), strict: false);
        f.Aggregate("jsonb_agg", 2, () => new Collected(JoinArray(true)), strict: false);
        f.Aggregate("json_agg_distinct", 2, () => new Collected(JoinArray(false), distinct: true), strict: false);
        f.Aggregate("jsonb_agg_distinct", 2, () => new Collected(JoinArray(true), distinct: true), strict: false);
        f.Aggregate("json_object_agg", 4, () => new Pairs(false), strict: false);
        f.Aggregate("jsonb_object_agg", 4, () => new Pairs(true), strict: false);
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

    private static IEnumerable<string> Keys(Call c)
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

    private static JsonNode? Node(ReadOnlySpan<byte> text) => JsonNode.Parse(text, documentOptions: Options);

    private static void Edit(Call c, Func<JsonNode?, JsonNode?> edit)
    {
        var edited = edit(Node(c.Bytes(0)));
        Built(c, edited is null ? "null" : edited.ToJsonString(), binary: true);
    }

    private static void Concat(Call c)
    {
        var (left, right) = (Node(c.Bytes(0)), Node(c.Bytes(1)));
        JsonNode result;
        if (left is JsonObject a && right is JsonObject b)
        {
            foreach (var (key, value) in b) a[key] = value?.DeepClone();
            result = a;
        }
        else
        {
            var items = new JsonArray();
            foreach (var side in (JsonNode?[])[left, right])
            {
                if (side is JsonArray array)
                {
                    foreach (var item in array) items.Add(item?.DeepClone());
                }
                else
                {
                    items.Add(side?.DeepClone());
                }
            }

            result = items;
        }

        Built(c, result.ToJsonString(), binary: true);
    }

    private static JsonNode? Delete(JsonNode? root, string[] keys)
    {
        switch (root)
        {
            case JsonObject members:
                foreach (var key in keys) members.Remove(key);
                return members;
            case JsonArray items:
                for (var i = items.Count - 1; i >= 0; i--)
                    if (items[i] is JsonValue value && value.GetValueKind() == JsonValueKind.String && keys.Contains(value.GetValue<string>())) items.RemoveAt(i);
                return items;
            default:
                throw new PgException(SqlStates.InvalidParameterValue, "cannot delete from scalar");
        }
    }

    private static JsonNode DeleteAt(JsonNode? root, long index)
    {
        if (root is JsonObject) throw new PgException(SqlStates.InvalidParameterValue, "cannot delete from object using integer index");
        if (root is not JsonArray items) throw new PgException(SqlStates.InvalidParameterValue, "cannot delete from scalar");
        if (index < 0) index += items.Count;
        if (index >= 0 && index < items.Count) items.RemoveAt((int)index);
        return items;
    }

    private static JsonNode? DeletePath(JsonNode? root, string[] path)
    {
        if (root is not (JsonObject or JsonArray)) throw new PgException(SqlStates.InvalidParameterValue, "cannot delete path in scalar");
        var parent = root;
        for (var i = 0; i < path.Length; i++)
        {
            var last = i == path.Length - 1;
            if (parent is JsonObject members)
            {
                if (last) members.Remove(path[i]);
                else if (!members.TryGetPropertyValue(path[i], out parent)) return root;
            }
            else if (parent is JsonArray items)
            {
                var index = Index(path[i], i, items.Count);
                if (index < 0 || index >= items.Count) return root;
                if (last) items.RemoveAt((int)index);
                else parent = items[(int)index];
            }
            else
            {
                return root;
            }
        }

        return root;
    }

    private static long Index(string step, int i, int count)
    {
        if (!int.TryParse(step, out var index))
            throw new PgException(SqlStates.InvalidTextRepresentation, $"path element at position {i + 1} is not an integer: \"{step}\"");
        return index < 0 ? (long)index + count : index;
    }

    private static JsonNode? Set(JsonNode? root, string[] path, JsonNode? value, bool create, bool insert, bool after)
    {
        if (root is not (JsonObject or JsonArray)) throw new PgException(SqlStates.InvalidParameterValue, "cannot set path in scalar");
        if (path.Length == 0) return root;
        var parent = root;
        for (var i = 0; i < path.Length; i++)
        {
            var last = i == path.Length - 1;
            if (parent is JsonObject members)
            {
                if (!last)
                {
                    if (!members.TryGetPropertyValue(path[i], out parent)) return root;
                    continue;
                }

                if (insert && members.ContainsKey(path[i])) throw new PgException(SqlStates.InvalidParameterValue, "cannot replace existing key");
                if (create || members.ContainsKey(path[i])) members[path[i]] = value;
            }
            else if (parent is JsonArray items)
            {
                var index = Index(path[i], i, items.Count);
                var inside = index >= 0 && index < items.Count;
                if (!last)
                {
                    if (!inside) return root;
                    parent = items[(int)index];
                    continue;
                }

                if (insert) items.Insert((int)Math.Clamp(index + (after ? 1 : 0), 0, items.Count), value);
                else if (inside) items[(int)index] = value;
                else if (create) items.Insert(index < 0 ? 0 : items.Count, value);
            }
            else
            {
                return root;
            }
        }

        return root;
    }

    private static void SetLax(Call c)
    {
        if (c.IsNull(0) || c.IsNull(1) || c.IsNull(3)) return;
        if (c.IsNull(4)) throw new PgException(SqlStates.InvalidParameterValue, "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"");
        if (!c.IsNull(2))
        {
            Edit(c, root => Set(root, [.. Keys(c)], Node(c.Bytes(2)), c.Bool(3), insert: false, after: false));
            return;
        }

        switch (c.Text(4))
        {
            case "use_json_null": Edit(c, root => Set(root, [.. Keys(c)], null, c.Bool(3), insert: false, after: false)); break;
            case "delete_key": Edit(c, root => DeletePath(root, [.. Keys(c)])); break;
            case "return_target": c.ReturnArgument(0); break;
            case "raise_exception":
                throw new PgException("22004", "JSON value must not be null")
                {
                    Detail = "Exception was raised because null_value_treatment is \"raise_exception\".",
                };
            default:
                throw new PgException(SqlStates.InvalidParameterValue, "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"");
        }
    }

    /// <summary>column['a'][1] = value: the document, the value, then the keys. What is missing on the way is made.</summary>
    private static void Edit(JsonNode? root, Call c)
    {
        for (var i = 2; i < c.Count; i++)
            if (c.IsNull(i)) throw new PgException("22004", "jsonb subscript in assignment must not be null");
        var value = c.IsNull(1) ? null : Node(c.Bytes(1));
        Built(c, (Assigned(root, 2, c.IsNull(0)) ?? JsonValue.Create((string?)null))?.ToJsonString() ?? "null", binary: true);

        JsonNode? Assigned(JsonNode? node, int i, bool isMissing)
        {
            if (i == c.Count) return value;
            var isIndex = c.Kind(i) == Native.Integer;
            var key = isIndex ? c.Int(i).ToString(System.Globalization.CultureInfo.InvariantCulture) : c.Text(i);
            if (isMissing) node = isIndex ? new JsonArray() : new JsonObject();
            switch (node)
            {
                case JsonObject members:
                    var known = members.TryGetPropertyValue(key, out var member);
                    members.Remove(key);
                    members[key] = Assigned(member, i + 1, !known);
                    return members;
                case JsonArray items:
                    if (!long.TryParse(key, out var index)) throw new PgException(SqlStates.InvalidTextRepresentation, $"path element at position {i - 1} is not an integer: \"{key}\"");
                    if (index < 0 && -index > items.Count) throw new PgException(SqlStates.InvalidParameterValue, $"path element at position {i - 1} is out of range: {index}");
                    if (index < 0) index += items.Count;
                    while (items.Count < index) items.Add(null);
                    if (index == items.Count)
                    {
                        items.Add(Assigned(null, i + 1, true));
                        return items;
                    }

                    var item = items[(int)index];
                    items[(int)index] = null;
                    items[(int)index] = Assigned(item, i + 1, false);
                    return items;
                default:
                    throw new PgException(SqlStates.InvalidParameterValue, "cannot replace existing key")
                    {
                        Detail = "The path assumes key is a composite object, but it is a scalar value.",
                    };
            }
        }
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
                        Quote(member.Name, output);
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
                Quote(member.Name, output);
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
