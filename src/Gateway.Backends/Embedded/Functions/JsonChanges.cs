using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>One jsonb made of another: concatenation, deletion, jsonb_set and subscripted assignment.</summary>
internal static class JsonChanges
{
    public static void AddTo(FunctionTable f)
    {
        f.Add("jsonb_concat", 2, Concat);
        f.Add("jsonb_delete", 2, c => Edit(c, root => Delete(root, [c.Text(1)])));
        f.Add("jsonb_delete_array", 2, c => Edit(c, root => Delete(root, [.. Jsons.Keys(c)])));
        f.Add("jsonb_delete_idx", 2, c => Edit(c, root => DeleteAt(root, c.Int(1))));
        f.Add("jsonb_delete_path", 2, c => Edit(c, root => DeletePath(root, [.. Jsons.Keys(c)])));
        f.Add("jsonb_set", 3, c => Edit(c, root => Set(root, [.. Jsons.Keys(c)], Node(c.Bytes(2)), true, insert: false, after: false)));
        f.Add("jsonb_set", 4, c => Edit(c, root => Set(root, [.. Jsons.Keys(c)], Node(c.Bytes(2)), c.Bool(3), insert: false, after: false)));
        f.Loose("jsonb_set_lax", 5, SetLax);
        f.Loose("jsonb_assign", -1, c => Edit(c.IsNull(0) ? null : Node(c.Bytes(0)), c));
        f.Add("jsonb_insert", 3, c => Edit(c, root => Set(root, [.. Jsons.Keys(c)], Node(c.Bytes(2)), true, insert: true, after: false)));
        f.Add("jsonb_insert", 4, c => Edit(c, root => Set(root, [.. Jsons.Keys(c)], Node(c.Bytes(2)), true, insert: true, after: c.Bool(3))));
    }

    private static JsonNode? Node(ReadOnlySpan<byte> text) => JsonNode.Parse(text, documentOptions: Jsons.Options);

    private static void Edit(Call c, Func<JsonNode?, JsonNode?> edit)
    {
        var edited = edit(Node(c.Bytes(0)));
        JsonWriting.Built(c, edited is null ? "null" : edited.ToJsonString(), binary: true);
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

        JsonWriting.Built(c, result.ToJsonString(), binary: true);
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
            Edit(c, root => Set(root, [.. Jsons.Keys(c)], Node(c.Bytes(2)), c.Bool(3), insert: false, after: false));
            return;
        }

        switch (c.Text(4))
        {
            case "use_json_null": Edit(c, root => Set(root, [.. Jsons.Keys(c)], null, c.Bool(3), insert: false, after: false)); break;
            case "delete_key": Edit(c, root => DeletePath(root, [.. Jsons.Keys(c)])); break;
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
        JsonWriting.Built(c, (Assigned(root, 2, c.IsNull(0)) ?? JsonValue.Create((string?)null))?.ToJsonString() ?? "null", binary: true);

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
}
