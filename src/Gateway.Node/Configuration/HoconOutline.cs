using System.Text;
using Akka.Configuration;

namespace Gateway.Node.Configuration;

/// <summary>The keys of a HOCON text with their lines, and a check of its structure.</summary>
/// <remarks>
/// The parser of the actor system takes a missing brace or value without a word, and knows no lines. An operator who mistypes a
/// route must hear of it, with the line: so every file goes through here first.
/// https://github.com/lightbend/config/blob/main/HOCON.md
/// </remarks>
internal sealed class HoconOutline
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly HoconReferences _references = new();
    private readonly string _text;
    private int _at;
    private int _line = 1;

    private HoconOutline(string text) => _text = text;

    /// <exception cref="ConfigurationException">"line 12: …".</exception>
    public static HoconOutline Of(string text)
    {
        var outline = new HoconOutline(text);
        var braces = outline.SkipToElement(separators: true) == '{';
        if (braces) outline._at++;
        outline.Object("", braces ? '}' : '\0', outline._line);
        if (outline.SkipToElement(separators: true) != '\0') throw outline.Error($"unexpected '{outline.Peek}'");
        outline._references.RequireNoCircle();
        return outline;
    }

    /// <summary>The line of a key, or of the innermost key above it that the text has; 0 when there is none.</summary>
    public int LineOf(string path)
    {
        for (; path.Length > 0; path = path.LastIndexOf('.') is var dot and > 0 ? path[..dot] : "")
            if (_lines.TryGetValue(path, out var line)) return line;
        return 0;
    }

    private char Peek => _at < _text.Length ? _text[_at] : '\0';

    private void Object(string path, char end, int opened)
    {
        while (true)
        {
            var next = SkipToElement(separators: true);
            if (next == end)
            {
                if (end != '\0') _at++;
                return;
            }

            if (next == '\0') throw Error($"the {{ of line {opened} is never closed");
            Member(path);
        }
    }

    private void Member(string path)
    {
        var line = _line;
        var key = Key();
        if (key.Length == 0) throw Error($"a key is expected, not '{Peek}'");
        var full = path.Length == 0 ? key : $"{path}.{key}";
        _lines[full] = line;
        for (var dot = full.LastIndexOf('.'); dot > path.Length; dot = full.LastIndexOf('.', dot - 1)) _lines.TryAdd(full[..dot], line);
        var next = SkipToElement(separators: false, newlines: false);
        if (key == "include" && next == '"') throw Error("include is not supported");
        if (next is '\n' && SkipToElement(separators: false) == '{') next = '{';   // a brace may stand on the next line
        if (IsAt("+=")) throw Error("+= is not supported");
        if (next is '=' or ':')
        {
            _at++;
            next = SkipToElement(separators: false);
        }
        else if (next != '{')
        {
            throw Error($"= or {{ is expected after \"{key}\"", line);
        }

        Value(full, line);
    }

    private string Key()
    {
        var key = new StringBuilder();
        while (true)
        {
            var c = Peek;
            if (c == '"') key.Append(Quoted());
            else if (c is '\0' or '\n' or '\r' or ' ' or '\t' or '=' or ':' or '{' or '}' or '[' or ']' or ',' or '#' or '+') return key.ToString();
            else
            {
                key.Append(c);
                _at++;
            }
        }
    }

    private void Value(string path, int line)
    {
        switch (SkipToElement(separators: false))
        {
            case '{':
                var opened = _line;
                _at++;
                Object(path, '}', opened);
                return;
            case '[':
                Array(path);
                return;
            case '\0' or '}' or ']' or ',':
                throw Error("a value is missing", line);
        }

        // One without quotes, or several that are put together, up to the end of the line. Behind ${a} may come what is laid over it.
        var isReference = false;
        for (var start = _at; ; )
            switch (Peek)
            {
                case '\0' or '\n' or ',' or '}' or ']' or '#':
                case '/' when IsAt("//"):
                    return;
                case '$' when IsAt("${"):
                    isReference = isReference || _at == start;
                    _references.Add(path, Reference(), _line);
                    break;
                case '{' when isReference:
                    var brace = _line;
                    _at++;
                    Object(path, '}', brace);
                    return;
                case '[' when isReference:
                    Array(path);
                    return;
                case '{' or '[' or '=':
                    throw Error($"unexpected '{Peek}' in a value; put it in quotes");
                case '"':
                    isReference = false;
                    Quoted();
                    break;
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                default:
                    isReference = false;
                    _at++;
                    break;
            }
    }

    private bool IsAt(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    /// <summary>The key that ${key} or ${?key} names.</summary>
    private string Reference()
    {
        var end = _text.AsSpan(_at).IndexOfAny('}', '\n');
        if (end < 0 || _text[_at + end] != '}') throw Error("a ${ is never closed");
        var name = _text[(_at + 2)..(_at + end)].TrimStart('?').Replace("\"", "", StringComparison.Ordinal).Trim();
        _at += end + 1;
        return name;
    }

    private void Array(string path)
    {
        var opened = _line;
        _at++;
        while (true)
        {
            switch (SkipToElement(separators: true))
            {
                case '\0': throw Error($"the [ of line {opened} is never closed");
                case ']':
                    _at++;
                    return;
                case '}': throw Error($"the [ of line {opened} is never closed");
                default: Value(path, _line); break;
            }
        }
    }

    private string Quoted()
    {
        var line = _line;
        if (IsAt("\"\"\""))
        {
            var end = _text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            if (end < 0) throw Error("a \"\"\" is never closed", line);
            var content = _text[(_at + 3)..end];
            _line += content.Count(static c => c == '\n');
            _at = end + 3;
            return content;
        }

        var start = ++_at;
        for (; Peek != '"'; _at++)
        {
            if (Peek is '\0' or '\n') throw Error("a \" is never closed", line);
            if (Peek == '\\') _at++;
        }

        return _text[start.._at++];
    }

    /// <summary>Over blanks and comments, and over line ends and commas where those separate; gives what comes then.</summary>
    private char SkipToElement(bool separators, bool newlines = true)
    {
        while (true)
        {
            var c = Peek;
            if (c == '#' || IsAt("//"))
            {
                while (Peek is not ('\n' or '\0')) _at++;
                continue;
            }

            if (c is ' ' or '\t' or '\r' or '\uFEFF' || (c == ',' && separators) || (c == '\n' && newlines))
            {
                if (c == '\n') _line++;
                _at++;
                continue;
            }

            return c;
        }
    }

    private ConfigurationException Error(string what, int line = 0) => new($"line {(line == 0 ? _line : line)}: {what}");
}
