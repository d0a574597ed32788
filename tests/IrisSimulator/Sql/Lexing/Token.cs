namespace IrisSimulator.Sql.Lexing;

internal enum TokenKind { Word, Delimited, String, Number, Parameter, Symbol, End }

/// <param name="Text">Without quotes; a word as written.</param>
/// <param name="Key">Words in upper case, symbols as they are, else empty: what the grammar compares with.</param>
/// <param name="Ordinal">Of a parameter, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Key, int Start, int End, int Ordinal = 0)
{
    public override string ToString() => Kind switch
    {
        TokenKind.End => "end of text",
        TokenKind.String => $"'{Text}'",
        TokenKind.Delimited => $"\"{Text}\"",
        TokenKind.Parameter => "?",
        _ => Text,
    };
}
