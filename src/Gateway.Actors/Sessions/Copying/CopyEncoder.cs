using Gateway.Actors.Statements;
using Gateway.Backends;
using Gateway.Protocol.Copy;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Writes rows as CopyData messages, one each, from carrier to wire.</summary>
/// <param name="encoding">What the client wants text in; null for UTF-8.</param>
internal sealed class CopyEncoder(CopyWriter writer, Codec[] codecs, CopyOptions options, TextEncoding? encoding)
{
    private readonly bool _isBinary = options.IsBinary;

    // Columns in which nothing is ever escaped.
    private readonly bool[] _asItIs = Array.ConvertAll(codecs, codec => writer.TakesNumbersAsTheyAre && codec is IntegerCodec);
    private bool _hasStart;

    /// <summary>The header of the text formats is a message of its own, that of the binary format begins the first one.</summary>
    public void Start(ByteWriter output)
    {
        if (options.Header == CopyHeader.Off) return;
        var before = output.Length;
        try
        {
            var start = Begin(output);
            if (encoding is not null) Convert(start, hadStart: true, output);
            End(start, output);
        }
        catch
        {
            output.Truncate(before);
            throw;
        }
    }

    private void Convert(int start, bool hadStart, ByteWriter output)
    {
        var body = start + sizeof(int);
        if (_isBinary) encoding!.ToClient(output, hadStart ? body : body + CopyWriter.BinaryStart, codecs, static _ => true);
        else encoding!.ToClient(output, body);
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
            if (encoding is not null) Convert(start, hadStart, output);
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
