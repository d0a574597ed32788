using Gateway.Sql.Tree;

namespace Gateway.Sql.Analysis;

/// <summary>The names PostgreSQL gives to result columns without an alias.</summary>
internal static class OutputNames
{
    public const string Unnamed = "?column?";

    public static string Of(SelectItem item) => item.Alias ?? Of(item.Value);

    public static string Of(Expr expression) => Figure(expression, out var name) > 0 ? name : Unnamed;

    /// <summary>0 no name, 1 a weak one that a better one inside may replace, 2 a good one.</summary>
    private static int Figure(Expr expression, out string name)
    {
        name = Unnamed;
        switch (expression)
        {
            case ColumnRef column: return Good(column.Name, out name);
            case FieldAccess field: return Good(field.Field, out name);
            case FunctionCall call: return Good(call.Name.Last, out name);
            case Subscript subscript: return Figure(subscript.Operand, out name);
            case Collate collate: return Figure(collate.Operand, out name);
            case NullIf: return Good("nullif", out name);
            case Coalesce: return Good("coalesce", out name);
            case MinMax minMax: return Good(minMax.Greatest ? "greatest" : "least", out name);
            case ArrayConstructor or ArraySubquery: return Good("array", out name);
            case RowConstructor: return Good("row", out name);
            case Exists: return Good("exists", out name);
            case SqlValue value: return Good(value.Name, out name);
            case ScalarSubquery scalar: return FirstOf(scalar.Query, out name);
            case Cast cast:
                var strength = Figure(cast.Operand, out name);
                if (strength > 1) return strength;
                name = cast.Target.Name.Last;
                return 1;
            case Case branches:
                strength = branches.Else is null ? 0 : Figure(branches.Else, out name);
                if (strength > 1) return strength;
                name = "case";
                return 1;
            default: return 0;
        }
    }

    private static int FirstOf(Query query, out string name)
    {
        while (query is SetOperation set) query = set.Left;
        switch (query)
        {
            case Select { Items: [var first, ..] }:
                if (first.Alias is not null) return Good(first.Alias, out name);
                // The subquery's own output name, and so "?column?" too, counts as a good name.
                return first.Value is Star ? None(out name) : Good(Of(first.Value), out name);
            case Values:
                return Good("column1", out name);
            default:
                return None(out name);
        }
    }

    private static int None(out string name)
    {
        name = Unnamed;
        return 0;
    }

    private static int Good(string value, out string name)
    {
        name = value;
        return 2;
    }
}
