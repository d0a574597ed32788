using System.Text;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

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

    public static string[] Of(sqlite3_value[] values, IReadOnlyList<ColumnInfo> columns)
    {
        using var buffer = new ByteWriter();
        var texts = new string[columns.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (raw.sqlite3_value_type(values[i]) == raw.SQLITE_NULL)
            {
                texts[i] = "null";
                continue;
            }

            buffer.Clear();
            switch (Codecs.Get(columns[i].Type.Oid))
            {
                case Int64Codec codec:
                    codec.EncodeText(raw.sqlite3_value_int64(values[i]), FormatSettings.Default, buffer);
                    break;
                case Float64Codec codec:
                    codec.EncodeText(raw.sqlite3_value_double(values[i]), FormatSettings.Default, buffer);
                    break;
                case SpanCodec codec:
                    codec.EncodeText(raw.sqlite3_value_blob(values[i]), FormatSettings.Default, buffer);
                    break;
            }

            texts[i] = Encoding.UTF8.GetString(buffer.WrittenSpan);
        }

        return texts;
    }
}
