using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Values on their way to the server: each as the text of its type, which stands in the statement as a cast.</summary>
internal static class AdoParameters
{
    public static void Bind(DbCommand command, ImmutableArray<Input> inputs, ValueList values, FormatSettings format)
    {
        if (inputs.IsEmpty) return;

        var settings = FormatFor(format);
        using var text = new ByteWriter();
        for (var i = 0; i < inputs.Length; i++)
        {
            var index = inputs[i].Number - 1;
            command.Parameters[i].Value = values.IsNull(index) ? DBNull.Value : Text(values, index, inputs[i].Type.Oid, settings, text);
        }
    }

    /// <summary>ISO dates and plain numbers read the same whatever the server is set to; only intervals do not.</summary>
    public static FormatSettings FormatFor(FormatSettings session) =>
        session.IntervalStyle == "postgres" ? FormatSettings.Default : FormatSettings.Default with { IntervalStyle = session.IntervalStyle };

    private static string Text(ValueList values, int index, uint type, FormatSettings settings, ByteWriter text)
    {
        text.Clear();
        Encode(values, index, type, settings, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static void Encode(ValueList values, int index, uint type, FormatSettings settings, ByteWriter text)
    {
        switch (Codecs.Get(type))
        {
            case Int64Codec codec: codec.EncodeText(values.GetInt64(index), settings, text); break;
            case Float64Codec codec: codec.EncodeText(values.GetFloat64(index), settings, text); break;
            case SpanCodec codec: codec.EncodeText(values.GetSpan(index), settings, text); break;
        }
    }
}
