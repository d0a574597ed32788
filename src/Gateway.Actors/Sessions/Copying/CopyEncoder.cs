using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Writes rows as CopyData messages, one each, from carrier to wire.</summary>
internal sealed class CopyEncoder(CopyWriter writer, Codec[] codecs, bool isBinary) : IDisposable
{
    private readonly ByteWriter _value = new();

    public void Start(ByteWriter output)
    {
        var start = Begin(output);
        writer.Start(output);
        End(start, output);
    }

    public void Row(IExecution row, FormatSettings settings, ByteWriter output)
    {
        var start = Begin(output);
        try
        {
            writer.BeginRow(output);
            for (var i = 0; i < codecs.Length; i++)
            {
                if (row.IsNull(i))
                {
                    writer.Null(output);
                    continue;
                }

                _value.Clear();
                Encode(row, i, settings);
                writer.Field(_value.WrittenSpan, output);
            }

            writer.EndRow(output);
        }
        catch
        {
            // Half a row would make nonsense of every message behind it.
            output.Truncate(start - 1);
            throw;
        }

        End(start, output);
    }

    public void End(ByteWriter output)
    {
        var start = Begin(output);
        writer.End(output);
        End(start, output);
    }

    public void Dispose() => _value.Dispose();

    private static int Begin(ByteWriter output)
    {
        output.Byte(BackendCode.CopyData);
        return output.ReserveInt32();
    }

    // A header that is not asked for leaves no message.
    private static void End(int start, ByteWriter output)
    {
        if (output.Length == start + sizeof(int)) output.Truncate(start - 1);
        else output.PatchInt32(start, output.Length - start);
    }

    private void Encode(IExecution row, int i, FormatSettings settings)
    {
        switch (codecs[i])
        {
            case Int64Codec codec when isBinary: codec.EncodeBinary(row.GetInt64(i), _value); break;
            case Int64Codec codec: codec.EncodeText(row.GetInt64(i), settings, _value); break;
            case Float64Codec codec when isBinary: codec.EncodeBinary(row.GetFloat64(i), _value); break;
            case Float64Codec codec: codec.EncodeText(row.GetFloat64(i), settings, _value); break;
            case SpanCodec codec when isBinary: codec.EncodeBinary(row.GetSpan(i), _value); break;
            case SpanCodec codec: codec.EncodeText(row.GetSpan(i), settings, _value); break;
        }
    }
}
