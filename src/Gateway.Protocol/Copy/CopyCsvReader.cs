using System.Buffers;

namespace Gateway.Protocol.Copy;

/// <summary>CSV: fields between delimiters; what quotes enclose is data, line ends too.</summary>
internal sealed class CopyCsvReader(CopyOptions options, string relation, IReadOnlyList<string> columns)
    : CopyLineReader(options, relation, columns)
{
    private readonly byte _delimiter = options.Delimiter;
    private readonly byte _quote = options.Quote;
    private readonly byte _escape = options.Escape;
    private readonly SearchValues<byte> _special = SearchValues.Create([options.Delimiter, options.Quote, (byte)'\r', (byte)'\n']);

    private readonly Force[] _forces = Forces(options, columns.Count);

    private bool _isOpen;        // within quotes
    private bool _isQuoted;      // the field has quotes
    private bool _isTangled;     // … and more than one pair around it
    private bool _isNoMarker;    // the line begins with \. and goes on

    [Flags]
    private enum Force : byte
    {
        NotNull = 1,
        Null = 2,
    }

    /// <summary>Nothing when nothing is forced.</summary>
    private static Force[] Forces(CopyOptions options, int columns)
    {
        if (options.ForceNotNull.IsEmpty && options.ForceNull.IsEmpty) return [];
        var forces = new Force[columns];
        foreach (var column in options.ForceNotNull) forces[column] |= Force.NotNull;
        foreach (var column in options.ForceNull) forces[column] |= Force.Null;
        return forces;
    }

    private protected override void BeginScan() => _isOpen = _isQuoted = _isTangled = _isNoMarker = false;

    private protected override Scanned Scan(ReadOnlySpan<byte> data)
    {
        var at = At;
        if (at == 0 && !_isNoMarker && data.Length > 0 && data[0] == '\\')
        {
            if (data.Length == 1 && !IsAllHere) return Scanned.NeedsData;
            if (data.Length > 1 && data[1] == '.' && Marker(data, 0) is var marker and not Scanned.NoMarker) return marker;
            _isNoMarker = true;
        }

        while (true)
        {
            if (_isOpen)
            {
                if (!Enclosed(data, ref at)) return Scanned.NeedsData;
                continue;
            }

            var found = at < data.Length ? data[at..].IndexOfAny(_special) : -1;
            if (found < 0)
            {
                At = data.Length;
                return Scanned.NeedsData;
            }

            at += found;
            var value = data[at];
            if (value == _delimiter)
            {
                EndField(data, at++);
            }
            else if (value == _quote)
            {
                _isTangled |= _isQuoted || at != FieldStart;
                _isQuoted = _isOpen = true;
                at++;
            }
            else
            {
                return Newline(data, at);
            }
        }
    }

    /// <summary>To the quote that closes, or may be the first of two.</summary>
    private bool Enclosed(ReadOnlySpan<byte> data, ref int at)
    {
        var rest = data[at..];
        var found = rest.IndexOfAny(_quote, _escape);
        Line += rest[..(found < 0 ? rest.Length : found)].Count(CountedEnd);
        if (found < 0)
        {
            At = data.Length;
            return false;
        }

        at += found;
        if (data[at] == _quote && (_escape == _quote || data[at] != _escape))
        {
            _isOpen = false;
            at++;
        }
        else if (at + 1 < data.Length)
        {
            var isEscape = data[at + 1] == _quote || data[at + 1] == _escape;
            _isTangled |= isEscape;
            at += isEscape ? 2 : 1;
        }
        else if (IsAllHere)
        {
            At = data.Length;
            return false;
        }
        else
        {
            At = at;
            return false;
        }

        return true;
    }

    private protected override void EndField(ReadOnlySpan<byte> data, int end)
    {
        var length = end - FieldStart;
        if (!_isQuoted) AddField(FieldStart, length, isEscaped: false, mayBeNull: true, data, end);
        else if (!_isTangled && length >= 2 && data[end - 1] == _quote) AddField(FieldStart + 1, length - 2, isEscaped: false, mayBeNull: false, data, end);
        else AddField(FieldStart, length, isEscaped: true, mayBeNull: false, data, end);
        _isQuoted = _isTangled = false;
    }

    private protected override void EndScan()
    {
        if (_isOpen) throw InRow(CopyErrors.Bad("unterminated CSV quoted field"));
    }

    private protected override void EndFields()
    {
        // Where both are asked for, what is NULL becomes text and what is quoted becomes NULL, as in PostgreSQL.
        for (var i = 0; i < _forces.Length && i < Count; i++)
        {
            var isNull = Fields[i].Kind == CopyFieldKind.Null;
            if (isNull && (_forces[i] & Force.NotNull) != 0) Fields[i].Kind = CopyFieldKind.Raw;
            else if (!isNull && (_forces[i] & Force.Null) != 0 && Field(i).SequenceEqual(NullText)) Fields[i].Kind = CopyFieldKind.Null;
        }
    }

    private protected override void Unescape(ReadOnlySpan<byte> raw)
    {
        var isOpen = false;
        while (!raw.IsEmpty)
        {
            var found = isOpen ? raw.IndexOfAny(_quote, _escape) : raw.IndexOf(_quote);
            if (found < 0) found = raw.Length;
            Unescaped.Bytes(raw[..found]);
            raw = raw[found..];
            if (raw.IsEmpty) return;
            if (isOpen && raw[0] == _escape && raw.Length > 1 && (raw[1] == _quote || raw[1] == _escape))
            {
                Unescaped.Byte(raw[1]);
                raw = raw[2..];
                continue;
            }

            if (raw[0] == _quote) isOpen = !isOpen;
            else Unescaped.Byte(raw[0]);
            raw = raw[1..];
        }
    }
}
