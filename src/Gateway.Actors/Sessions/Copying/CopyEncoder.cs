using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Writes rows as CopyData messages, one each, from carrier to wire.</summary>
internal sealed class CopyEncoder(CopyWriter writer, Codec[] codecs, CopyOptions options)
{
    private readonly bool _isBinary = options.IsBinary;

    // Columns in which nothing is ever escaped.
    private readonly bool[] _asItIs = Array.ConvertAll(codecs, codec => writer.TakesNumbersAsTheyAre && codec is IntegerCodec);
    private bool _hasStart;

    /// <summary>The header of the text formats is a message of its own, that of the binary format begins the first one.</summary>
    public void Start(ByteWriter output)
    {
        if (options.Header == CopyHeader.Off) return;
        var start = Begin(output);
        End(start, output);
    }

    public void Row(IExecution row, FormatSettings settings, ByteWriter output)
    {
        var before = output.Length;
        var hadStart = _hasStart;
        try
        {
            var start = Begin(output);
            writer.BeginRow(output);
            for (var i = 0; i < codecs.Length; i++)
            {
                var field = writer.BeginField(output);
                if (!codecs[i].TryEncode(row, i, _isBinary, settings, output)) writer.Null(output, field);
                else if (!_asItIs[i]) writer.EndField(output, field);
            }

            writer.EndRow(output);
            End(start, output);
        }
        catch
        {
            // Half a row would make nonsense of every message behind it.
            output.Truncate(before);
            _hasStart = hadStart;
            throw;
        }
    }

    public void End(ByteWriter output)
    {
        if (!_isBinary) return;
        var start = Begin(output);
        writer.End(output);
        End(start, output);
    }

    private int Begin(ByteWriter output)
    {
        output.Byte(BackendCode.CopyData);
        var start = output.ReserveInt32();
        if (!_hasStart) writer.Start(output);
        _hasStart = true;
        return start;
    }

    private static void End(int start, ByteWriter output) => output.PatchInt32(start, output.Length - start);
}
