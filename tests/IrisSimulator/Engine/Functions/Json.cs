using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IrisSimulator.Engine.Functions;

/// <summary>The JSON functions of section 11. Values travel as JSON text.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Is(string text, string kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var found = document.RootElement.ValueKind;
            return kind switch
            {
                "Object" => found == JsonValueKind.Object,
                "Array" => found == JsonValueKind.Array,
                "Scalar" => found is not (JsonValueKind.Object or JsonValueKind.Array),
                _ => true,
            };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>JSON text of a logical value; <paramref name="kind"/> is number, json or text.</summary>
    public static string? Scalar(string? text, string kind) => text is null ? null : kind switch
    {
        "number" => text.StartsWith('.') ? "0" + text : text.StartsWith("-.", StringComparison.Ordinal) ? "-0" + text[1..] : text,
        "json" => text,
        // The empty string is $CHAR(0) inside the server, and JSON shows it.
        _ => text.Length == 0 ? "\"\\u0000\"" : JsonSerializer.Serialize(text, Plain),
    };

    /// <summary>"absent" or "null", then key, JSON value, key, JSON value…</summary>
    public static string Object(object?[] a)
    {
        var pairs = new List<string>();
        for (var i = 1; i + 1 < a.Length; i += 2)
            if (a[i + 1] is not null || (string)a[0]! == "null")
                pairs.Add(JsonSerializer.Serialize((string?)a[i] ?? "", Plain) + ":" + ((string?)a[i + 1] ?? "null"));
        return "{" + string.Join(',', pairs) + "}";
    }

    public static string Array(object?[] a) =>
        "[" + string.Join(',', a.Skip(1).Where(item => item is not null || (string)a[0]! == "null").Select(item => (string?)item ?? "null")) + "]";

    /// <summary>The items a row path finds, as a JSON array. Only $, .name, [n] and [*] are read.</summary>
    public static string Rows(string json, string path)
    {
        JsonNode? root;
        try { root = JsonNode.Parse(json); }
        catch (JsonException error) { throw Fail.With(-400, $"<ILLEGAL VALUE> {error.Message}"); }
        return new JsonArray(Find([root], path).Select(node => node?.DeepClone()).ToArray()).ToJsonString(Plain);
    }

    public static string? Field(string json, string path)
    {
        var found = Find([JsonNode.Parse(json)], path).FirstOrDefault();
        return found switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value when value.TryGetValue<bool>(out var flag) => flag ? "1" : "0",
            _ => found.ToJsonString(Plain),
        };
    }

    private static IEnumerable<JsonNode?> Find(IEnumerable<JsonNode?> nodes, string path)
    {
        path = path.Trim();
        if (!path.StartsWith('$')) throw Fail.With(-1, $"Invalid JSON path '{path}'");
        for (var i = 1; i < path.Length;)
        {
            if (path[i] == '.')
            {
                var from = ++i;
                while (i < path.Length && (char.IsLetterOrDigit(path[i]) || path[i] == '_')) i++;
                var name = path[from..i];
                nodes = name == ""
                    ? throw Fail.NotSimulated($"the JSON path '{path}'")
                    : nodes.OfType<JsonObject>().Where(o => o.ContainsKey(name)).Select(o => o[name]).ToList();
            }
            else if (path[i] == '[' && path.IndexOf(']', i) is > 0 and var end)
            {
                var index = path[(i + 1)..end].Trim();
                nodes = index == "*" ? nodes.OfType<JsonArray>().SelectMany(n => n).ToList()
                    : int.TryParse(index, out var at) ? nodes.OfType<JsonArray>().Where(n => at < n.Count).Select(n => n[at]).ToList()
                    : throw Fail.NotSimulated($"the JSON path '{path}'");
                i = end + 1;
            }
            else if (path[i] == ' ') i++;
            else throw Fail.NotSimulated($"the JSON path '{path}'");
        }
        return nodes;
    }
}
