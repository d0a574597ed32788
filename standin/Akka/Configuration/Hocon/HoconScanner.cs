using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Characters with their line numbers: blanks, comments, quoted text.</summary>
internal sealed class HoconScanner(string text)
{
    private int _at;

    public bool AtEnd => _at >= text.Length;
    public char Current => AtEnd ? '\0' : text[_at];
    public bool At(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;
    public void Skip(int count = 1) => _at += count;

    public int Line
    {
        get
        {
            var line = 1;
            for (var i = 0; i < _at && i < text.Length; i++)
                if (text[i] == '\n') line++;
            return line;
        }
    }

    public FormatException Error(string what) => new($"line {Line}: {what}");

    public bool AtComment => Current == '#' || At("//");

    /// <summary>Skips blanks and comments; true when a line ended among them.</summary>
    public bool SkipBlanks(bool newLines)
    {
        var ended = false;
        while (!AtEnd)
        {
            if (AtComment)
            {
                while (!AtEnd && Current != '\n') _at++;
            }
            else if (Current == '\n')
            {
                if (!newLines) return ended;
                ended = true;
                _at++;
            }
            else if (char.IsWhiteSpace(Current) || Current == '\uFEFF') _at++;
            else break;
        }
        return ended;
    }

    public string Blanks()
    {
        var start = _at;
        while (!AtEnd && Current != '\n' && char.IsWhiteSpace(Current)) _at++;
        return text[start.._at];
    }

    public string Unquoted(Func<char, bool> stops)
    {
        var start = _at;
        while (!AtEnd && !char.IsWhiteSpace(Current) && !AtComment && !stops(Current) && !At("${")) _at++;
        return text[start.._at];
    }

    public string Quoted()
    {
        if (At("\"\"\"")) return TripleQuoted();
        var start = Line;
        var result = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (AtEnd || Current == '\n') throw new FormatException($"line {start}: the text that begins here has no closing quote");
            if (Current == '"') break;
            result.Append(Current == '\\' ? Escape() : Current);
        }
        _at++;
        return result.ToString();
    }

    public string Until(char end, string what)
    {
        var start = _at;
        while (!AtEnd && Current != end && Current != '\n') _at++;
        if (Current != end) throw Error($"{what} has no closing {end}");
        return text[start.._at++];
    }

    private char Escape()
    {
        _at++;
        switch (Current)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'b': return '\b';
            case 'f': return '\f';
            case '"' or '\\' or '/': return Current;
            case 'u' when _at + 4 < text.Length
                && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default: throw Error($"unknown escape \\{Current}");
        }
    }

    private string TripleQuoted()
    {
        var begin = _at + 3;
        var end = text.IndexOf("\"\"\"", begin, StringComparison.Ordinal);
        if (end < 0) throw Error("the text that begins here has no closing \"\"\"");
        while (end + 3 < text.Length && text[end + 3] == '"') end++;
        _at = end + 3;
        return text[begin..end];
    }
}
