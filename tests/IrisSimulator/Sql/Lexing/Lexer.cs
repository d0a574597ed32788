using System.Text;
using System.Text.Json;

namespace IrisSimulator.Sql.Lexing;

/// <summary>Text to tokens, one at a time: bodies of routines are no SQL, so the parser may move <see cref="Position"/>.</summary>
internal sealed class Lexer(string sql)
{
    private const int LongestIdentifier = 128;

    /// <summary>Longest first.</summary>
    private static readonly string[] Symbols =
        ["||", "<>", "!=", ">=", "<=", "->", "=", "<", ">", "+", "-", "*", "/", "\\", "#", "[", "]", "&", "!", "(", ")", "{", "}", ",", ".", ":", ";"];

    private int _parameters;

    public string Text => sql;
    public int Position { get; set; }

    public Token Next()
    {
        SkipBlanks();
        var start = Position;
        if (start >= sql.Length) return new(TokenKind.End, "", "", start, start);

        var c = sql[start];
        if (c == '\'') return Quoted('\'', TokenKind.String);
        if (c == '"') return Identifier(Quoted('"', TokenKind.Delimited));
        if (c == '?') return Take(TokenKind.Parameter, 1) with { Ordinal = ++_parameters };
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(start + 1)))) return Number();
        if (StartsWord(start)) return Word();

        foreach (var symbol in Symbols)
            if (string.CompareOrdinal(sql, start, symbol, 0, symbol.Length) == 0)
                return Take(TokenKind.Symbol, symbol.Length);

        // An underscore that starts no name joins two strings.
        if (c == '_') return Take(TokenKind.Symbol, 1);
        if (c == '$' && At(start + 1) == '$') throw new IrisError(-372, "extrinsic functions are not enabled");
        throw new IrisError(-1, $"Invalid character '{c}' at position {start + 1}");
    }

    private char At(int index) => index < sql.Length ? sql[index] : '\0';

    private Token Take(TokenKind kind, int length)
    {
        var start = Position;
        Position += length;
        var text = sql.Substring(start, length);
        var key = kind switch { TokenKind.Word => text.ToUpperInvariant(), TokenKind.Symbol => text, _ => "" };
        return new(kind, text, key, start, Position);
    }

    private bool StartsWord(int at)
    {
        var next = At(at + 1);
        return sql[at] switch
        {
            '_' => IsPart(next),
            '%' or '$' => char.IsLetter(next),
            var c => char.IsLetter(c),
        };
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '#' or '$';

    private Token Word()
    {
        var length = 1;
        while (IsPart(At(Position + length))) length++;
        return length > LongestIdentifier
            ? throw new IrisError(-1, $"Identifier is longer than {LongestIdentifier} characters")
            : Take(TokenKind.Word, length);
    }

    private Token Quoted(char quote, TokenKind kind)
    {
        var start = Position;
        var text = new StringBuilder();
        for (Position++; Position < sql.Length; Position++)
        {
            if (sql[Position] != quote) { text.Append(sql[Position]); continue; }
            if (At(Position + 1) != quote) return new(kind, text.ToString(), "", start, ++Position);
            text.Append(quote);
            Position++;
        }
        throw new IrisError(-3, $"Closing quote ({quote}) missing");
    }

    private static Token Identifier(Token token)
    {
        var name = token.Text;
        var wrong = name.Length == 0 ? "is empty"
            : name.Length > LongestIdentifier ? $"is longer than {LongestIdentifier} characters"
            : name.AsSpan().ContainsAny(",.^") || name.Contains("->", StringComparison.Ordinal) ? "holds one of , . ^ ->"
            : name[0] == '*' ? "starts with *"
            : name.Equals("%vid", StringComparison.OrdinalIgnoreCase) ? "is %vid"
            : !name.Any(char.IsLetterOrDigit) ? "holds neither letter nor digit"
            : null;
        return wrong is null ? token : throw new IrisError(-1, $"Delimited identifier \"{name}\" {wrong}");
    }

    private Token Number()
    {
        var start = Position;
        var end = start;
        while (char.IsAsciiDigit(At(end))) end++;
        if (At(end) == '.')
            for (end++; char.IsAsciiDigit(At(end));) end++;
        if (At(end) is 'e' or 'E') end = Exponent(end + 1);
        if (IsPart(At(end)) || At(end) == '.') throw new IrisError(-1, $"Invalid number {sql[start..(end + 1)]}");
        return Take(TokenKind.Number, end - start);
    }

    private int Exponent(int at)
    {
        var end = at;
        if (At(end) is '+' or '-') end++;
        var digits = end;
        while (char.IsAsciiDigit(At(end))) end++;
        if (digits == end) throw new IrisError(-2, "Malformed exponent");
        // Doubles end at 1E308.
        if (end - digits > 4 || int.Parse(sql.AsSpan(digits, end - digits)) > 308) throw new IrisError(-7, "Exponent out of range");
        return end;
    }

    private void SkipBlanks()
    {
        while (Position < sql.Length)
        {
            if (char.IsWhiteSpace(sql[Position])) Position++;
            else if (sql[Position] == '-' && At(Position + 1) == '-')
            {
                var end = sql.IndexOf('\n', Position);
                Position = end < 0 ? sql.Length : end + 1;
            }
            else if (sql[Position] == '/' && At(Position + 1) == '*') Comment();
            else return;
        }
    }

    private void Comment()
    {
        var end = sql.IndexOf("*/", Position + 2, StringComparison.Ordinal);
        if (end < 0) throw new IrisError(-1, "Comment is not closed");
        var text = sql[(Position + 2)..end];
        Position = end + 2;
        if (!text.StartsWith("#OPTIONS", StringComparison.OrdinalIgnoreCase)) return;
        try
        {
            using var json = JsonDocument.Parse(text["#OPTIONS".Length..]);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return;
        }
        catch (JsonException)
        {
            // Told below, like JSON that is no object.
        }
        throw new IrisError(-153, "#OPTIONS needs a JSON object");
    }

    /// <summary>Counts again from a token that was taken: the text behind it turned out to be no SQL.</summary>
    public void Resume(int position, int parametersSoFar)
    {
        Position = position;
        _parameters = parametersSoFar;
    }
}
