using System.Buffers;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Rows that travel as one value: JSON in the form of <see cref="SetResult"/>, which json_each takes apart.</summary>
internal static class Rows
{
    public static void AddTo(FunctionTable f)
    {
        f.Loose("pack", -1, c => SetResult.Row(c));
        f.Loose("zip", -1, Zip);
        f.Loose("raise", 2, c => throw new PgException(c.Text(0), c.Text(1)), immutable: false);
        f.Aggregate("rows", -1, () => new Collector(), strict: false);
        f.Aggregate("first", 1, () => new First(), strict: false);
    }

    /// <summary>Sets side by side: row i holds element i of each, or null behind its end.</summary>
    private static void Zip(Call c)
    {
        var documents = new List<JsonDocument>();
        try
        {
            var sets = new List<JsonElement[]>();
            for (var i = 0; i < c.Count; i++)
            {
                if (c.IsNull(i))
                {
                    sets.Add([]);
                    continue;
                }

                documents.Add(JsonDocument.Parse(c.Bytes(i).ToArray(), new JsonDocumentOptions { MaxDepth = 6000 }));
                sets.Add([.. documents[^1].RootElement.EnumerateArray()]);
            }

            var output = new ArrayBufferWriter<byte>(256);
            using (var json = new Utf8JsonWriter(output, SetResult.Options))
            {
                json.WriteStartArray();
                for (var row = 0; row < sets.Max(set => set.Length); row++)
                {
                    json.WriteStartArray();
                    foreach (var set in sets)
                        if (row < set.Length) json.WriteRawValue(set[row].GetRawText(), skipInputValidation: true);
                        else json.WriteNullValue();
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            c.ReturnText(output.WrittenSpan);
        }
        finally
        {
            foreach (var document in documents) document.Dispose();
        }
    }

    /// <summary>All rows of a query: values of a single column, else arrays.</summary>
    private sealed class Collector : Accumulator
    {
        private readonly ArrayBufferWriter<byte> _output = new(256);
        private Utf8JsonWriter? _json;

        public override void Step(Call c)
        {
            if (_json is null)
            {
                _json = new Utf8JsonWriter(_output, SetResult.Options);
                _json.WriteStartArray();
            }

            if (c.Count > 1) _json.WriteStartArray();
            for (var i = 0; i < c.Count; i++) SetResult.Raw(_json, c, i);
            if (c.Count > 1) _json.WriteEndArray();
            SetResult.CheckSize(_json);
        }

        public override void Inverse(Call c) => throw new NotSupportedException();

        public override void Result(Call c)
        {
            if (_json is null)
            {
                c.ReturnText("[]"u8);
                return;
            }

            _json.WriteEndArray();
            _json.Flush();
            c.ReturnText(_output.WrittenSpan);
        }

        public override void Release() => _json?.Dispose();
    }

    /// <summary>The first value of a group, NULL included.</summary>
    private sealed class First : Accumulator
    {
        private nint _value;

        public override void Step(Call c)
        {
            if (_value == 0) _value = Native.sqlite3_value_dup(c.Raw(0));
        }

        public override void Inverse(Call c) => throw new NotSupportedException();

        public override void Result(Call c)
        {
            if (_value != 0) c.ReturnRaw(_value);
        }

        public override void Release()
        {
            if (_value != 0) Native.sqlite3_value_free(_value);
            _value = 0;
        }
    }
}
