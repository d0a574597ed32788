using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions.JsonPaths;

/// <summary>Reads the text of a jsonpath.</summary>
internal sealed class PathParser
{
    private static readonly HashSet<string> Methods = ["type", "size", "double", "ceiling", "floor", "abs", "keyvalue"];

    private readonly string _text;
    private int _at;

    private PathParser(string text) => _text = text;

    /// <exception cref="PgException">42601.</exception>
    public static JsonPath Parse(string text)
    {
        var parser = new PathParser(text);
        var strict = false;
        if (parser.Word("strict")) strict = true;
        else parser.Word("lax");
        var body = parser.Or();
        parser.Blank();
        return parser._at == text.Length ? new JsonPath(strict, body) : throw parser.Error();
    }

    private PgException Error()
    {
        Blank();
        return new PgException(SqlStates.SyntaxError, _at >= _text.Length ? "syntax error at end of jsonpath input" : $"syntax error at or near \"{Near()}\" of jsonpath input");
    }

    private string Near()
    {
        var end = _at + 1;
        if (char.IsLetterOrDigit(_text[_at]))
            while (end < _text.Length && char.IsLetterOrDigit(_text[end])) end++;
        return _text[_at..end];
    }

    private void Blank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at])) _at++;
            else if (string.CompareOrdinal(_text, _at, "/*", 0, 2) == 0 && _text.IndexOf("*/", _at + 2, StringComparison.Ordinal) is >= 0 and var end) _at = end + 2;
            else return;
        }
    }

    private bool Symbol(string symbol)
    {
        Blank();
        if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) != 0) return false;
        _at += symbol.Length;
        return true;
    }

    private bool Word(string word)
    {
        Blank();
        var end = _at + word.Length;
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || (end < _text.Length && IsName(_text[end]))) return false;
        _at = end;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Symbol(symbol)) throw Error();
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' || c > 127;

    private PathNode Or()
    {
        var left = And();
        while (Symbol("||")) left = new Either(left, And());
        return left;
    }

    private PathNode And()
    {
        var left = Not();
        while (Symbol("&&")) left = new Both(left, Not());
        return left;
    }

    private PathNode Not()
    {
        Blank();
        if (_at < _text.Length && _text[_at] == '!' && (_at + 1 >= _text.Length || _text[_at + 1] != '='))
        {
            _at++;
            return new Negation(Not());
        }

        return Compare();
    }

    private PathNode Compare()
    {
        if (Word("exists"))
        {
            Expect("(");
            var inner = Or();
            Expect(")");
            return new Exists(inner);
        }

        var left = Sum();
        foreach (var op in (ReadOnlySpan<string>)["==", "!=", "<>", "<=", ">=", "<", ">"])
            if (Symbol(op)) return new Comparison(left, op == "<>" ? "!=" : op, Sum());
        if (Word("starts"))
        {
            if (!Word("with")) throw Error();
            return new StartsWith(left, Primary());
        }

        if (Word("like_regex"))
        {
            Blank();
            var pattern = String();
            var flags = "";
            if (Word("flag"))
            {
                Blank();
                flags = String();
            }

            return new LikeRegex(left, Regex(pattern, flags));
        }

        if (Word("is"))
        {
            if (!Word("unknown")) throw Error();
            return new IsUnknown(left);
        }

        return left;
    }

    // XQuery's flags: without s a dot does not match a newline, with m ^ and $ match at each line.
    private static RegularExpression Regex(string pattern, string flags)
    {
        var written = new StringBuilder();
        foreach (var flag in flags)
        {
            if (flag is not ('i' or 's' or 'm' or 'x' or 'q')) throw new PgException(SqlStates.SyntaxError, "invalid input syntax for type jsonpath");
            if (flag is 'i' or 'q') written.Append(flag);
            if (flag == 'x' && !flags.Contains('q')) throw PgException.Unsupported("XQuery \"x\" flag (expanded regular expressions) is not implemented");
        }

        if (!flags.Contains('s')) written.Append('p');
        if (flags.Contains('m')) written.Append('w');
        return RegularExpression.Get(pattern, written.ToString());
    }

    private PathNode Sum()
    {
        var left = Product();
        while (true)
        {
            if (Symbol("+")) left = new Arithmetic(left, '+', Product());
            else if (Symbol("-")) left = new Arithmetic(left, '-', Product());
            else return left;
        }
    }

    private PathNode Product()
    {
        var left = Signed();
        while (true)
        {
            if (Symbol("*")) left = new Arithmetic(left, '*', Signed());
            else if (Symbol("/")) left = new Arithmetic(left, '/', Signed());
            else if (Symbol("%")) left = new Arithmetic(left, '%', Signed());
            else return left;
        }
    }

    private PathNode Signed()
    {
        if (Symbol("+")) return new Unary('+', Signed());
        if (Symbol("-")) return new Unary('-', Signed());
        return Accessors(Primary());
    }

    private PathNode Primary()
    {
        Blank();
        if (_at >= _text.Length) throw Error();
        var c = _text[_at];
        if (c == '(')
        {
            _at++;
            var inner = Or();
            Expect(")");
            return inner;
        }

        if (c == '@')
        {
            _at++;
            return new Current();
        }

        if (c == '$')
        {
            _at++;
            if (_at < _text.Length && _text[_at] == '"') return new Variable(String());
            var start = _at;
            while (_at < _text.Length && IsName(_text[_at])) _at++;
            return _at == start ? new Root() : new Variable(_text[start.._at]);
        }

        if (c == '"') return Json(JsonSerializer.Serialize(String()));
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]))) return Json(Number());
        foreach (var word in (ReadOnlySpan<string>)["true", "false", "null"])
            if (Word(word)) return Json(word);
        return Word("last") ? new Last() : throw Error();
    }

    private static Constant Json(string text) => new(JsonDocument.Parse(text).RootElement.Clone());

    private string Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'
            || (_text[_at] is 'e' or 'E') || (_text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E'))) _at++;
        return PgNumeric.Parse(_text[start.._at]).ToString();
    }

    private string String()
    {
        if (_at >= _text.Length || _text[_at] != '"') throw Error();
        var end = _at + 1;
        while (end < _text.Length && _text[end] != '"') end += _text[end] == '\\' ? 2 : 1;
        if (end >= _text.Length) throw new PgException(SqlStates.SyntaxError, "unterminated quoted string at end of jsonpath input");
        var quoted = _text[_at..(end + 1)];
        _at = end + 1;
        try
        {
            return JsonSerializer.Deserialize<string>(quoted)!;
        }
        catch (JsonException)
        {
            // Escapes that JSON does not have stand for the character.
            return System.Text.RegularExpressions.Regex.Replace(quoted[1..^1], @"\\(.)", "$1");
        }
    }

    private PathNode Accessors(PathNode of)
    {
        while (true)
        {
            Blank();
            if (Symbol("?"))
            {
                Expect("(");
                of = new Filter(of, Or());
                Expect(")");
            }
            else if (Symbol("["))
            {
                of = new Subscripts(of, Ranges());
            }
            else if (_at < _text.Length && _text[_at] == '.')
            {
                _at++;
                of = AfterDot(of);
            }
            else
            {
                return of;
            }
        }
    }

    private List<(PathNode, PathNode?)>? Ranges()
    {
        if (Symbol("*"))
        {
            Expect("]");
            return null;
        }

        var ranges = new List<(PathNode, PathNode?)>();
        do
        {
            var from = Sum();
            ranges.Add((from, Word("to") ? Sum() : null));
        }
        while (Symbol(","));
        Expect("]");
        return ranges;
    }

    private PathNode AfterDot(PathNode of)
    {
        if (Symbol("**")) return Levels(of);
        if (Symbol("*")) return new Member(of, null);
        Blank();
        if (_at < _text.Length && _text[_at] == '"') return new Member(of, String());
        var start = _at;
        while (_at < _text.Length && IsName(_text[_at])) _at++;
        if (_at == start) throw Error();
        var name = _text[start.._at];
        if (!Methods.Contains(name) || !Symbol("("))
            return name == "datetime" && Symbol("(") ? throw PgException.Unsupported("the jsonpath method datetime() is not supported by the embedded engine") : new Member(of, name);
        Expect(")");
        return new Method(of, name);
    }

    private Descend Levels(PathNode of)
    {
        if (!Symbol("{")) return new Descend(of, 0, null);
        var from = Level();
        var upTo = Word("to") ? Level() : from;
        Expect("}");
        return new Descend(of, from, upTo);
    }

    private int? Level()
    {
        if (Word("last")) return null;
        Blank();
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        return _at > start ? int.Parse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture) : throw Error();
    }
}
