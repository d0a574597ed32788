using System.Globalization;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Protocol.Messages;

/// <summary>The fields of an ErrorResponse or NoticeResponse; what is null is not sent.</summary>
/// <remarks>
/// (Byte1 field | String value) × n | Byte1 0. Fields: https://www.postgresql.org/docs/18/protocol-error-fields.html.
/// A receiver ignores fields it does not know, as that page demands.
/// </remarks>
public sealed record ErrorFields
{
    /// <summary>S: may be translated, which ours never is.</summary>
    public string? Severity { get; init; }

    /// <summary>V: the same, never translated.</summary>
    public string? InvariantSeverity { get; init; }

    /// <summary>C: the SQLSTATE.</summary>
    public string? Code { get; init; }

    /// <summary>M</summary>
    public string? Message { get; init; }

    /// <summary>D</summary>
    public string? Detail { get; init; }

    /// <summary>H</summary>
    public string? Hint { get; init; }

    /// <summary>P: in characters of the client's statement, from 1.</summary>
    public string? Position { get; init; }

    /// <summary>p: the same in <see cref="InternalQuery"/>.</summary>
    public string? InternalPosition { get; init; }

    /// <summary>q: the text of a statement the server made up itself.</summary>
    public string? InternalQuery { get; init; }

    /// <summary>W: the context, one line per call.</summary>
    public string? Where { get; init; }

    /// <summary>s</summary>
    public string? SchemaName { get; init; }

    /// <summary>t</summary>
    public string? TableName { get; init; }

    /// <summary>c</summary>
    public string? ColumnName { get; init; }

    /// <summary>d</summary>
    public string? DataTypeName { get; init; }

    /// <summary>n</summary>
    public string? ConstraintName { get; init; }

    /// <summary>F</summary>
    public string? File { get; init; }

    /// <summary>L</summary>
    public string? Line { get; init; }

    /// <summary>R</summary>
    public string? Routine { get; init; }

    public static ErrorFields From(PgException error) => new()
    {
        Severity = error.Severity,
        InvariantSeverity = error.Severity,
        Code = error.SqlState,
        Message = error.Message,
        Detail = error.Detail,
        Hint = error.Hint,
        Position = error.Position?.ToString(CultureInfo.InvariantCulture),
        Where = error.Where,
        SchemaName = error.SchemaName,
        TableName = error.TableName,
        ColumnName = error.ColumnName,
        DataTypeName = error.DataTypeName,
        ConstraintName = error.ConstraintName,
    };

    /// <summary>A notice: <paramref name="severity"/> is WARNING, NOTICE, DEBUG, INFO or LOG.</summary>
    public static ErrorFields Notice(string severity, string sqlState, string message) =>
        new() { Severity = severity, InvariantSeverity = severity, Code = sqlState, Message = message };

    internal int Size
    {
        get
        {
            var size = 1;
            for (var i = 0; i < Order.Length; i++)
                if (ValueOf(Order[i]) is { } value) size += 1 + SpanWriter.SizeOf(value);
            return size;
        }
    }

    internal void WriteTo(ref SpanWriter body)
    {
        foreach (var field in Order)
        {
            if (ValueOf(field) is not { } value) continue;
            body.Byte(field);
            body.CString(value);
        }
        body.Byte(0);
    }

    internal static ErrorFields Read(scoped ref SpanReader body)
    {
        var fields = new ErrorFields();
        while (body.Byte() is var field && field != 0) fields = fields.With(field, body.String());
        return fields;
    }

    private static ReadOnlySpan<byte> Order => "SVCMDHPpqWstcdnFLR"u8;

    private string? ValueOf(byte field) => (char)field switch
    {
        'S' => Severity,
        'V' => InvariantSeverity,
        'C' => Code,
        'M' => Message,
        'D' => Detail,
        'H' => Hint,
        'P' => Position,
        'p' => InternalPosition,
        'q' => InternalQuery,
        'W' => Where,
        's' => SchemaName,
        't' => TableName,
        'c' => ColumnName,
        'd' => DataTypeName,
        'n' => ConstraintName,
        'F' => File,
        'L' => Line,
        'R' => Routine,
        _ => null,
    };

    private ErrorFields With(byte field, string value) => (char)field switch
    {
        'S' => this with { Severity = value },
        'V' => this with { InvariantSeverity = value },
        'C' => this with { Code = value },
        'M' => this with { Message = value },
        'D' => this with { Detail = value },
        'H' => this with { Hint = value },
        'P' => this with { Position = value },
        'p' => this with { InternalPosition = value },
        'q' => this with { InternalQuery = value },
        'W' => this with { Where = value },
        's' => this with { SchemaName = value },
        't' => this with { TableName = value },
        'c' => this with { ColumnName = value },
        'd' => this with { DataTypeName = value },
        'n' => this with { ConstraintName = value },
        'F' => this with { File = value },
        'L' => this with { Line = value },
        'R' => this with { Routine = value },
        _ => this,
    };
}
