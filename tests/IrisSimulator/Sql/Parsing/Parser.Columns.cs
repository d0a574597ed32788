using IrisSimulator.Sql.Lexing;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

/// <summary>Columns of a table and what may follow their type, each option once, in any order.</summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> ColumnOptions =
        ["COLLATE", "DEFAULT", "ON", "NULL", "NOT", "UNIQUE", "PRIMARY", "IDENTITY", "AUTO_INCREMENT", "REFERENCES", "COMPUTECODE",
         "%DESCRIPTION", "PRIVATE", "CHARACTER"];

    private static readonly HashSet<string> DefaultFunctions = ["GETDATE", "GETUTCDATE"];

    private static readonly HashSet<string> IntegerTypes = ["TINYINT", "SMALLINT", "INT", "INTEGER", "MEDIUMINT", "BIGINT"];

    private bool IsColumnOption(string key) => ColumnOptions.Contains(key) || key is "," or ")";

    private ColumnDefinition ColumnDefinition()
    {
        var name = Name();
        if (Current.Kind is TokenKind.End || At(",") || At(")")) throw Fail(-86, $"Column {name} has no data type");
        DataType? type = At("IDENTITY") ? null : ColumnType();
        var column = new ColumnDefinition(name, type);
        var given = new HashSet<string>();
        while (ColumnOptions.Contains(Current.Key))
        {
            var option = Current.Key switch { "NULL" => "NOT", "ON" => "ON UPDATE", var key => key };
            if (!given.Add(option)) throw Fail(-1, $"{Current} is given twice for column {name}");
            column = Option(column);
        }
        return column;
    }

    private ColumnDefinition Option(ColumnDefinition column)
    {
        switch (_tokens.Take().Key)
        {
            case "COLLATE": return column with { Collation = CollationName() };
            case "DEFAULT": return column with { Default = DefaultValue() };
            case "ON":
                Expect("UPDATE");
                return column with { OnUpdate = DefaultValue() };
            case "NULL": return column with { NotNull = false };
            case "NOT" when Accept("FOR"):
                Expect("REPLICATION");
                return column;
            case "NOT":
                Expect("NULL");
                return column with { NotNull = true };
            case "UNIQUE":
                Clustering();
                return column with { Unique = true };
            case "PRIMARY":
                Expect("KEY");
                Clustering();
                return column with { PrimaryKey = true };
            case "IDENTITY": return column with { Identity = true };
            case "AUTO_INCREMENT":
                if (column.Type is null || !IntegerTypes.Contains(column.Type.Name)) throw Fail(-1, "AUTO_INCREMENT needs an integer type");
                return column with { AutoIncrement = true };
            case "REFERENCES": return column with { References = ReferencesBehind() };
            case "COMPUTECODE": return column with { Compute = ComputeCode() };
            case "%DESCRIPTION": return column with { Description = QuotedText() };
            case "PRIVATE": return column with { Private = true };
            default:
                Expect("SET");
                Name();
                return column;
        }
    }

    private References ReferencesBehind()
    {
        var references = ReferencesAfterWord();
        return references.Columns.Count <= 1 ? references : throw Fail(-79, "A column refers to one column");
    }

    private Collation CollationName()
    {
        if (!Collations.TryGetValue(Current.Key, out var collation)) throw Fail(-1, $"A collation expected, {Current} found");
        _tokens.Take();
        return collation;
    }

    private DefaultSpec DefaultValue()
    {
        if (Accept("OBJECTSCRIPT")) return new DefaultCode(QuotedText());
        if (Current.Kind == TokenKind.Word && DefaultFunctions.Contains(Current.Key)) return new DefaultExpression(DefaultCall());
        if (AtAny("SESSION_USER", "SYSTEM_USER")) return new DefaultExpression(new SpecialValue(_tokens.Take().Key));
        var bracketed = At("(");
        var value = Signed().Scalar;
        var allowed = !bracketed && value is StringLiteral or NumberLiteral or NullLiteral or EscapeLiteral or SpecialValue
            or Unary { Operand: NumberLiteral };
        if (!allowed || value is SpecialValue { Name: ['$', ..] }) throw Fail(-1, "DEFAULT takes a literal, NULL, a user or the time");
        return new DefaultExpression(value);
    }

    private Expression DefaultCall()
    {
        var name = _tokens.Take().Key;
        var arguments = At("(") ? Arguments() : [];
        return arguments.Count == 0 || arguments is [NumberLiteral]
            ? new FunctionCall(name, false, arguments)
            : throw Fail(-1, $"{name} in DEFAULT takes a precision only");
    }

    /// <summary>In brackets, as ALTER TABLE wants it.</summary>
    private DefaultSpec BracketedDefault()
    {
        Expect("(");
        var value = DefaultValue();
        Expect(")");
        return value;
    }

    private ComputeCode ComputeCode()
    {
        var language = Accept("PYTHON") ? "PYTHON" : "OBJECTSCRIPT";
        if (language == "OBJECTSCRIPT") Accept("OBJECTSCRIPT");
        if (!At("{")) throw Fail(-1, $"Code in braces expected, {Current} found");
        var code = _tokens.TakeBraces();
        List<Name> onChange = Accept("COMPUTEONCHANGE") ? Bracketed(Name) : [];
        var calculated = onChange.Count == 0 && Accept("CALCULATED");
        return new(language, code, onChange, calculated, onChange.Count == 0 && !calculated && Accept("TRANSIENT"));
    }
}
