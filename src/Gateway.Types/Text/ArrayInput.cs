namespace Gateway.Types;

/// <summary>Array literals: <c>{1,NULL,"a b"}</c>, nested, or with bounds in front: <c>[0:1]={1,2}</c>.</summary>
internal ref struct ArrayInput(ReadOnlySpan<byte> text, Codec element, uint elementOid, byte delimiter, FormatSettings settings)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private Lengths _lengths;
    private int _dimensions;
    private bool _hasNull;
    private ByteWriter _body = null!;

    [System.Runtime.CompilerServices.InlineArray(ArrayCodec.MaxDimensions)]
    private struct Lengths
    {
        private int _first;
    }

    /// <summary>Appends the binary form.</summary>
    /// <exception cref="PgException">22P02 malformed array literal, 54000 too many dimensions, and the element's own errors.</exception>
    public void Write(ByteWriter carrier)
    {
        SkipSpace();
        Span<int> lower = stackalloc int[ArrayCodec.MaxDimensions];
        Span<int> upper = stackalloc int[ArrayCodec.MaxDimensions];
        var bounds = Bounds(lower, upper);
        if (Peek() != '{')
            throw Malformed(bounds == 0 ? "Array value must start with \"{\" or dimension information." : "Array contents must start with \"{\".");

        for (var i = 0; i < ArrayCodec.MaxDimensions; i++) _lengths[i] = -1;
        _body = Scratch.Rent();
        var count = Level(0);
        SkipSpace();
        if (_at < _text.Length) throw Malformed("Junk after closing right brace.");
        if (count == 0 && _dimensions <= 1) _dimensions = 0;
        if (bounds > 0)
        {
            if (bounds != _dimensions) throw Malformed("Specified array dimensions do not match array contents.");
            for (var i = 0; i < bounds; i++)
                if ((long)upper[i] - lower[i] + 1 != _lengths[i]) throw Malformed("Specified array dimensions do not match array contents.");
        }

        carrier.Int32(_dimensions);
        carrier.Int32(_hasNull ? 1 : 0);
        carrier.Int32((int)elementOid);
        for (var i = 0; i < _dimensions; i++)
        {
            carrier.Int32(_lengths[i]);
            carrier.Int32(bounds > 0 ? lower[i] : 1);
        }

        carrier.Bytes(_body.WrittenSpan);
        Scratch.Return(_body);
    }

    private int Bounds(scoped Span<int> lower, scoped Span<int> upper)
    {
        var count = 0;
        for (; Peek() == '['; SkipSpace())
        {
            if (count == ArrayCodec.MaxDimensions) throw TooMany(count + 1);
            _at++;
            if (!TryInteger(out var first)) throw Malformed("\"[\" must introduce explicitly-specified array dimensions.");
            if (Peek() == ':')
            {
                _at++;
                lower[count] = first;
                if (!TryInteger(out upper[count])) throw Malformed("Missing array dimension value.");
            }
            else
            {
                (lower[count], upper[count]) = (1, first);
            }

            if (Peek() != ']') throw Malformed("Missing \"]\" after array dimensions.");
            _at++;
            if (upper[count] < lower[count]) throw new PgException("2202E", "upper bound cannot be less than lower bound");
            count++;
        }

        if (count == 0) return 0;
        if (Peek() != '=') throw Malformed("Missing \"=\" after array dimensions.");
        _at++;
        SkipSpace();
        return count;
    }

    private bool TryInteger(out int value)
    {
        var start = _at;
        if (Peek() is (byte)'-' or (byte)'+') _at++;
        while (Ascii.IsDigit(Peek())) _at++;
        return int.TryParse(_text[start.._at], System.Globalization.CultureInfo.InvariantCulture, out value);
    }

    // One pair of braces; returns the number of scalar elements inside.
    private int Level(int depth)
    {
        if (depth == ArrayCodec.MaxDimensions) throw TooMany(depth + 1);
        _at++;
        _dimensions = Math.Max(_dimensions, depth + 1);
        var length = 0;
        var scalars = 0;
        SkipSpace();
        if (Peek() == '}' && depth == 0)
        {
            _at++;
            return 0;
        }

        while (true)
        {
            SkipSpace();
            if (_at == _text.Length) throw Malformed("Unexpected end of input.");
            var b = Peek();
            if (b == '}' || b == delimiter) throw Malformed($"Unexpected \"{(char)b}\" character.");
            if (b == '{')
            {
                if (length > 0 && _dimensions == depth + 1) throw Malformed("Unexpected \"{\" character.");
                scalars += Level(depth + 1);
            }
            else
            {
                if (_dimensions > depth + 1) throw Malformed("Unexpected array element.");
                Element();
                scalars++;
            }

            length++;
            SkipSpace();
            if (_at == _text.Length) throw Malformed("Unexpected end of input.");
            b = _text[_at++];
            if (b == '}') break;
            if (b != delimiter) throw Malformed("Unexpected array element.");
        }

        if (_lengths[depth] < 0) _lengths[depth] = length;
        else if (_lengths[depth] != length) throw Malformed("Multidimensional arrays must have sub-arrays with matching dimensions.");
        return scalars;
    }

    private void Element()
    {
        var value = Scratch.Rent();
        var quoted = Peek() == '"';
        var escaped = false;
        if (quoted) Quoted(value);
        else Unquoted(value, ref escaped);
        if (!quoted && !escaped && Ascii.Is(value.WrittenSpan, "null"u8))
        {
            _hasNull = true;
            _body.Int32(-1);
        }
        else
        {
            var at = _body.ReserveInt32();
            ElementForm.TextToBinary(element, value.WrittenSpan, settings, _body);
            _body.PatchInt32(at, _body.Length - at - 4);
        }

        Scratch.Return(value);
    }

    private void Quoted(ByteWriter value)
    {
        _at++;
        while (true)
        {
            if (_at == _text.Length) throw Malformed("Unexpected end of input.");
            var b = _text[_at++];
            if (b == '"') return;
            if (b == '\\')
            {
                if (_at == _text.Length) throw Malformed("Unexpected end of input.");
                b = _text[_at++];
            }

            value.Byte(b);
        }
    }

    private void Unquoted(ByteWriter value, ref bool escaped)
    {
        var lastVisible = 0;
        while (true)
        {
            if (_at == _text.Length) throw Malformed("Unexpected end of input.");
            var b = _text[_at];
            if (b == '}' || b == delimiter) break;
            if (b == '"') throw Malformed("Unexpected array element.");
            if (b == '{') throw Malformed("Unexpected \"{\" character.");
            _at++;
            var visible = !Ascii.IsSpace(b);
            if (b == '\\')
            {
                if (_at == _text.Length) throw Malformed("Unexpected end of input.");
                b = _text[_at++];
                escaped = true;
            }

            value.Byte(b);
            if (visible) lastVisible = value.Length;
        }

        value.Truncate(lastVisible);
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && Ascii.IsSpace(_text[_at])) _at++;
    }

    private readonly byte Peek() => _at < _text.Length ? _text[_at] : (byte)0;

    private readonly PgException Malformed(string detail) =>
        new(SqlStates.InvalidTextRepresentation, $"malformed array literal: \"{Ascii.String(_text)}\"") { Detail = detail };

    private static PgException TooMany(int dimensions) => new(
        SqlStates.ProgramLimitExceeded, $"number of array dimensions ({dimensions}) exceeds the maximum allowed ({ArrayCodec.MaxDimensions})");
}
