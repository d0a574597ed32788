using Corpus.Tests.Format;

namespace Corpus.Tests;

/// <summary>What a server answered to a check: one line for columns, row, tag or error, fields parted by tabs.</summary>
/// <remarks>Rows of a statement that does not fix their order are sorted, so equal answers have equal lines.</remarks>
/// <param name="Lines">As the answer files hold them.</param>
/// <param name="Message">Of the error at its end; not compared.</param>
internal sealed record Answer(IReadOnlyList<string> Lines, string? Message = null)
{
    private static readonly string[] Refusals = ["error\t0A000", "error\t54001"];

    /// <summary>It ends with 0A000 (feature not supported) or 54001 (statement too complex).</summary>
    public bool IsRefusal => Lines.Count > 0 && Refusals.Contains(Lines[^1]);

    public bool Equals(Answer? other) => other is not null && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => Lines.Count;

    public override string ToString() => string.Join("\n    ", Lines) + (Message is null ? "" : $"\t{Message}");
}

/// <summary>Collects the lines of an answer, statement by statement.</summary>
internal sealed class AnswerWriter
{
    private readonly List<string> _lines = [];
    private int _firstRow;
    private string? _message;

    public bool HasFailed { get; private set; }

    public void Columns(IEnumerable<string> columns)
    {
        _lines.Add(Line("columns", columns));
        _firstRow = _lines.Count;
    }

    public void Row(IEnumerable<string> values) => _lines.Add(Line("row", values));

    public void Tag(string tag, bool isOrdered)
    {
        if (!isOrdered) _lines.Sort(_firstRow, _lines.Count - _firstRow, StringComparer.Ordinal);
        _lines.Add(Line("tag", [tag]));
        _firstRow = _lines.Count;
    }

    /// <summary>Rows that came before an error do not count: how many is up to the server.</summary>
    public void Error(string state, string message)
    {
        _lines.RemoveRange(_firstRow, _lines.Count - _firstRow);
        if (_lines.Count > 0 && _lines[^1].StartsWith("columns\t", StringComparison.Ordinal)) _lines.RemoveAt(_lines.Count - 1);
        _lines.Add(Line("error", [state]));
        _firstRow = _lines.Count;
        _message = message;
        HasFailed = true;
    }

    public Answer Finish() => new(_lines, _message);

    private static string Line(string kind, IEnumerable<string> fields) => string.Join('\t', fields.Prepend(kind));
}

/// <summary>A file of recorded answers: <c>check ⇥ text</c>, then the lines of its answer.</summary>
internal static class AnswerFile
{
    private const string Head = "check\t";

    public static IReadOnlyDictionary<string, Answer> Read(string path)
    {
        var answers = new Dictionary<string, Answer>();
        List<string>? lines = null;
        if (!File.Exists(path)) return answers;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(Head, StringComparison.Ordinal)) answers[line[Head.Length..]] = new Answer(lines = []);
            else (lines ?? throw new FormatException($"{path}: does not begin with a check")).Add(line);
        }

        return answers;
    }

    public static void Write(string path, IEnumerable<(Check Check, Answer Answer)> answers) =>
        File.WriteAllText(path, string.Concat(answers.Select(item => $"{Head}{item.Check.Key}\n{string.Concat(item.Answer.Lines.Select(line => line + "\n"))}")));
}
