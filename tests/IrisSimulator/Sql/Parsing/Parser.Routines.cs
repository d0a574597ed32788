using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Procedures, functions and triggers. Their bodies are kept as text.</summary>
internal sealed partial class Parser
{
    private RoutineKind RoutineKind() => ExpectAny("PROCEDURE", "FUNCTION", "METHOD", "QUERY") switch
    {
        "PROCEDURE" => Tree.RoutineKind.Procedure,
        "FUNCTION" => Tree.RoutineKind.Function,
        "METHOD" => Tree.RoutineKind.Method,
        _ => Tree.RoutineKind.Query,
    };

    private CreateRoutine CreateRoutine(bool orReplace)
    {
        var kind = RoutineKind();
        var name = QualifiedName();
        var parameters = RoutineParameters();
        DataType? returns = null;
        var language = "SQL";
        while (!At("{") && !At("BEGIN"))
            switch (Current.Key)
            {
                case "FOR":
                    _tokens.Take();
                    QualifiedName();
                    break;
                case "FINAL":
                    _tokens.Take();
                    break;
                case "RETURNS":
                    _tokens.Take();
                    returns = ColumnType();
                    break;
                case "RESULT":
                    Expect("RESULT", "SETS");
                    break;
                case "LANGUAGE":
                    _tokens.Take();
                    language = ExpectAny("SQL", "OBJECTSCRIPT", "PYTHON", "JAVA", "DOTNET");
                    break;
                default: throw Fail(-57, $"Invalid characteristic {Current} of {name}");
            }
        return new(kind, name, orReplace, parameters, returns, language, Body());
    }

    private List<RoutineParameter> RoutineParameters()
    {
        if (_tokens.Peek(1).Key != ")") return Bracketed(RoutineParameter);
        Expect("(", ")");
        return [];
    }

    private RoutineParameter RoutineParameter()
    {
        var mode = Accept("IN") ? ParameterMode.In : Accept("OUT") ? ParameterMode.Out : Accept("INOUT") ? ParameterMode.InOut : ParameterMode.In;
        var name = Name();
        var type = ColumnType();
        return new(mode, name, type, Accept("DEFAULT") ? Scalar() : null);
    }

    /// <summary>{ code }, or BEGIN … END with nothing behind the END but a semicolon.</summary>
    private string Body()
    {
        if (At("{")) return _tokens.TakeBraces();
        Expect("BEGIN");
        var rest = _tokens.TakeRest().TrimEnd().TrimEnd(';').TrimEnd();
        return rest.EndsWith("END", StringComparison.OrdinalIgnoreCase) && rest.Length > 3 && !char.IsLetterOrDigit(rest[^4])
            ? rest[..^3].Trim()
            : throw new IrisError(-1, "END expected at the end of the body");
    }

    private DropRoutine DropRoutine()
    {
        var kind = RoutineKind();
        var ifExists = IfExists();
        var name = QualifiedName();
        return new(kind, name, ifExists, Accept("FROM") ? QualifiedName() : null);
    }

    private CreateTrigger CreateTrigger(bool orReplace)
    {
        Expect("TRIGGER");
        var name = QualifiedName();
        var before = ExpectAny("BEFORE", "AFTER") == "BEFORE";
        // UPDATE OF is the only event then: its commas separate columns.
        List<Name> updateOf = Accept("UPDATE", "OF") ? List(Name) : [];
        List<string> events = updateOf.Count > 0 ? ["UPDATE"] : List(() => ExpectAny("INSERT", "UPDATE", "DELETE"));
        if (Accept("ORDER")) Integer();
        Expect("ON");
        var table = QualifiedName();
        var referencing = Accept("REFERENCING");
        if (referencing) Referencing();
        if (Accept("FOR"))
        {
            Expect("EACH");
            ExpectAny("ROW", "ROW_AND_OBJECT", "STATEMENT");
        }
        if (Accept("WHEN"))
        {
            Expect("(");
            Condition();
            Expect(")");
        }
        var language = Accept("LANGUAGE") ? ExpectAny("SQL", "OBJECTSCRIPT", "PYTHON") : "SQL";
        if (language != "SQL" && (updateOf.Count > 0 || referencing)) throw Fail(-49, "UPDATE OF and REFERENCING need LANGUAGE SQL");
        return new(name, orReplace, before, events, updateOf, table, language, Body());
    }

    private void Referencing()
    {
        do
        {
            ExpectAny("OLD", "NEW");
            Accept("ROW");
            Accept("AS");
            Name();
        }
        while (AtAny("OLD", "NEW"));
    }

    private DropTrigger DropTrigger()
    {
        Expect("TRIGGER");
        var ifExists = IfExists();
        var name = QualifiedName();
        return new(name, ifExists, Accept("ON") || Accept("FROM") ? QualifiedName() : null);
    }
}
