using System.Buffers;
using System.Text;
using Gateway.Types;

namespace Gateway.Protocol.Copy;

/// <summary>What text and CSV have in common: lines, the style of their ends, the header, the marker of the end.</summary>
/// <remarks>The rules are those of CopyReadLineText in PostgreSQL's copyfromparse.c.</remarks>
public abstract class LineCopyReader(CopyOptions options, string relation, string[] columns) : CopyReader(relation, columns)
{
    private enum LineEnd
    {
        Unknown,
        Newline,
        Return,
        ReturnNewline,
    }

    private readonly record struct Place(int Start, int Length, bool IsNull, bool IsUnescaped);

    private byte[] _buffer = [];
    private int _start;      // of the line that is read
    private int _end;
    private int _scanned;    // up to here the line has no end
    private bool _isComplete;
    private bool _isReading;
    private bool _headerDone = options.Header == CopyHeader.None;
    private LineEnd _lineEnd;

    private int _lineStart;
    private int _lineLength;
    private bool _hasLine;
    private Place[] _fields = new Place[Math.Max(columns.Length, 4)];
    private int _count;

    protected CopyOptions Options => options;

    /// <summary>Fields that do not stand in the line as they are.</summary>
    protected ByteWriter Unescaped { get; } = new();

    public override ReadOnlySpan<byte> RowText => _buffer.AsSpan(_lineStart, _lineLength);

    public override void Append(ReadOnlySpan<byte> data)
    {
        if (IsEnded) return;
        _hasLine = false;
        if (_buffer.Length - _end < data.Length) MakeRoom(data.Length);
        data.CopyTo(_buffer.AsSpan(_end));
        _end += data.Length;
    }

    public override void Complete() => _isComplete = true;

    public override bool TryReadRow()
    {
        while (true)
        {
            if (IsEnded) return Release();
            if (!_isReading)
            {
                _isReading = true;
                _hasLine = false;
                Line++;
            }

            if (!TryReadLine()) return false;
            _isReading = false;
            _hasLine = true;
            if (IsEnded && _lineLength == 0 && (_headerDone || options.Header != CopyHeader.Match)) return Release();
            RequireUtf8();
            Unescaped.Clear();
            _count = 0;
            Split(RowText, _lineStart);
            if (_headerDone) break;
            _headerDone = true;
            if (options.Header == CopyHeader.Match) MatchHeader();
        }

        if (_count > Columns.Length || (Columns.Length == 0 && _lineLength > 0)) throw Locate(Bad("extra data after last expected column"), -1);
        return true;
    }

    /// <exception cref="PgException">22P04: the line has no such field. The fields before it come first, and may be wrong themselves.</exception>
    public override bool IsNull(int column) => column < _count
        ? _fields[column].IsNull
        : throw Locate(Bad($"missing data for column \"{Columns[column]}\""), -1);

    public override ReadOnlySpan<byte> Field(int column)
    {
        var field = _fields[column];
        return field.IsUnescaped ? Unescaped.WrittenSpan.Slice(field.Start, field.Length) : _buffer.AsSpan(field.Start, field.Length);
    }

    public override PgException Locate(PgException error, int column) =>
        column >= 0 ? Locate(error, column, Field(column), hasText: true) : Locate(error, -1, RowText, _hasLine);

    /// <summary>Looks for the end of the line that begins at 0.</summary>
    /// <param name="from">Bytes that were looked at before.</param>
    /// <returns>The place of the next \r, \n or \ that means something, or -1: everything was looked at.</returns>
    protected abstract int FindSpecial(ReadOnlySpan<byte> line, int from);

    /// <summary>Takes a line apart, calling one of the Add methods for each field.</summary>
    protected abstract void Split(ReadOnlySpan<byte> line, int at);

    protected abstract string Unescapable(string what, out string hint);

    protected virtual bool HasMarkerAnywhere => false;

    /// <summary>A line begins.</summary>
    protected virtual void BeginLine()
    {
    }

    protected void AddNull() => Add(new Place(0, 0, true, false));

    protected void AddInPlace(int start, int length) => Add(new Place(start, length, false, false));

    /// <summary>A field that was written to <see cref="Unescaped"/> from there on.</summary>
    protected void AddUnescaped(int start) => Add(new Place(start, Unescaped.Length - start, false, true));

    protected int FieldIndex => _count;

    /// <summary>The character that counts as a line inside quotes.</summary>
    protected byte CountedLineEnd => _lineEnd == LineEnd.Newline ? (byte)'\n' : (byte)'\r';

    private void Add(Place place)
    {
        if (_count == _fields.Length) Array.Resize(ref _fields, 2 * _count);
        _fields[_count++] = place;
    }

    private bool Release()
    {
        _hasLine = false;
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = _scanned = _lineStart = _lineLength = 0;
        return false;
    }

