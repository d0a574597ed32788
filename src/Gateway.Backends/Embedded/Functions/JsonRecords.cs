using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>json_to_record and json_to_recordset: the value, then name and type OID of each column.</summary>
internal static class JsonRecords
{
    public static void AddTo(FunctionTable f)
    {
        foreach (var type in (ReadOnlySpan<string>)["json", "jsonb"])
        {
            f.Add($"{type}_to_record", -1, c => Rows(c, root => root.ValueKind == JsonValueKind.Object
                ? [root]
                : throw new PgException(SqlStates.InvalidParameterValue, $"cannot call populate_composite on {Kind(root)}")));
            f.Add($"{type}_to_recordset", -1, c => Rows(c, root => root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray()
                : throw new PgException(SqlStates.InvalidParameterValue, $"cannot call {type}_to_recordset on {(root.ValueKind == JsonValueKind.Object ? "an object" : "a scalar")}")));
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind == JsonValueKind.Array ? "an array" : "a scalar";

    private static void Rows(Call c, Func<JsonElement, IEnumerable<JsonElement>> rows)
    {
        using var document = Jsons.Parse(c.Bytes(0));
        SetResult.Rows(c, rows(document.RootElement).Select(row =>
        {
            var values = new Datum[(c.Count - 1) / 2];
            for (var i = 0; i < values.Length; i++)
                values[i] = row.ValueKind != JsonValueKind.Object
                    ? throw new PgException(SqlStates.InvalidParameterValue, "argument of json_to_recordset must be an array of objects")
                    : row.TryGetProperty(c.Text((i * 2) + 1), out var member) ? Value(member, c.Oid((i * 2) + 2), c.Format) : Datum.Null;
            return values;
        }));
    }

    /// <summary>A JSON value as one of a PostgreSQL type: by its text, arrays element by element.</summary>
    private static Datum Value(JsonElement value, uint type, FormatSettings settings)
    {
        if (value.ValueKind == JsonValueKind.Null) return Datum.Null;
        if (type is Oids.Json) return Datum.Of(value.GetRawText());
        if (PgTypes.Find(type) is { IsArray: true, ElementOid: var element } && value.ValueKind == JsonValueKind.Array)
        {
            using var binary = new ByteWriter();
            Array(value, element, settings).Write(binary);
            return new Datum(Carrier.Bytes, false, 0, 0, binary.WrittenSpan.ToArray());
        }

        var text = value.ValueKind == JsonValueKind.String && type != Oids.Jsonb ? value.GetString()! : value.GetRawText();
        return Datum.FromText(type, System.Text.Encoding.UTF8.GetBytes(text), settings);
    }

    private static PgArray Array(JsonElement value, uint element, FormatSettings settings)
    {
        var lengths = new List<int>();
        for (var level = value; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            lengths.Add(level.GetArrayLength());
            if (lengths[^1] == 0) return PgArray.Empty(element);
        }

        var items = new List<byte[]?>();
        Collect(value, 0);
        return new PgArray(element, [.. lengths], [.. lengths.Select(_ => 1)], [.. items]);

        void Collect(JsonElement node, int depth)
        {
            if (depth == lengths.Count)
            {
                items.Add(PgArray.Binary(element, Value(node, element, settings)));
                return;
            }

            if (node.ValueKind != JsonValueKind.Array) throw new PgException(SqlStates.InvalidTextRepresentation, "expected JSON array");
            if (node.GetArrayLength() != lengths[depth])
                throw new PgException(SqlStates.InvalidTextRepresentation, "malformed JSON array")
                {
                    Detail = "Multidimensional arrays must have sub-arrays with matching dimensions.",
                };
            foreach (var item in node.EnumerateArray()) Collect(item, depth + 1);
        }
    }
}
