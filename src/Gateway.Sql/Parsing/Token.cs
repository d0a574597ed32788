namespace Gateway.Sql.Parsing;

internal enum TokenKind : byte
{
    End,

    /// <summary>A lexical error; it is raised when the parser arrives there, so that earlier errors come first.</summary>
    Error,

    /// <summary>An unquoted identifier or a key word.</summary>
    Identifier,
    QuotedIdentifier,
    UnicodeIdentifier,
    String,
    EscapeString,
    UnicodeString,
    DollarString,
    NationalString,
    BitString,
    HexString,
    Integer,
    Decimal,
    Parameter,

    /// <summary>Any operator without a kind of its own.</summary>
    Operator,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Caret,
    Less,
    Greater,
    Equal,
    LessEqual,
    GreaterEqual,
    NotEqual,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,

    /// <summary>Braces mean nothing to PostgreSQL; they hold ODBC's escapes.</summary>
    OpenBrace,
    CloseBrace,
    Comma,
    Semicolon,
    Dot,
    DotDot,
    Colon,
    Cast,
    Assign,
    Arrow,
}

/// <summary>A token as a place in the source; its value is decoded when somebody asks (<see cref="Literals"/>).</summary>
/// <param name="Word">The key word of an <see cref="TokenKind.Identifier"/>, else none.</param>
/// <param name="Escape">The escape character of U&amp;"…" and U&amp;'…'.</param>
internal readonly record struct Token(TokenKind Kind, int Offset, int Length, Keyword Word = Keyword.NoWord, char Escape = '\0')
{
    public int End => Offset + Length;

    public bool IsString => Kind is >= TokenKind.String and <= TokenKind.NationalString;
}