    private void MakeRoom(int count)
    {
        var rest = _end - _start;
        var target = _buffer;
        if (_buffer.Length < rest + count)
            target = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)rest + count, _buffer.Length * 2L), Array.MaxLength));
        _buffer.AsSpan(_start, rest).CopyTo(target);
        if (!ReferenceEquals(target, _buffer) && _buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
        _start = 0;
        _end = rest;
    }

    private bool TryReadLine()
    {
        if (_scanned == 0) BeginLine();
        while (true)
        {
            var line = _buffer.AsSpan(_start, _end - _start);
            var at = FindSpecial(line, _scanned);
            if (at < 0)
            {
                _scanned = line.Length;
                if (!_isComplete) return false;
                IsEnded = true;   // a last line without an end counts
                return Take(line.Length, line.Length);
            }

            // What follows may decide what it is.
            if (at + 1 >= line.Length && line[at] != '\n' && !_isComplete)
            {
                _scanned = at;
                return false;
            }

            var next = at + 1 < line.Length ? line[at + 1] : (byte)0;
            switch (line[at])
            {
                case (byte)'\n':
                    if (_lineEnd is LineEnd.Return or LineEnd.ReturnNewline) throw WrongEnd("newline");
                    _lineEnd = LineEnd.Newline;
                    return Take(at, at + 1);

                case (byte)'\r':
                    if (_lineEnd == LineEnd.Newline) throw WrongEnd("carriage return");
                    if (_lineEnd is LineEnd.Unknown or LineEnd.ReturnNewline && next == '\n')
                    {
                        _lineEnd = LineEnd.ReturnNewline;
                        return Take(at, at + 2);
                    }

                    if (_lineEnd == LineEnd.ReturnNewline) throw WrongEnd("carriage return");
                    _lineEnd = LineEnd.Return;
                    return Take(at, at + 1);

                default:
                    if (next != '.' || (!HasMarkerAnywhere && at > 0))
                    {
                        _scanned = Math.Min(HasMarkerAnywhere ? at + 2 : at + 1, line.Length);
                        continue;
                    }

                    switch (Marker(line[(at + 2)..]))
                    {
                        case null:
                            _scanned = at;
                            return false;
                        case true:
                            IsEnded = true;
                            return Take(at, at + 2);
                        default:
                            // In CSV only a line of its own is the marker.
                            _scanned = at + 2;
                            continue;
                    }
            }
        }
    }

    /// <summary>Whether what follows \. makes it the end of the data; null when that has not come yet.</summary>
    private bool? Marker(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return _isComplete ? Corrupt() : null;
        if (_lineEnd == LineEnd.ReturnNewline)
        {
            if (rest[0] != '\r') return rest[0] == '\n' && HasMarkerAnywhere ? throw Unmatched() : Corrupt();
            if (rest.Length < 2) return _isComplete ? Corrupt() : null;
            return rest[1] == '\n' ? true : Corrupt();
        }

        if (rest[0] is not ((byte)'\r' or (byte)'\n')) return Corrupt();
        if (_lineEnd == LineEnd.Newline && rest[0] != '\n' || _lineEnd == LineEnd.Return && rest[0] != '\r') throw Unmatched();
        return true;
    }

    private bool Corrupt() => HasMarkerAnywhere ? throw Locate(Bad("end-of-copy marker corrupt"), -1) : false;

    private PgException Unmatched() => Locate(Bad("end-of-copy marker does not match previous newline style"), -1);

    private PgException WrongEnd(string what)
    {
        var message = Unescapable(what, out var hint);
        return Locate(Bad(message, hint), -1);
    }

    private bool Take(int length, int next)
    {
        _lineStart = _start;
        _lineLength = length;
        _start += next;
        _scanned = 0;
        return true;
    }

    private void RequireUtf8()
    {
        try
        {
            StringCodec.RequireUtf8(RowText);
        }
        catch (PgException error)
        {
            _hasLine = false;
            throw Locate(error, -1);
        }
    }

    protected void RequireUtf8(ReadOnlySpan<byte> field)
    {
        try
        {
            StringCodec.RequireUtf8(field);
        }
        catch (PgException error)
        {
            throw Locate(error, -1);
        }
    }

    private void MatchHeader()
    {
        if (_count != Columns.Length)
            throw Locate(Bad($"wrong number of fields in header line: got {_count}, expected {Columns.Length}"), -1);
        for (var i = 0; i < _count; i++)
        {
            if (IsNull(i))
                throw Locate(Bad($"column name mismatch in header line field {i + 1}: got null value (\"{Encoding.UTF8.GetString(options.Null)}\"), expected \"{Columns[i]}\""), -1);
            var name = Encoding.UTF8.GetString(Field(i));
            if (name != Columns[i])
                throw Locate(Bad($"column name mismatch in header line field {i + 1}: got \"{name}\", expected \"{Columns[i]}\""), -1);
        }
    }
}
