namespace Gateway.Types;

/// <summary>Reads the text of a geometric value as loosely as PostgreSQL does (manual, 8.8): parentheses may be missing.</summary>
internal ref struct GeometryText(ReadOnlySpan<byte> text, uint oid)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private ReadOnlySpan<byte> _rest = text;

    /// <exception cref="PgException">22P02.</exception>
    public List<double> Read(out bool isClosed)
    {
        isClosed = true;
        var numbers = new List<double>();
        Skip();
        switch (oid)
        {
            case Oids.Point:
                Pair(numbers);
                break;
            case Oids.Line:
                Line(numbers);
                break;
            case Oids.Circle:
                Circle(numbers);
                break;
            case Oids.Path or Oids.Polygon:
                var commas = _text.Count((byte)',');
                if (commas % 2 == 0) throw Syntax();
                var outer = oid == Oids.Path && At('(') && _rest.Count((byte)'(') == 1;
                if (outer) Advance();
                Points(numbers, (commas + 1) / 2, oid == Oids.Path, out isClosed);
                if (outer) Close(')');
                break;
            default:
                Points(numbers, 2, oid == Oids.Lseg, out _);
                break;
        }

        return _rest.IsEmpty ? numbers : throw Syntax();
    }

    private void Line(List<double> numbers)
    {
        if (At('{'))
        {
            Advance();
            numbers.Add(Number());
            Expect(',');
            numbers.Add(Number());
            Expect(',');
            numbers.Add(Number());
            Close('}');
            if (Math.Abs(numbers[0]) <= GeometryCodec.Epsilon && Math.Abs(numbers[1]) <= GeometryCodec.Epsilon)
                throw new PgException(SqlStates.InvalidTextRepresentation, "invalid line specification: A and B cannot both be zero");
            return;
        }

        var ends = new List<double>();
        Points(ends, 2, true, out _);
        var (dx, dy) = (ends[0] - ends[2], ends[1] - ends[3]);
        if (Math.Abs(dx) <= GeometryCodec.Epsilon && Math.Abs(dy) <= GeometryCodec.Epsilon)
            throw new PgException(SqlStates.InvalidTextRepresentation, "invalid line specification: must be two distinct points");
        if (Math.Abs(dx) <= GeometryCodec.Epsilon)
        {
            numbers.AddRange([-1, 0, ends[0]]);
        }
        else if (Math.Abs(dy) <= GeometryCodec.Epsilon)
        {
            numbers.AddRange([0, -1, ends[1]]);
        }
        else
        {
            var slope = dy / dx;
            var c = ends[1] - (slope * ends[0]);
            numbers.AddRange([slope, -1, c == 0 ? 0 : c]);
        }
    }

    private void Circle(List<double> numbers)
    {
        var close = '\0';
        if (At('<'))
        {
            close = '>';
            Advance();
        }
        else if (At('(') && Ascii.TrimStart(_rest[1..]) is [(byte)'(', ..] inner)
        {
            close = ')';
            _rest = inner;
        }

        Pair(numbers);
        if (At(',')) Advance();
        numbers.Add(Number());
        if (!(numbers[2] >= 0) && !double.IsNaN(numbers[2])) throw Syntax();
        if (close == '>' && At(')')) close = ')';
        if (close != '\0') Close(close);
    }

    private void Points(List<double> numbers, int count, bool mayBeOpen, out bool isClosed)
    {
        var close = '\0';
        isClosed = !At('[');
        if (!isClosed)
        {
            if (!mayBeOpen) throw Syntax();
            close = ']';
            Advance();
        }
        else if (At('('))
        {
            var inner = Ascii.TrimStart(_rest[1..]);
            if (inner is [(byte)'(', ..] || !inner.Contains((byte)'('))
            {
                close = ')';
                _rest = inner;
            }
        }

        for (var i = 0; i < count; i++)
        {
            Pair(numbers);
            if (At(',')) Advance();
        }

        if (close == ']' && At(')')) close = ')';
        if (close != '\0') Close(close);
    }

    private void Pair(List<double> numbers)
    {
        Skip();
        var inside = At('(');
        if (inside) Advance();
        numbers.Add(Number());
        Expect(',');
        numbers.Add(Number());
        if (inside) Close(')');
    }

    private double Number()
    {
        Skip();
        var length = _rest.IndexOfAny(" \t\n\r\v\f,()[]{}<>"u8);
        var number = length < 0 ? _rest : _rest[..length];
        _rest = _rest[number.Length..];
        Skip();
        try
        {
            return FloatText.ParseFloat8(number);
        }
        catch (PgException error) when (error.SqlState == SqlStates.InvalidTextRepresentation)
        {
            throw Syntax();
        }
    }

    private readonly bool At(char c) => _rest.Length > 0 && _rest[0] == c;

    private void Advance() => _rest = Ascii.TrimStart(_rest[1..]);

    private void Skip() => _rest = Ascii.TrimStart(_rest);

    private void Expect(char c)
    {
        if (!At(c)) throw Syntax();
        _rest = _rest[1..];
    }

    private void Close(char c)
    {
        Expect(c);
        Skip();
    }

    private readonly PgException Syntax() => PgException.InvalidText(TypeNames.Format(oid), _text);
}
