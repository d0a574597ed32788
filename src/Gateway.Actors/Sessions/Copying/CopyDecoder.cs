using Gateway.Protocol.Copy;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Makes rows of the bytes of a COPY FROM STDIN: the part of its flow between the client and the backend.</summary>
/// <param name="encoding">What text has to be converted from; null for UTF-8.</param>
/// <param name="maxRow">Bytes; a longer row is refused.</param>
internal sealed class CopyDecoder(
    CopyReader reader, FieldDecoder[] columns, Format format, FormatSettings settings, TextEncoding? encoding, RowBatches batches, int maxRow)
{
    private RowBatch _batch = batches.Take();
    private readonly CopyText? _text = encoding is not null && format == Format.Text ? new CopyText(encoding, reader) : null;
    private readonly ByteWriter? _binary = encoding is not null && format == Format.Binary ? new ByteWriter() : null;
    private long _unread;

    /// <summary>The line that is read now.</summary>
    public long Line => reader.Line;

    /// <summary>Rows that have been read.</summary>
    public long Rows { get; private set; }

    /// <summary>The batches that are full with this chunk; with the last one all that is left.</summary>
    public IEnumerable<RowBatch> Decode(CopyChunk chunk)
    {
        for (var goesOn = Take(chunk); goesOn; goesOn = TryRow())
            if (_batch.IsFull) yield return Next();
        if (_batch.Failure is not null || chunk.IsEnd) yield return Next();
    }

    private RowBatch Next()
    {
        var full = _batch;
        _batch = batches.Take();
        return full;
    }

    private bool Take(CopyChunk chunk)
    {
        try
        {
            if (chunk.IsEnd)
            {
                _text?.Complete();
                reader.Complete();
                return true;
            }

            _unread += chunk.Length;
            if (_unread > maxRow) throw new PgException(SqlStates.ProgramLimitExceeded, $"a row of more than {maxRow} bytes");
            if (_text is null) reader.Append(chunk.Span);
            else _text.Append(chunk.Span);
            return true;
        }
        catch (PgException error)
        {
            _batch.Failure = error;
            return false;
        }
        finally
        {
            chunk.Dispose();
        }
    }

    private ReadOnlySpan<byte> Converted(FieldDecoder column, ReadOnlySpan<byte> field)
    {
        _binary!.Clear();
        encoding!.FromClient(column.Codec, isBinary: true, field, _binary);
        return _binary.WrittenSpan;
    }

    private bool TryRow()
    {
        // What the reader itself finds wrong has its place already.
        var decoding = -1;
        try
        {
            if (!reader.TryReadRow()) return false;
            _unread = 0;
            for (var column = 0; column < columns.Length; column++, decoding = -1)
            {
                if (reader.IsNull(column))
                {
                    columns[column].AddNull(_batch.Values);
                    continue;
                }

                var field = reader.Field(column);
                decoding = column;
                if (_binary is not null) field = Converted(columns[column], field);
                columns[column].Add(field, format, settings, _batch.Values);
            }

            _batch.EndRow(reader.Line, reader.RowText);
            Rows++;
            return true;
        }
        catch (PgException error)
        {
            _batch.Failure = decoding < 0 ? error : reader.Locate(error, decoding);
            return false;
        }
    }
}
