using Gateway.Backends;
using Gateway.Types;

namespace Gateway.Actors.Statements;

internal static class ColumnOutput
{
    /// <summary>Appends a value of the current row as its column's codec writes it: its bytes only.</summary>
    /// <returns>False for NULL, of which nothing is written.</returns>
    public static bool TryEncode(this Codec column, IExecution row, int i, bool isBinary, FormatSettings settings, ByteWriter output)
    {
        if (column is Int64Codec whole)
        {
            if (!row.TryGetInt64(i, out var number)) return false;
            if (isBinary) whole.EncodeBinary(number, output);
            else whole.EncodeText(number, settings, output);
            return true;
        }

        if (row.IsNull(i)) return false;
        switch (column)
        {
            case Float64Codec codec when isBinary: codec.EncodeBinary(row.GetFloat64(i), output); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(i), settings, output); break;
            case SpanCodec codec when isBinary: codec.EncodeBinary(row.GetSpan(i), output); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(i), settings, output); break;
        }

        return true;
    }
}
