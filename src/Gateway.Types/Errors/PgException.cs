namespace Gateway.Types;

/// <summary>An error as PostgreSQL reports it: SQLSTATE, text and the optional fields of an ErrorResponse.</summary>
/// <remarks>Fields: https://www.postgresql.org/docs/15/protocol-error-fields.html; codes: appendix A of the same manual.</remarks>
public sealed class PgException : Exception
{
    public PgException(string sqlState, string message, Reach reach = Reach.Statement)
        : base(message)
    {
        SqlState = sqlState;
        Reach = reach;
        Severity = reach == Reach.Connection ? "FATAL" : "ERROR";
    }

    public PgException(string sqlState, string message, Exception inner)
        : base(message, inner)
    {
        SqlState = sqlState;
        Severity = "ERROR";
    }

    public string SqlState { get; }

    public Reach Reach { get; }

    public string Severity { get; init; }

    public string? Detail { get; init; }

    public string? Hint { get; init; }

    /// <summary>Where in the statement, in characters from 1.</summary>
    public int? Position { get; init; }

    /// <summary>The context (field W).</summary>
    public string? Where { get; init; }

    public string? SchemaName { get; init; }

    public string? TableName { get; init; }

    public string? ColumnName { get; init; }

    public string? DataTypeName { get; init; }

    public string? ConstraintName { get; init; }

    /// <summary>The same error at another place in the statement, in characters from 1.</summary>
    public PgException At(int position) => Copy(Reach, Message, position, Where);

    /// <summary>The same error, ending the connection.</summary>
    public PgException AsFatal() => Copy(Reach.Connection, Message, Position, Where);

    /// <summary>The same error with more in its text.</summary>
    public PgException Adding(string text) => Copy(Reach, Message + text, Position, Where);

    /// <summary>The same error with its context (field W), unless it has one.</summary>
    public PgException Within(string context) => Where is null ? Copy(Reach, Message, Position, context) : this;

    /// <summary>The same error with another context.</summary>
    public PgException Outside(string? where) => Copy(Reach, Message, Position, where);

    /// <summary>The same error with a line below what its context says already.</summary>
    public PgException Inside(string context) => Copy(Reach, Message, Position, Where is null ? context : $"{Where}\n{context}");

    /// <summary>The client broke the protocol: the connection ends.</summary>
    public static PgException Protocol(string what) => new(SqlStates.ProtocolViolation, what, Reach.Connection);

    private PgException Copy(Reach reach, string message, int? position, string? where) => new(SqlState, message, reach)
    {
        Detail = Detail,
        Hint = Hint,
        Position = position,
        Where = where,
        SchemaName = SchemaName,
        TableName = TableName,
        ColumnName = ColumnName,
        DataTypeName = DataTypeName,
        ConstraintName = ConstraintName,
    };

    /// <summary>Something PostgreSQL can do and we cannot; <paramref name="what"/> names the construct.</summary>
    public static PgException Unsupported(string what, int? position = null) =>
        new(SqlStates.FeatureNotSupported, what) { Position = position };

    public static PgException Syntax(string message, int? position = null) =>
        new(SqlStates.SyntaxError, message) { Position = position };

    /// <summary>22P02: <c>invalid input syntax for type integer: "x"</c>.</summary>
    public static PgException InvalidText(string typeName, ReadOnlySpan<byte> text) =>
        new(SqlStates.InvalidTextRepresentation,
            $"invalid input syntax for type {typeName}: \"{System.Text.Encoding.UTF8.GetString(text)}\"");

    /// <summary>22021: <c>invalid byte sequence for encoding "UTF8": 0xc3 0x28</c>.</summary>
    /// <param name="text">From the first wrong byte on; shown are as many as it announces, or as many as there are.</param>
    public static PgException NotUtf8(ReadOnlySpan<byte> text, Reach reach = Reach.Statement)
    {
        var announced = text[0] switch { < 0xC0 => 1, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 1 };
        var shown = string.Join(' ', text[..Math.Min(announced, text.Length)].ToArray().Select(value => $"0x{value:x2}"));
        return new PgException(SqlStates.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"UTF8\": {shown}", reach);
    }

    /// <summary>22003: <c>value "x" is out of range for type integer</c>.</summary>
    public static PgException OutOfRange(string typeName, string value) =>
        new(SqlStates.NumericValueOutOfRange, $"value \"{value}\" is out of range for type {typeName}");
}
