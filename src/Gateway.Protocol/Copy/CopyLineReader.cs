using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>What text and CSV have in common: lines with one kind of end, the \. that ends the data, the header line.</summary>
/// <remarks>A line that is not all there is gone on with where it stopped: no byte is looked at twice.</remarks>
internal abstract class CopyLineReader(CopyOptions options, string relation, IReadOnlyList<string> columns)
    : CopyReader(relation, columns)
{
    private enum LineEnd
    {
        Unknown,
        Newline,
        Return,
        ReturnNewline,
    }

    private protected enum Scanned
    {
        NeedsData,

        /// <summary>The line ends at <see cref="At"/>.</summary>
        Line,

        /// <summary>The data ends at <see cref="At"/>; what comes behind \. is not looked at.</summary>
        EndMarker,

        /// <summary>\. that is data.</summary>
        NoMarker,
    }

    private readonly byte[] _null = options.Null;
    private CopyHeader _header = options.Header;
    private LineEnd _lineEnd;
    private bool _inLine;
    private bool _isLast;
    private int _valid;
    private bool _isBroken;
    private PgException? _failure;
    private int _lineLength;
    private int _consumed;
    private int _next;
    private int _fieldStart;
    private bool _isEscaped;

    public sealed override ReadOnlySpan<byte> RowText => Buffer.Span[..Math.Min(_lineLength, Buffer.Length)];

    private protected CopyOptions Options => options;

    private protected bool IsCsv => options.Format == CopyFormat.Csv;

    private protected ReadOnlySpan<byte> NullText => _null;

    /// <summary>The next byte of the line to be looked at.</summary>
    private protected int At { get; set; }

    private protected int FieldStart => _fieldStart;

    /// <summary>The byte by which physical lines within a value are counted.</summary>
    private protected byte CountedEnd => _lineEnd == LineEnd.Newline ? (byte)'\n' : (byte)'\r';

    /// <summary>Nothing follows the bytes that are here.</summary>
    private protected bool IsAllHere => IsComplete && _valid == Buffer.Length && !_isBroken;

    private protected sealed override PgException Ending(int column) => InRow(CopyErrors.Missing(Columns[column]));

    public sealed override void Fail(PgException error)
    {
        _failure ??= error;
        _isBroken = true;
    }

    private protected sealed override void Appended()
    {
        if (_isBroken) return;
        _valid += CopyUtf8.ValidLength(Buffer.Span[_valid..]);
        _isBroken = _valid < Buffer.Length && !CopyUtf8.IsUnfinished(Buffer.Span[_valid..]);
    }

    private protected sealed override bool Next()
    {
        while (true)
        {
            if (!_inLine) BeginLine();
            if (IsEnded || !ReadLine()) return false;
            if (_header == CopyHeader.Off) return FinishRow();
            var header = _header;
            _header = CopyHeader.Off;
            if (header == CopyHeader.Match) MatchHeader();
            if (_isLast) return End();
        }
    }

    private protected abstract Scanned Scan(ReadOnlySpan<byte> data);

    /// <summary>Takes the escapes and quotes of a field away; what it becomes goes to <see cref="CopyReader.Unescaped"/>.</summary>
    private protected abstract void Unescape(ReadOnlySpan<byte> raw);

    private protected virtual void BeginScan()
    {
    }

    /// <summary>The line is whole; its fields are not looked at yet.</summary>
    private protected virtual void EndScan()
    {
    }

    /// <summary>The row has its fields.</summary>
    private protected virtual void EndFields()
    {
    }

    /// <summary>A field ends before <paramref name="end"/>, and the next one begins behind its delimiter.</summary>
    private protected void AddField(int start, int length, bool isEscaped, bool mayBeNull, ReadOnlySpan<byte> data, int end)
    {
        if (Count < Fields.Length)
        {
            ref var field = ref Fields[Count];
            field.Start = start;
            field.Length = length;
            field.Kind = mayBeNull && length == _null.Length && data.Slice(start, length).SequenceEqual(_null) ? CopyFieldKind.Null
                : isEscaped ? CopyFieldKind.Escaped
                : CopyFieldKind.Raw;
            _isEscaped |= field.Kind == CopyFieldKind.Escaped;
        }

        Count++;
        _fieldStart = end + 1;
    }

    private protected abstract void EndField(ReadOnlySpan<byte> data, int end);

    /// <summary>At a carriage return or newline that no quotes enclose.</summary>
    private protected Scanned Newline(ReadOnlySpan<byte> data, int at)
    {
        At = at;
        if (data[at] == '\n')
        {
            if (_lineEnd is LineEnd.Return or LineEnd.ReturnNewline) throw InLine(CopyErrors.LiteralNewline(IsCsv));
            _lineEnd = LineEnd.Newline;
            _next = at + 1;
            return Scanned.Line;
        }

        if (_lineEnd == LineEnd.Newline) throw InLine(CopyErrors.LiteralReturn(IsCsv));
        _next = at + 1;
        if (_lineEnd == LineEnd.Return) return Scanned.Line;
        if (_next < data.Length && data[_next] == '\n')
        {
            _lineEnd = LineEnd.ReturnNewline;
            _next++;
            return Scanned.Line;
        }

        if (_next == data.Length && !IsAllHere) return Scanned.NeedsData;
        if (_lineEnd == LineEnd.ReturnNewline) throw InLine(CopyErrors.LiteralReturn(IsCsv));
        _lineEnd = LineEnd.Return;
        return Scanned.Line;
    }

    /// <summary>At \. where it may end the data. In CSV it does so only when nothing else is on the line.</summary>
    private protected Scanned Marker(ReadOnlySpan<byte> data, int at)
    {
        At = at;
        var next = at + 2;
        if (_lineEnd == LineEnd.ReturnNewline)
        {
            if (next == data.Length && !IsAllHere) return Scanned.NeedsData;
            var first = next < data.Length ? data[next++] : (byte)0;
            if (first != '\r')
            {
                if (IsCsv) return Scanned.NoMarker;
                throw InLine(first == '\n' ? WrongStyle() : CopyErrors.Bad("end-of-copy marker corrupt"));
            }
        }

        if (next == data.Length && !IsAllHere) return Scanned.NeedsData;
        var end = next < data.Length ? data[next] : (byte)0;
        if (end != '\r' && end != '\n') return IsCsv ? Scanned.NoMarker : throw InLine(CopyErrors.Bad("end-of-copy marker corrupt"));
        var isRight = _lineEnd switch
        {
            LineEnd.Newline or LineEnd.ReturnNewline => end == '\n',
            LineEnd.Return => end == '\r',
            _ => true,
        };
        return isRight ? Scanned.EndMarker : throw InLine(WrongStyle());
    }

    private static PgException WrongStyle() => CopyErrors.Bad("end-of-copy marker does not match previous newline style");

    private void BeginLine()
    {
        Buffer.Drop(_consumed);
        _valid -= _consumed;
        _consumed = _lineLength = _fieldStart = At = Count = 0;
        if (_isLast) End();
        Line++;
        _inLine = true;
        if (_isEscaped) Unescaped.Clear();
        _isEscaped = false;
        BeginScan();
    }

    private bool End()
    {
        Buffer.Dispose();
        _lineLength = 0;
        IsEnded = true;
        return false;
    }

    private bool ReadLine()
    {
        var data = Buffer.Span[.._valid];
        var scanned = Scan(data);
        if (scanned == Scanned.NeedsData)
        {
            if (_isBroken || (IsComplete && !IsAllHere)) throw InLine(_failure ?? PgException.NotUtf8(Buffer.Span[_valid..]));
            if (At > CopyErrors.MaxRow) throw InLine(CopyErrors.TooLong(At, 1));
            if (!IsAllHere) return false;
            At = data.Length;
            _next = data.Length;
        }

        if (scanned != Scanned.Line)
        {
            _isLast = true;
            if (scanned == Scanned.EndMarker) _next = At;

            // Nothing before the end is no line, but it may be a header that does not match.
            if (At == 0 && _header != CopyHeader.Match) return End();
        }

        _lineLength = At;
        _consumed = _next;
        _inLine = false;
        if (FieldCount == 0)
        {
            Count = 0;
            if (_lineLength > 0 && _header != CopyHeader.On) throw InRow(CopyErrors.Extra());
            return true;
        }

        EndField(data, At);
        if (_header != CopyHeader.On) Finish();
        return true;
    }

    private void Finish()
    {
        EndScan();
        if (!_isEscaped) return;
        var line = RowText;
        for (var i = 0; i < Math.Min(Count, Fields.Length); i++)
        {
            ref var field = ref Fields[i];
            if (field.Kind != CopyFieldKind.Escaped) continue;
            var start = Unescaped.Length;
            Unescape(line.Slice(field.Start, field.Length));
            field.Start = start;
            field.Length = Unescaped.Length - start;
            field.Kind = CopyFieldKind.Unescaped;
        }
    }

    private bool FinishRow()
    {
        if (Count > FieldCount) throw InRow(CopyErrors.Extra());
        EndFields();
        return true;
    }

    private void MatchHeader()
    {
        if (Count != FieldCount)
            throw InRow(CopyErrors.Bad($"wrong number of fields in header line: got {Count}, expected {FieldCount}"));
        for (var i = 0; i < Count; i++)
        {
            var expected = Columns[i];
            if (IsNull(i))
                throw InRow(CopyErrors.Bad(
                    $"column name mismatch in header line field {i + 1}: got null value (\"{Text(_null)}\"), expected \"{expected}\""));
            var got = Text(Field(i));
            if (got != expected)
                throw InRow(CopyErrors.Bad($"column name mismatch in header line field {i + 1}: got \"{got}\", expected \"{expected}\""));
        }
    }

    private static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}
