using System.Collections.Concurrent;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions.JsonPaths;

/// <summary>jsonb_path_query and its kin, @? and @@: target, path, variables, and whether errors are silent.</summary>
internal static class JsonPathFunctions
{
    // As for regular expressions: a path is usually a constant, and the bound keeps hostile ones from filling memory.
    private const int CacheLimit = 500;
    private static readonly ConcurrentDictionary<string, JsonPath> Cache = new();

    public static void AddTo(FunctionTable f)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "_tz"])
        {
            f.Add("jsonb_path_exists" + suffix, 4, c => Run(c, c.Bool(3), found => c.Return(found.Count > 0)));
            f.Add("jsonb_path_match" + suffix, 4, c => Match(c, c.Bool(3)));
            f.Add("jsonb_path_query" + suffix, 4, c => Run(c, c.Bool(3), found => SetResult.Texts(c, found.Select(Text)), SetResultEmpty));
            f.Add("jsonb_path_query_array" + suffix, 4, c => Run(c, c.Bool(3), found => c.Return($"[{string.Join(", ", found.Select(Text))}]"), call => call.ReturnText("[]"u8)));
            f.Add("jsonb_path_query_first" + suffix, 4, c => Run(c, c.Bool(3), found => c.Return(found.Select(Text).FirstOrDefault())));
        }

        f.Add("jsonb_path_exists_opr", 2, c => Run(c, true, found => c.Return(found.Count > 0)));
        f.Add("jsonb_path_match_opr", 2, c => Match(c, true));
    }

    private static void SetResultEmpty(Call c) => c.ReturnText("[]"u8);

    private static string? Text(JsonElement value)
    {
        using var writer = new ByteWriter();
        JsonbText.Canonicalize(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), writer);
        return System.Text.Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    private static void Run(Call c, bool silent, Action<List<JsonElement>> result, Action<Call>? failed = null)
    {
        using var target = Jsons.Parse(c.Bytes(0));
        using var variables = c.Count > 2 ? Jsons.Parse(c.Bytes(2)) : null;
        List<JsonElement> found;
        try
        {
            found = new PathEvaluation(Path(c.Text(1)), target.RootElement, variables?.RootElement).Run();
        }
        catch (PgException error) when (silent && error.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            failed?.Invoke(c);
            return;
        }

        result(found);
    }

    private static void Match(Call c, bool silent) => Run(c, silent, found =>
    {
        if (found is [{ ValueKind: JsonValueKind.True or JsonValueKind.False } only]) c.Return(only.GetBoolean());
        else if (!silent && found is not [{ ValueKind: JsonValueKind.Null }]) throw new PgException("22038", "single boolean result is expected");
    });

    private static JsonPath Path(string text)
    {
        if (Cache.TryGetValue(text, out var known)) return known;
        if (Cache.Count >= CacheLimit) Cache.Clear();
        return Cache[text] = PathParser.Parse(text);
    }
}
