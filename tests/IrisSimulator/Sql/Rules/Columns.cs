using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

/// <summary>The columns of a query's result, as far as the text tells.</summary>
public static class Columns
{
    /// <summary>Null when there is a star.</summary>
    public static int? Count(QueryBody body)
    {
        var items = FirstSelect(body).Items;
        return items.Any(item => item is StarItem) ? null : items.Count;
    }

    /// <summary>
    /// Labels by position. Null stands for a star. A column without alias has the name as it is written in the text;
    /// the server shows the spelling of the catalog instead.
    /// </summary>
    public static IReadOnlyList<string?> Labels(QueryBody body) => FirstSelect(body).Items
        .Select((item, index) => item is ExpressionItem named ? Label(named, index + 1) : null).ToList();

    /// <param name="position">From 1, counting the columns that a star before it stands for.</param>
    public static string Label(ExpressionItem item, int position) => item.Alias?.Text ?? item.Expression switch
    {
        ColumnReference column => column.Column.Text,
        ArrowReference arrow => arrow.Path[^1].Text,
        PseudoColumn { Kind: PseudoColumnKind.Id } => "ID",
        StringLiteral or NumberLiteral or EscapeLiteral or Parameter => $"HostVar_{position}",
        Unary { Operand: NumberLiteral } => $"HostVar_{position}",
        NullLiteral or PseudoColumn => $"Literal_{position}",
        SpecialValue { Name: var name } when !IsFunction(name) => $"Literal_{position}",
        AggregateCall => $"Aggregate_{position}",
        WindowCall => $"Window_{position}",
        ScalarSubquery => $"Subquery_{position}",
        _ => $"Expression_{position}",
    };

    private static bool IsFunction(string name) => name is "CURRENT_DATE" or "CURRENT_TIME" or "CURRENT_TIMESTAMP" or "SYSDATE";

    /// <summary>The one that names the columns: the first leg.</summary>
    public static Select FirstSelect(QueryBody body)
    {
        while (true)
            switch (body)
            {
                case Select select: return select;
                case SetOperation operation: body = operation.Left; break;
                case NestedQuery nested: body = nested.Query.Body; break;
                default: throw new ArgumentOutOfRangeException(nameof(body));
            }
    }
}
