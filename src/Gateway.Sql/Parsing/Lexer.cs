using System.Buffers;
using Gateway.Types;

namespace Gateway.Sql.Parsing;

/// <summary>Cuts SQL text into tokens by the rules of "Lexical Structure" in PostgreSQL's manual.</summary>
internal ref struct Lexer(string sql)
{
    private const string OperatorChars = "~!@#^&|`?+-*/%<>=";

    /// <summary>An operator with one of these may end in + or -.</summary>
    private static readonly SearchValues<char> Loosening = SearchValues.Create("~!@#^&|`?%");

    private readonly string _sql = sql;
    private int _at;

    /// <summary>What went wrong at the <see cref="TokenKind.Error"/> token, after which there are no more tokens.</summary>
    public PgException? Error { get; private set; }

    public Token Next()
    {
        if (!SkipSpace(out var unterminated)) return Fail("unterminated /* comment", unterminated, _sql.Length);
        var start = _at;
        if (start >= _sql.Length) return new Token(TokenKind.End, _sql.Length, 0);
        var c = _sql[start];

        if (IsIdentifierStart(c)) return Word(start, c);
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) return Number(start);
        switch (c)
        {
            case '\'': return Quoted(start, start, TokenKind.String);
            case '"': return QuotedIdentifier(start, start, TokenKind.QuotedIdentifier);
            case '$': return Dollar(start);
            case '(': return Take(TokenKind.OpenParen, 1);
            case ')': return Take(TokenKind.CloseParen, 1);
            case '[': return Take(TokenKind.OpenBracket, 1);
            case '{': return Take(TokenKind.OpenBrace, 1);
            case '}': return Take(TokenKind.CloseBrace, 1);
            case ']': return Take(TokenKind.CloseBracket, 1);
            case ',': return Take(TokenKind.Comma, 1);
            case ';': return Take(TokenKind.Semicolon, 1);
            case '.': return Peek(1) == '.' ? Take(TokenKind.DotDot, 2) : Take(TokenKind.Dot, 1);
            case ':':
                return Peek(1) switch
                {
                    ':' => Take(TokenKind.Cast, 2),
                    '=' => Take(TokenKind.Assign, 2),
                    _ => Take(TokenKind.Colon, 1),
                };
            default:
                return OperatorChars.Contains(c) ? Operator(start) : Fail("syntax error", start, start + 1);
        }
    }

    private readonly char Peek(int ahead) => _at + ahead < _sql.Length ? _sql[_at + ahead] : '\0';

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, _at, length);
        _at += length;
        return token;
    }

    private Token Upto(TokenKind kind, int start, int end)
    {
        _at = end;
        return new Token(kind, start, end - start);
    }

    private Token Fail(string message, int start, int end, string state = SqlStates.SyntaxError)
    {
        Error = new PgException(state, $"{message} at or near \"{_sql[start..end]}\"") { Position = start + 1 };
        return Upto(TokenKind.Error, start, _sql.Length);
    }

    private static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private static bool IsIdentifierPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c >= 0x80;

    private static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f';

    /// <summary>Skips white space and comments; false when a comment has no end.</summary>
    private bool SkipSpace(out int unterminated)
    {
        unterminated = -1;
        while (_at < _sql.Length)
        {
            var c = _sql[_at];
            if (IsSpace(c))
            {
                _at++;
            }
            else if (c == '-' && Peek(1) == '-')
            {
                SkipLine();
            }
            else if (c == '/' && Peek(1) == '*')
            {
                unterminated = _at;
                if (!SkipBlockComment()) return false;
            }
            else
            {
                break;
            }
        }

        return true;
    }

    private void SkipLine()
    {
        var line = _sql.AsSpan(_at).IndexOfAny('\n', '\r');
        _at = line < 0 ? _sql.Length : _at + line;
    }

    private bool SkipBlockComment()
    {
        var depth = 0;
        while (_at < _sql.Length)
        {
            if (_sql[_at] == '/' && Peek(1) == '*')
            {
                depth++;
                _at += 2;
            }
            else if (_sql[_at] == '*' && Peek(1) == '/')
            {
                _at += 2;
                if (--depth == 0) return true;
            }
            else
            {
                _at++;
            }
        }

        return false;
    }

    private Token Word(int start, char first)
    {
        if (Peek(1) == '\'')
        {
            switch (first)
            {
                case 'e' or 'E': return Quoted(start, start + 1, TokenKind.EscapeString);
                case 'b' or 'B': return Quoted(start, start + 1, TokenKind.BitString);
                case 'x' or 'X': return Quoted(start, start + 1, TokenKind.HexString);
                case 'n' or 'N': return Quoted(start, start + 1, TokenKind.NationalString);
            }
        }
        else if (first is 'u' or 'U' && Peek(1) == '&')
        {
            if (Peek(2) == '\'') return WithEscape(Quoted(start, start + 2, TokenKind.UnicodeString));
            if (Peek(2) == '"') return WithEscape(QuotedIdentifier(start, start + 2, TokenKind.UnicodeIdentifier));
        }

        var end = start + 1;
        var hash = (2166136261u ^ Fold.Lower(first)) * 16777619u;
        while (end < _sql.Length && IsIdentifierPart(_sql[end]))
        {
            hash = (hash ^ Fold.Lower(_sql[end])) * 16777619u;
            end++;
        }

        _at = end;
        return new Token(TokenKind.Identifier, start, end - start, Keywords.Find(_sql.AsSpan(start, end - start), hash));
    }

    /// <summary>Reads UESCAPE 'c' behind a Unicode literal.</summary>
    private Token WithEscape(Token token)
    {
        if (token.Kind == TokenKind.Error) return token;
        var end = _at;
        if (SkipSpace(out _) && _sql.AsSpan(_at).StartsWith("uescape", StringComparison.OrdinalIgnoreCase)
            && !IsIdentifierPart(Peek(7)))
        {
            _at += 7;
            SkipSpace(out _);
            var start = _at;
            if (Peek(0) != '\'')
            {
                var near = Next();
                if (near.Kind == TokenKind.Error) return near;
                return Fail("UESCAPE must be followed by a simple string literal", near.Offset, near.End);
            }

            var literal = Quoted(start, start, TokenKind.String);
            if (literal.Kind == TokenKind.Error) return literal;
            if (literal.Length != 3 || !char.IsAscii(_sql[start + 1]) || char.IsAsciiHexDigit(_sql[start + 1]) || IsSpace(_sql[start + 1])
                || _sql[start + 1] is '+' or '\'' or '"')
                return Fail("invalid Unicode escape character", start, literal.End);
            return token with { Length = _at - token.Offset, Escape = _sql[start + 1] };
        }

        _at = end;
        Error = null;
        return token with { Escape = '\\' };
    }

    private Token Number(int start)
    {
        var end = Digits(start);
        var kind = TokenKind.Integer;
        if (end < _sql.Length && _sql[end] == '.' && !(end + 1 < _sql.Length && _sql[end + 1] == '.'))
        {
            kind = TokenKind.Decimal;
            end = Digits(end + 1);
        }

        if (end < _sql.Length && _sql[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            if (exponent < _sql.Length && _sql[exponent] is '+' or '-') exponent++;
            var last = Digits(exponent);
            if (last == exponent) return Fail("trailing junk after numeric literal", start, exponent);
            kind = TokenKind.Decimal;
            end = last;
        }

        if (end < _sql.Length && IsIdentifierStart(_sql[end]))
            return Fail("trailing junk after numeric literal", start, IdentifierEnd(end));
        return Upto(kind, start, end);
    }

    private readonly int Digits(int from)
    {
        while (from < _sql.Length && char.IsAsciiDigit(_sql[from])) from++;
        return from;
    }

    private readonly int IdentifierEnd(int from)
    {
        while (from < _sql.Length && IsIdentifierPart(_sql[from])) from++;
        return from;
    }

    private Token Dollar(int start)
    {
        if (char.IsAsciiDigit(Peek(1)))
        {
            var digits = Digits(start + 1);
            if (digits < _sql.Length && IsIdentifierStart(_sql[digits]))
                return Fail("trailing junk after parameter", start, IdentifierEnd(digits));
            return Upto(TokenKind.Parameter, start, digits);
        }

        var end = start + 1;
        while (end < _sql.Length && _sql[end] != '$' && IsIdentifierPart(_sql[end])) end++;
        if (end >= _sql.Length || _sql[end] != '$') return Fail("syntax error", start, start + 1);
        var tag = _sql.AsSpan(start, end + 1 - start);
        var close = _sql.AsSpan(end + 1).IndexOf(tag, StringComparison.Ordinal);
        if (close < 0) return Fail("unterminated dollar-quoted string", start, _sql.Length);
        return Upto(TokenKind.DollarString, start, end + 1 + close + tag.Length);
    }

    /// <summary>A literal in single quotes with its continuations on further lines.</summary>
    private Token Quoted(int start, int quote, TokenKind kind)
    {
        var at = quote + 1;
        while (true)
        {
            var next = _sql.AsSpan(at);
            var stop = kind == TokenKind.EscapeString ? next.IndexOfAny('\'', '\\') : next.IndexOf('\'');
            if (stop < 0) return Unterminated(start, kind);
            at += stop;
            if (_sql[at] == '\\')
            {
                at += 2;
                if (at > _sql.Length) return Unterminated(start, kind);
            }
            else if (at + 1 < _sql.Length && _sql[at + 1] == '\'' && kind is not (TokenKind.BitString or TokenKind.HexString))
            {
                at += 2;
            }
            else if (Literals.Continuation(_sql, at + 1) is >= 0 and var more)
            {
                at = more + 1;
            }
            else
            {
                return Upto(kind, start, at + 1);
            }
        }
    }

    private Token Unterminated(int start, TokenKind kind) => Fail(
        kind switch
        {
            TokenKind.BitString => "unterminated bit string literal",
            TokenKind.HexString => "unterminated hexadecimal string literal",
            _ => "unterminated quoted string",
        },
        // The N of N'…' is a token of its own to PostgreSQL.
        kind == TokenKind.NationalString ? start + 1 : start,
        _sql.Length);

    private Token QuotedIdentifier(int start, int quote, TokenKind kind)
    {
        var at = quote + 1;
        while (true)
        {
            var stop = _sql.AsSpan(at).IndexOf('"');
            if (stop < 0) return Fail("unterminated quoted identifier", start, _sql.Length);
            at += stop + 1;
            if (at < _sql.Length && _sql[at] == '"')
            {
                at++;
                continue;
            }

            return at == quote + 2 ? Fail("zero-length delimited identifier", start, at) : Upto(kind, start, at);
        }
    }

    private Token Operator(int start)
    {
        var end = start;
        while (end < _sql.Length && OperatorChars.Contains(_sql[end])
               && !(end > start && end + 1 < _sql.Length
                    && ((_sql[end] == '-' && _sql[end + 1] == '-') || (_sql[end] == '/' && _sql[end + 1] == '*'))))
            end++;
        if (end - start > 1 && _sql[end - 1] is '+' or '-' && !_sql.AsSpan(start, end - start).ContainsAny(Loosening))
            while (end - start > 1 && _sql[end - 1] is '+' or '-')
                end--;
        var text = _sql.AsSpan(start, end - start);
        if (text.Length > 63) return Fail("operator too long", start, end);
        var kind = text switch
        {
            "+" => TokenKind.Plus,
            "-" => TokenKind.Minus,
            "*" => TokenKind.Star,
            "/" => TokenKind.Slash,
            "%" => TokenKind.Percent,
            "^" => TokenKind.Caret,
            "<" => TokenKind.Less,
            ">" => TokenKind.Greater,
            "=" => TokenKind.Equal,
            "<=" => TokenKind.LessEqual,
            ">=" => TokenKind.GreaterEqual,
            "<>" or "!=" => TokenKind.NotEqual,
            "=>" => TokenKind.Arrow,
            _ => TokenKind.Operator,
        };
        return Upto(kind, start, end);
    }
}
