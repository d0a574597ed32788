using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Conversations.Tests.Format;

/// <summary>
/// The backend's part where there is none: a line that begins with <c>!</c>, for one statement of the message above it.
/// </summary>
/// <remarks>
/// ! [(parameter type …)] [column:type …] [| value …]… [| error SQLSTATE field=…] ["TAG"] — values may be $1, $2, …
/// ! [parse | bind | copy] SQLSTATE field=…
/// </remarks>
internal sealed class Answer
{
    /// <summary>Which step fails with <see cref="Error"/>: parse, bind, copy (with the first CopyData), end (of a COPY), or run (after the rows).</summary>
    public string Step { get; private init; } = "run";

    public PgException? Error { get; private init; }

    public uint[]? Parameters { get; private init; }

    public FieldDescription[] Fields { get; private init; } = [];

    public List<string[]> Rows { get; private init; } = [];

    public string? Tag { get; private init; }

    public static Answer Read(string line)
    {
        var words = new Words(line);
        if (words.Peek is "parse" or "bind" or "copy" or "end") return new() { Step = words.Next(), Error = ReadError(words) };
        if (words.Peek is { } first && IsSqlState(first)) return new() { Error = ReadError(words) };

        uint[]? parameters = null;
        if (words.Peek?.StartsWith('(') == true) parameters = [.. new Words(words.Next()[1..^1]).Rest().Select(Types.Oid)];
        var fields = new List<FieldDescription>();
        while (words.Peek is { } word && word != "|" && !word.StartsWith('"')) fields.Add(Types.Column(words.Next()).Field);

        var rows = new List<string[]>();
        PgException? error = null;
        while (words.Skip("|"))
        {
            if (words.Skip("error"))
            {
                error = ReadError(words);
                break;
            }

            var row = new List<string>();
            while (row.Count < fields.Count && words.NextUnless("|") is { } value) row.Add(value);
            rows.Add([.. row]);
        }

        string? tag = words.IsAtEnd ? null : Words.Text(words.Next());
        words.End();
        return new() { Parameters = parameters, Fields = [.. fields], Rows = rows, Error = error, Tag = tag };
    }

    private static bool IsSqlState(string word) => word.Length == 5 && word.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    private static PgException ReadError(Words words)
    {
        var state = words.Next();
        var fields = words.Rest().Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => Words.Text(pair[1]));
        string? Field(string name) => fields.GetValueOrDefault(name);
        return new PgException(state, Field("message") ?? "as the conversation has it")
        {
            Position = Field("position") is { } position ? int.Parse(position) : null,
            Detail = Field("detail"),
            Hint = Field("hint"),
            SchemaName = Field("schema"),
            TableName = Field("table"),
            ColumnName = Field("column"),
            DataTypeName = Field("type"),
            ConstraintName = Field("constraint"),
        };
    }
}
