using Gateway.Backends;
using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Actors.Statements;

/// <summary>Writes rows of one result in one choice of formats, from carrier to wire, without boxing or allocating.</summary>
public sealed class RowEncoder
{
    private readonly Codec[] _codecs;
    private readonly Format[] _formats;
    private readonly Func<int, bool> _isBinary;

    public RowEncoder(Codec[] codecs, FieldDescription[] fields, Func<int, Format> format)
    {
        _codecs = codecs;
        _formats = [.. Enumerable.Range(0, codecs.Length).Select(format)];
        _isBinary = i => _formats[i] == Format.Binary;
        Fields = [.. fields.Select((field, i) => field with { Format = _formats[i] })];
    }

    /// <summary>For RowDescription.</summary>
    public FieldDescription[] Fields { get; }

    /// <summary>Appends one DataRow: 'D' | Int32 length | Int16 columns | (Int32 length, -1 for NULL | bytes) each.</summary>
    public void Encode(IExecution row, FormatSettings settings, ByteWriter output)
    {
        var before = output.Length;
        try
        {
            output.Byte(BackendCode.DataRow);
            var start = output.ReserveInt32();
            output.Int16((short)_codecs.Length);
            for (var i = 0; i < _codecs.Length; i++)
            {
                var length = output.ReserveInt32();
                var isThere = _codecs[i].TryEncode(row, i, _formats[i] == Format.Binary, settings, output);
                output.PatchInt32(length, isThere ? output.Length - length - sizeof(int) : -1);
            }

            if (settings.Encoding is { } encoding) encoding.ToClient(output, start + sizeof(int), _codecs, _isBinary);
            output.PatchInt32(start, output.Length - start);
        }
        catch
        {
            // Half a row would make nonsense of every message behind it.
            output.Truncate(before);
            throw;
        }
    }
}
