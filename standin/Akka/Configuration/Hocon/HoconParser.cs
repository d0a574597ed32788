namespace Akka.Configuration.Hocon;

/// <summary>Text to tree: objects of layers, whose substitutions are resolved afterwards.</summary>
/// <remarks>
/// What Akka.NET's own parser refuses or silently reads otherwise (+=, ${?x}, a comma after }, bare special characters,
/// anything left open) is refused here with its line, so that every text accepted here means the same there.
/// </remarks>
internal sealed class HoconParser
{
    private const string Special = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly HoconScanner _scan;

    private HoconParser(string text) => _scan = new HoconScanner(text);

    public static HoconObject Parse(string text)
    {
        var parser = new HoconParser(text);
        parser._scan.SkipBlanks(newLines: true);
        HoconObject root;
        if (parser._scan.Current == '{')
        {
            root = parser.Braced();
            parser._scan.SkipBlanks(newLines: true);
            if (!parser._scan.AtEnd) throw parser._scan.Error("nothing may follow the closing }");
        }
        else
        {
            root = parser.Members('\0');
        }
        return new HoconResolver(root).Resolve();
    }

    private HoconObject Braced()
    {
        var line = _scan.Line;
        _scan.Skip();
        var result = Members('}');
        if (_scan.Current != '}') throw new FormatException($"line {line}: the {{ that begins here has no closing }}");
        _scan.Skip();
        return result;
    }

    private HoconObject Members(char end)
    {
        var result = new HoconObject();
        while (true)
        {
            _scan.SkipBlanks(newLines: true);
            if (_scan.AtEnd || _scan.Current == end) return result;
            if (_scan.Current == '}') throw _scan.Error("this } closes nothing");
            var afterObject = Member(result);
            var ended = _scan.SkipBlanks(newLines: true);
            if (_scan.Current == ',')
            {
                if (afterObject) throw _scan.Error("no comma may follow a closing }; begin a new line");
                _scan.Skip();
            }
            else if (!ended && !_scan.AtEnd && _scan.Current != end)
                throw _scan.Error($"expected a comma or a new line before '{_scan.Current}'");
        }
    }

    private bool Member(HoconObject target)
    {
        var keys = Keys();
        _scan.SkipBlanks(newLines: false);
        if (_scan.Current == '{')
        {
            // key { … } needs no sign.
        }
        else if (_scan.Current is '=' or ':')
        {
            _scan.Skip();
        }
        else if (_scan.At("+="))
        {
            throw _scan.Error("+= is not understood by Akka.NET; write the whole list in one place");
        }
        else
        {
            throw _scan.Error($"expected =, : or {{ after the key \"{string.Join('.', keys)}\"");
        }

        for (var i = 0; i < keys.Count - 1; i++) target = Inner(target, keys[i]);
        var layers = LayersOf(target, keys[^1]);
        var value = Value(keys);
        layers.Values.Add(value);
        return value.Items is [.., HoconObject];
    }

    private static Layers LayersOf(HoconObject target, string key)
    {
        if (target.TryGet(key, out var known)) return (Layers)known;
        var layers = new Layers([]);
        target[key] = layers;
        return layers;
    }

    private static HoconObject Inner(HoconObject target, string key)
    {
        var inner = new HoconObject();
        LayersOf(target, key).Values.Add(new Pieces([inner], 0));
        return inner;
    }

    private List<string> Keys()
    {
        var keys = new List<string>();
        while (true)
        {
            var key = _scan.Current == '"' ? _scan.Quoted() : _scan.Unquoted(static c => c is '.' or '=' or ':' or '{' or '}' or '[' or ']' or ',' or '+' or '"');
            if (key.Length == 0 && keys.Count == 0) throw _scan.Error($"expected a key, found '{_scan.Current}'");
            keys.Add(key);
            if (_scan.Current == '.') _scan.Skip();
            else return keys;
        }
    }

    private Pieces Value(List<string> keys)
    {
        _scan.SkipBlanks(newLines: true);
        var pieces = new Pieces([], _scan.Line);
        while (true)
        {
            var blank = _scan.Blanks();
            if (_scan.AtEnd || _scan.AtComment || _scan.Current is '\n' or ',' or '}' or ']') break;
            if (blank.Length > 0 && pieces.Items.Count > 0) pieces.Items.Add(new Literal(blank, false, Blank: true));
            pieces.Items.Add(Piece());
        }
        if (pieces.Items.Count == 0) throw _scan.Error($"the key \"{string.Join('.', keys)}\" has no value");
        return pieces;
    }

    private object Piece()
    {
        if (_scan.Current == '{') return Braced();
        if (_scan.Current == '[') return List();
        if (_scan.Current == '"') return new Literal(_scan.Quoted(), Quoted: true);
        if (_scan.At("${"))
        {
            var line = _scan.Line;
            _scan.Skip(2);
            if (_scan.Current == '?') throw _scan.Error("${?…} is read as null by Akka.NET; use ${…} or leave the key out");
            return new Substitution(_scan.Until('}', "the substitution").Trim(), line);
        }
        var text = _scan.Unquoted(static c => Special.Contains(c));
        return text.Length > 0 ? new Literal(text, Quoted: false) : throw _scan.Error($"a value with '{_scan.Current}' must be quoted");
    }

    private List<object> List()
    {
        var line = _scan.Line;
        _scan.Skip();
        var items = new List<object>();
        while (true)
        {
            _scan.SkipBlanks(newLines: true);
            if (_scan.AtEnd || _scan.Current == '}') throw new FormatException($"line {line}: the [ that begins here has no closing ]");
            if (_scan.Current == ']') break;
            if (_scan.Current == ',') _scan.Skip();
            else items.Add(Value(["list"]));
        }
        _scan.Skip();
        return items;
    }
}
