using System.Text;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>Rows that have been read and go to the backend together, with the lines they came from. Used again and again.</summary>
internal sealed class RowBatch
{
    // PostgreSQL's own limits of a batch (copyfrom.c), on which the order of errors depends: MAX_BUFFERED_TUPLES and _BYTES.
    private const int MaxRows = 1000;
    private const int MaxBytes = 65535;

    private const int MaxHeld = 4 * MaxBytes;

    private readonly ByteWriter _texts = new();
    private readonly List<(long Line, int TextEnd)> _lines = [];

    /// <summary>Row after row.</summary>
    public ValueList Values { get; } = new();

    public int Count => _lines.Count;

    /// <summary>Bytes are counted as PostgreSQL does, in lines; where there are none, or little stands in many columns, by what is held.</summary>
    public bool IsFull => Count >= MaxRows || _texts.Length >= MaxBytes || Values.ByteLength >= MaxHeld;

    /// <summary>Why no row follows.</summary>
    public PgException? Failure { get; set; }

    /// <param name="text">The line as it came, for error messages; empty for binary.</param>
    public void EndRow(long line, ReadOnlySpan<byte> text)
    {
        _texts.Bytes(text);
        _lines.Add((line, _texts.Length));
    }

    public long Line(int row) => _lines[row].Line;

    public ReadOnlySpan<byte> Text(int row)
    {
        var start = row == 0 ? 0 : _lines[row - 1].TextEnd;
        return _texts.WrittenSpan[start.._lines[row].TextEnd];
    }

    public void Clear()
    {
        if (Values.ByteLength > MaxHeld) Values.Dispose();
        Values.Clear();
        _texts.Clear();
        _lines.Clear();
        Failure = null;
    }

    public void Release()
    {
        Values.Dispose();
        _texts.Dispose();
    }
}
