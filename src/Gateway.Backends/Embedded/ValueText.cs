using System.Text;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>Values as the DETAIL of an error shows them.</summary>
internal static class ValueText
{
    public static string[] Of(PreparedStatement row, IReadOnlyList<ColumnInfo> columns, int first)
    {
        using var buffer = new ByteWriter();
        var texts = new string[columns.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (row.IsNull(first + i))
            {
                texts[i] = "null";
                continue;
            }

            buffer.Clear();
            switch (Codecs.Get(columns[i].Type.Oid))
            {
                case Int64Codec codec:
                    codec.EncodeText(row.GetInt64(first + i), FormatSettings.Default, buffer);
                    break;
                case Float64Codec codec:
                    codec.EncodeText(row.GetFloat64(first + i), FormatSettings.Default, buffer);
                    break;
                case SpanCodec codec:
                    codec.EncodeText(row.GetSpan(first + i), FormatSettings.Default, buffer);
                    break;
            }

            texts[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }

        return texts;
    }
}
