using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Calls whose brackets hold more than expressions. The name has been taken.</summary>
internal sealed partial class Parser
{
    private Func<bool, Expression>? SpecialForm(string name) => name switch
    {
        "CAST" => _ => CastCall(),
        "CONVERT" => escape => escape ? EscapedConvert() : Convert(),
        "TRIM" => _ => Trim(),
        "SUBSTRING" => Substring,
        "POSITION" => _ => Position(),
        "DATEPART" or "DATENAME" => _ => WithDatePart(name, false, 2),
        "DATEADD" or "DATEDIFF" => _ => WithDatePart(name, false, 3),
        "DATE_TRUNC" => _ => WithDatePart(name, false, 2),
        "TIMESTAMPADD" or "TIMESTAMPDIFF" => _ => WithDatePart(name, true, 3),
        "HASHBYTES" => _ => HashBytes(),
        "JSON_OBJECT" => _ => JsonObject(),
        "JSON_ARRAY" => _ => JsonArray(),
        "TO_VECTOR" => _ => ToVector(),
        "XMLELEMENT" => _ => XmlElement(),
        "XMLFOREST" => _ => new XmlForest(Bracketed(XmlItem)),
        "PREDICT" => _ => Predict(),
        "PROBABILITY" => _ => Probability(),
        _ => null,
    };

    private Cast CastCall()
    {
        Expect("(");
        var operand = Scalar();
        Expect("AS");
        var target = CastTarget();
        Expect(")");
        return new(operand, target);
    }

    private ConvertCall Convert()
    {
        Expect("(");
        var target = CastTarget();
        Expect(",");
        var operand = Scalar();
        Expression? style = null;
        if (Accept(",")) style = new NumberLiteral(Integer().ToString());
        Expect(")");
        return new(operand, target, style, Escape: false);
    }

    private ConvertCall EscapedConvert()
    {
        Expect("(");
        var operand = Scalar();
        Expect(",");
        var type = Current.Key;
        if (!TypeNames.IsOdbc(type)) throw Fail(-376, $"CONVERT to {Current} is not supported");
        _tokens.Take();
        Expect(")");
        return new(operand, new(type, []), null, Escape: true);
    }

    private Trim Trim()
    {
        Expect("(");
        var side = Accept("LEADING") ? TrimSide.Leading : Accept("TRAILING") ? TrimSide.Trailing : TrimSide.Both;
        if (side == TrimSide.Both) Accept("BOTH");
        if (AtAny("FROM", ")")) throw Fail(-75, "TRIM needs characters before FROM");
        var operand = Scalar();
        Expression? characters = null;
        if (Accept("FROM")) (characters, operand) = (operand, Scalar());
        if (!Accept(")")) throw Fail(-75, $"Invalid TRIM syntax, {Current} found");
        return new(side, characters, operand);
    }

    private FunctionCall Substring(bool escape)
    {
        Expect("(");
        var arguments = new List<Expression> { Scalar() };
        if (!escape && Accept("FROM"))
        {
            arguments.Add(Scalar());
            if (Accept("FOR")) arguments.Add(Scalar());
        }
        else
            while (Accept(",")) arguments.Add(Scalar());
        Expect(")");
        if (arguments.Count < 2) throw Fail(-380, "Arguments missing for scalar function SUBSTRING");
        if (arguments.Count > 3) throw Fail(-381, "Too many arguments for scalar function SUBSTRING");
        return new("SUBSTRING", escape, arguments);
    }

    private FunctionCall Position()
    {
        Expect("(");
        // IN belongs to POSITION here, not to a condition.
        var part = Sum().Scalar;
        Expect("IN");
        var whole = Sum().Scalar;
        Expect(")");
        return new("POSITION", false, [part, whole]);
    }

    private FunctionCall WithDatePart(string name, bool odbc, int count)
    {
        Expect("(");
        var arguments = new List<Expression> { DatePart(name, odbc) };
        while (Accept(",")) arguments.Add(Scalar());
        Expect(")");
        if (arguments.Count < count) throw Fail(-380, $"Arguments missing for scalar function {name}");
        if (arguments.Count > count) throw Fail(-381, $"Too many arguments for scalar function {name}");
        return new(name, odbc, arguments);
    }

