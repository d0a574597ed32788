using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Statements;

internal static class ColumnOutput
{
    /// <summary>Appends a value of the current row, which is not NULL, as its column's codec writes it: its bytes only.</summary>
    public static void Encode(this Codec column, IExecution row, int i, bool isBinary, FormatSettings settings, ByteWriter output)
    {
        switch (column)
        {
            case Int64Codec codec when isBinary: codec.EncodeBinary(row.GetInt64(i), output); break;
            case Int64Codec codec: codec.EncodeText(row.GetInt64(i), settings, output); break;
            case Float64Codec codec when isBinary: codec.EncodeBinary(row.GetFloat64(i), output); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(i), settings, output); break;
            case SpanCodec codec when isBinary: codec.EncodeBinary(row.GetSpan(i), output); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(i), settings, output); break;
        }
    }
}
