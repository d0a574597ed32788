using System.Text;

namespace Gateway.Types;

/// <summary>Checks JSON text and words its errors as PostgreSQL 15 does; a cursor over the tokens.</summary>
/// <param name="text">UTF-8.</param>
/// <param name="forJsonb">Also refuse what jsonb cannot hold: \u0000 and surrogates out of pairs.</param>
internal ref struct JsonSyntax(ReadOnlySpan<byte> text, bool forJsonb)
{
    // Deep enough for any document, shallow enough for the smallest stack we run on.
    public const int MaxDepth = 3000;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _end;

    /// <summary>Where the current token begins.</summary>
    public int Start { get; private set; }

    /// <summary>{ } [ ] , : or " for a string, 0 for a number, t f n for the words, \0 at the end.</summary>
    public char Kind { get; private set; }

    public readonly ReadOnlySpan<byte> Token => _text[Start.._end];

    public static void Validate(ReadOnlySpan<byte> text)
    {
        var syntax = new JsonSyntax(text, false);
        syntax.Next();
        syntax.SkipValue(0);
        syntax.RequireEnd();
    }

    public readonly void RequireEnd()
    {
        if (Kind != '\0') throw Unexpected("end of input");
    }

    /// <exception cref="PgException">54001.</exception>
    public static void RequireDepth(int depth)
    {
        if (depth > MaxDepth || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new PgException(SqlStates.StatementTooComplex, "stack depth limit exceeded");
    }

    private void SkipValue(int depth)
    {
        RequireDepth(depth);
        switch (Kind)
        {
            case '{':
                Next();
                for (var first = true; Kind != '}' || !first; first = false)
                {
                    Key(first);
                    SkipValue(depth + 1);
                    if (!More('}')) break;
                }

                Next();
                break;
            case '[':
                Next();
                for (var first = true; Kind != ']' || !first; first = false)
                {
                    SkipValue(depth + 1);
                    if (!More(']')) break;
                }

                Next();
                break;
            default:
                Scalar();
                Next();
                break;
        }
    }

    /// <summary>The current token must be a value of one token.</summary>
    public readonly void Scalar()
    {
        if (Kind is not ('"' or '0' or 't' or 'f' or 'n')) throw Unexpected("JSON value");
    }

    /// <summary>Moves over a key's colon to the value; the key was the current token.</summary>
    public void Key(bool first)
    {
        if (Kind != '"') throw Unexpected(first ? "string or \"}\"" : "string");
        Next();
        if (Kind != ':') throw Unexpected("\":\"");
        Next();
    }

    /// <summary>Moves over a comma; false at the closing token, on which it stays.</summary>
    public bool More(char close)
    {
        if (Kind == close) return false;
        if (Kind != ',') throw Unexpected($"\",\" or \"{close}\"");
        Next();
        return true;
    }

    public void Next()
    {
        var at = _end;
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') at++;
        Start = at;
        _end = Math.Min(at + 1, _text.Length);
        if (at == _text.Length)
        {
            Kind = '\0';
            return;
        }

        var b = _text[at];
        if (b is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':') Kind = (char)b;
        else ReadLonger(b);
    }

    private void ReadLonger(byte first)
    {
        // Until it is known to be a token; an error about it looks here.
        Kind = '?';
        if (first == '"') ReadString();
        else if (first == '-' || Ascii.IsDigit(first)) ReadNumber();
        else ReadWord();
    }

    private void ReadWord()
    {
        while (_end < _text.Length && IsWordByte(_text[_end]) && IsWordByte(_text[Start])) _end++;
        Kind = Token.SequenceEqual("true"u8) ? 't' : Token.SequenceEqual("false"u8) ? 'f' : Token.SequenceEqual("null"u8) ? 'n' : throw Invalid();
    }

    private static bool IsWordByte(byte b) => Ascii.IsLetter(b) || Ascii.IsDigit(b) || b == '_' || b >= 0x80;

    private void ReadNumber()
    {
        var at = Start;
        if (_text[at] == '-') at++;
        var valid = Run(ref at, out var first, out var count) && (count == 1 || first != '0');
        if (at < _text.Length && _text[at] == '.')
        {
            at++;
            valid &= Run(ref at, out _, out _);
        }

        if (at < _text.Length && _text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < _text.Length && _text[at] is (byte)'+' or (byte)'-') at++;
            valid &= Run(ref at, out _, out _);
        }

        while (at < _text.Length && IsWordByte(_text[at]))
        {
            at++;
            valid = false;
        }

        _end = at;
        Kind = valid ? '0' : throw Invalid();
    }

    private readonly bool Run(ref int at, out byte first, out int count)
    {
        var start = at;
        while (at < _text.Length && Ascii.IsDigit(_text[at])) at++;
        count = at - start;
        first = count > 0 ? _text[start] : (byte)0;
        return count > 0;
    }

    private void ReadString()
    {
        Kind = '"';
        var highSurrogate = false;
        while (true)
        {
            var b = _end < _text.Length ? _text[_end] : (byte)0;
            if (_end == _text.Length) throw Invalid();
            if (b < 0x20) throw Error($"Character with value 0x{b:x2} must be escaped.", _end);
            if (b == '\\')
            {
                Escape(ref highSurrogate);
                continue;
            }

            if (highSurrogate) throw Error("Unicode low surrogate must follow a high surrogate.", _end + 1);
            _end++;
            if (b == '"') return;
        }
    }

    private void Escape(ref bool highSurrogate)
    {
        if (++_end == _text.Length) throw Invalid();
        var b = _text[_end];
        if (b != 'u')
        {
            if (highSurrogate) throw Error("Unicode low surrogate must follow a high surrogate.", _end + 1);
            if (!"\"\\/bfnrt"u8.Contains(b))
            {
                Rune.DecodeFromUtf8(_text[_end..], out var rune, out var length);
                throw Error($"Escape sequence \"\\{rune}\" is invalid.", _end + length);
            }

            _end++;
            return;
        }

        var code = 0;
        for (var i = 1; i <= 4; i++)
        {
            if (_end + i >= _text.Length) throw Invalid(_text.Length);
            var digit = Ascii.HexValue(_text[_end + i]);
            if (digit < 0) throw Error("\"\\u\" must be followed by four hexadecimal digits.", Math.Min(_end + i + 1, _text.Length));
            code = (code << 4) | digit;
        }

        _end += 5;
        if (!forJsonb) return;
        if (code == 0)
            throw new PgException("22P05", "unsupported Unicode escape sequence") { Detail = "\\u0000 cannot be converted to text.", Where = Context(_end) };
        if (code is >= 0xD800 and < 0xDC00)
            highSurrogate = highSurrogate ? throw Error("Unicode high surrogate must not follow a high surrogate.", _end) : true;
        else if (code is >= 0xDC00 and < 0xE000)
            highSurrogate = highSurrogate ? false : throw Error("Unicode low surrogate must follow a high surrogate.", _end);
        else if (highSurrogate)
            throw Error("Unicode low surrogate must follow a high surrogate.", _end);
    }

    public readonly PgException Unexpected(string expected) => Kind == '\0'
        ? Error(expected == "end of input" ? "" : "The input string ended unexpectedly.", _text.Length)
        : Error($"Expected {expected}, but found \"{Ascii.String(Token)}\".", _end);

    private readonly PgException Invalid() => Invalid(_end);

    private readonly PgException Invalid(int end) => Error($"Token \"{Ascii.String(_text[Start..end])}\" is invalid.", end);

    private readonly PgException Error(string detail, int end) =>
        new(SqlStates.InvalidTextRepresentation, "invalid input syntax for type json") { Detail = detail, Where = Context(end) };

    // The line up to and with the offending token, at most 50 bytes of it, and dots for what is left out.
    private readonly string Context(int end)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < Math.Min(Start, _text.Length); i++)
        {
            if (_text[i] != '\n') continue;
            line++;
            lineStart = i + 1;
        }

        var from = lineStart;
        while (end - from >= 50) from++;
        while (from > lineStart && from < end && (_text[from] & 0xC0) == 0x80) from++;
        if (from - lineStart <= 3) from = lineStart;
        var prefix = from > lineStart ? "..." : "";
        var suffix = Kind != '\0' && end < _text.Length && _text[end] is not ((byte)'\n' or (byte)'\r') ? "..." : "";
        return $"JSON data, line {line}: {prefix}{Ascii.String(_text[from..end])}{suffix}";
    }
}