    private DatePart DatePart(string name, bool odbc)
    {
        var quoted = Current.Kind == TokenKind.String;
        if (!quoted && (Current.Kind != TokenKind.Word || name == "DATE_TRUNC")) throw Fail(-8, $"{Current} is no date part");
        var spelling = Current.Text;
        const string prefix = "SQL_TSI_";
        var part = spelling.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) != odbc ? null
            : Signatures.DatePart(spelling) ?? (odbc ? Signatures.DatePart(spelling[prefix.Length..]) : null);
        var known = part is not null && (part != "sqltimestamp" || name == "DATEPART") && !(odbc && quoted);
        if (!known) throw Fail(-8, $"{Current} is no date part of {name}");
        _tokens.Take();
        return new(part!);
    }

    private FunctionCall HashBytes()
    {
        Expect("(");
        var algorithm = QuotedText();
        if (algorithm is not ("SHA256" or "SHA384" or "SHA512")) throw Fail(-1, $"HASHBYTES does not know '{algorithm}'");
        Expect(",");
        var operand = Scalar();
        if (operand is ScalarSubquery) throw Fail(-13, "HASHBYTES takes no subquery");
        Expect(")");
        return new("HASHBYTES", false, [new StringLiteral(algorithm), operand]);
    }

    private JsonObject JsonObject()
    {
        Expect("(");
        var pairs = List(() =>
        {
            var key = Sum().Scalar;
            Expect(":");
            return new JsonPair(key, Scalar());
        });
        var absent = AbsentOnNull();
        Expect(")");
        return new(pairs, absent);
    }

    private JsonArray JsonArray()
    {
        Expect("(");
        var items = List(Scalar);
        var absent = AbsentOnNull();
        Expect(")");
        return new(items, absent);
    }

    private bool AbsentOnNull()
    {
        var absent = At("ABSENT");
        if (absent || At("NULL"))
        {
            _tokens.Take();
            Expect("ON", "NULL");
        }
        return absent;
    }

    private ToVector ToVector()
    {
        Expect("(");
        var data = Scalar();
        var element = version >= IrisVersion.V2024_3 ? VectorElement.Float : VectorElement.Double;
        Expression? length = null;
        var given = Accept(",");
        if (given) element = ElementType();
        if (given && Accept(","))
            length = Current.Kind == TokenKind.Parameter ? Marker() : new NumberLiteral(Integer().ToString());
        if (At(",")) throw Fail(-381, "Too many arguments for scalar function TO_VECTOR");
        Expect(")");
        return new(data, element, given, length);
    }

    private VectorElement ElementType()
    {
        var element = VectorElements.Find(Current.Key);
        if (element is null) throw Fail(-1, $"{Current} is no element type of a vector");
        _tokens.Take();
        return element.Value;
    }

    private XmlElement XmlElement()
    {
        Expect("(");
        Accept("NAME");
        var tag = Name().Text;
        List<XmlItem> attributes = [];
        List<Expression> content = [];
        if (At(",") && _tokens.Peek(1).Key == "XMLATTRIBUTES")
        {
            Expect(",", "XMLATTRIBUTES");
            attributes = Bracketed(XmlItem);
        }
        while (Accept(",")) content.Add(Scalar());
        Expect(")");
        return new(tag, attributes, content);
    }

    private XmlItem XmlItem()
    {
        var value = Scalar();
        return new(value, Accept("AS") ? Name() : null);
    }

    private ModelCall Predict()
    {
        Expect("(");
        var model = Name();
        var trained = Accept("USE") ? Name() : null;
        var with = ModelInput();
        Expect(")");
        return new(ModelFunction.Predict, model, trained, null, with);
    }

    private ModelCall Probability()
    {
        Expect("(");
        var model = Name();
        var trained = Accept("USE") ? Name() : null;
        var label = Accept("FOR") ? QuotedText() : null;
        var with = ModelInput();
        Expect(")");
        return new(ModelFunction.Probability, model, trained, label, with);
    }

    /// <summary>WITH (feature, …): which columns stand for the model's features.</summary>
    private List<Expression> ModelInput() => Accept("WITH") ? Bracketed(Scalar) : [];
}
