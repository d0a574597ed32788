using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    /// <summary>A type as a column may have it.</summary>
    private DataType ColumnType()
    {
        if (Current.Kind != TokenKind.Word) throw Fail(-86, $"A data type expected, {Current} found");
        if (Current.Text.StartsWith('%')) return ClassType();
        if (SpellingHere() is not { } spelling || version < spelling.Since)
            throw Fail(IsColumnOption(Current.Key) ? -86 : -1, $"Unknown data type {Current}");
        TakeSpelling(spelling);
        var arguments = spelling.Name switch
        {
            "VECTOR" => VectorArguments(),
            "EMBEDDING" => Bracketed(QuotedText),
            "VARCHAR" => VarcharArguments(),
            _ => NumericArguments(),
        };
        CheckArguments(spelling, arguments);
        return new(spelling.Name, arguments);
    }

    /// <summary>A type as CAST may have it: fewer names, and the scale may be -1 (cut off).</summary>
    private DataType CastTarget()
    {
        var spelling = Current.Kind == TokenKind.Word ? SpellingHere() : null;
        if (spelling is not { CastTarget: true }) throw Fail(-376, $"CAST to {Current} is not supported");
        TakeSpelling(spelling);
        if (spelling.Name is "TIME" or "TINYINT" or "SMALLINT" or "BIGINT" && At("(")) throw Fail(-376, $"CAST to {spelling.Name} takes no length");
        var arguments = NumericArguments(signedScale: true);
        CheckArguments(spelling, arguments);
        return new(spelling.Name, arguments);
    }

    /// <summary>Two words before one: DOUBLE PRECISION, LONG RAW.</summary>
    private TypeSpelling? SpellingHere() =>
        TypeNames.Find($"{Current.Key} {_tokens.Peek(1).Key}") ?? TypeNames.Find(Current.Key);

    private void TakeSpelling(TypeSpelling spelling)
    {
        foreach (var word in spelling.Name.Split(' ')) Expect(word);
    }

    private void CheckArguments(TypeSpelling spelling, List<string> arguments)
    {
        if (arguments.Count < spelling.Least || arguments.Count > spelling.Most)
            throw Fail(-1, $"Data type {spelling.Name} does not take {arguments.Count} arguments");
        if (spelling.Name == "TIME" && arguments is [var digits] && int.Parse(digits) > 9) throw Fail(-1, "The precision of TIME is 0 to 9");
        if (spelling.Name is not ("NUMERIC" or "DECIMAL" or "DEC" or "NUMBER") || arguments.Count == 0) return;
        var precision = int.Parse(arguments[0]);
        var scale = arguments.Count > 1 ? int.Parse(arguments[1]) : 0;
        if (scale > 18 || precision > 19 + Math.Max(0, scale)) throw Fail(-1, $"Precision {precision} with scale {scale} is out of range");
    }

    private List<string> NumericArguments(bool signedScale = false)
    {
        if (!Accept("(")) return [];
        var arguments = new List<string> { Integer().ToString() };
        if (Accept(","))
        {
            var sign = signedScale && Accept("-") ? "-" : "";
            arguments.Add(sign + Integer());
        }
        Expect(")");
        return arguments;
    }

    private List<string> VarcharArguments()
    {
        if (!At("(")) return [];
        if (_tokens.Peek(1).Kind != TokenKind.String && _tokens.Peek(1).Key != "MAX") return NumericArguments();
        Expect("(");
        var text = Accept("MAX") ? "MAX" : QuotedText();
        if (text is not ("MAX" or "")) throw Fail(-1, "The length of VARCHAR is a number, MAX or ''");
        Expect(")");
        return [text];
    }

    private List<string> VectorArguments()
    {
        if (!Accept("(")) return [];
        var arguments = new List<string> { ElementType().ToString().ToUpperInvariant() };
        if (Accept(",")) arguments.Add(Integer().ToString());
        Expect(")");
        return arguments;
    }

    /// <summary>%Library.String(MAXLEN=20), %List.</summary>
    private DataType ClassType()
    {
        var name = _tokens.Take().Text;
        while (Accept(".")) name += "." + Name().Text;
        if (!name.Contains('.') && TypeNames.Find(name.ToUpperInvariant()) is null) throw Fail(-1, $"Unknown data type {name}");
        if (!At("(")) return new(name, []);
        var parameters = Bracketed(() =>
        {
            var key = Name().Text;
            Expect("=");
            return KeyValuePair.Create(key, OptionValue());
        });
        return new(name, []) { ClassParameters = parameters };
    }

    /// <summary>A number, a string or a word behind '='.</summary>
    private string OptionValue()
    {
        if (Accept("-")) return "-" + Integer();
        return Current.Kind is TokenKind.Number or TokenKind.String or TokenKind.Word
            ? _tokens.Take().Text
            : throw Fail(-1, $"A value expected, {Current} found");
    }
}
