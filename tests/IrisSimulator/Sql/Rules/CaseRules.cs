using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

/// <summary>Branches of a CASE have one kind of type; what is untyped or mixed needs a CAST.</summary>
internal static class CaseRules
{
    private enum Family { Unknown, Text, Number, Temporal }

    public static void Check(Expression expression)
    {
        var results = expression switch
        {
            SearchedCase searched => searched.Whens.Select(w => w.Result).Append(searched.Else),
            SimpleCase simple => simple.Whens.Select(w => w.Result).Append(simple.Else),
            _ => [],
        };
        var families = new HashSet<Family>();
        foreach (var result in results)
        {
            if (result is Parameter) throw new IrisError(-378, "A host variable in a CASE branch: an explicit CAST is required");
            families.Add(Of(result));
        }
        families.Remove(Family.Unknown);
        if (families.Contains(Family.Text) && families.Count > 1)
            throw new IrisError(-378, "CASE branches of different types: an explicit CAST is required");
    }

    private static Family Of(Expression? expression) => expression switch
    {
        StringLiteral or Binary { Operator: BinaryOperator.Concat or BinaryOperator.Underscore } => Family.Text,
        NumberLiteral or Unary { Operand: NumberLiteral } => Family.Number,
        EscapeLiteral => Family.Temporal,
        Cast { Target.Name: var name } => OfType(name),
        _ => Family.Unknown,
    };

    private static Family OfType(string name) => name switch
    {
        "CHAR" or "CHARACTER" or "NCHAR" or "VARCHAR" or "NVARCHAR" or "CHAR VARYING" => Family.Text,
        "DATE" or "TIME" or "TIMESTAMP" or "DATETIME" or "SMALLDATETIME" or "POSIXTIME" => Family.Temporal,
        "BINARY" or "VARBINARY" or "GUID" => Family.Unknown,
        _ => Family.Number,
    };
}
