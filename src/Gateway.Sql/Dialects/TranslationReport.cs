using Gateway.Sql.Analysis;

namespace Gateway.Sql.Dialects;

/// <summary>A translation for people, line by line: the plan, then the types of parameters and of result columns.</summary>
public static class TranslationReport
{
    /// <param name="backend">The dialect's name.</param>
    public static IEnumerable<string> Lines(BoundStatement bound, Plan plan, string backend)
    {
        foreach (var line in PlanPrinter.Print(plan, backend).TrimEnd('\n').Split('\n')) yield return line;
        for (var i = 0; i < bound.ParameterTypes.Length; i++)
            yield return $"parameter ${i + 1}: {Types.TypeNames.Format(bound.ParameterTypes[i], -1)}";
        foreach (var column in bound.Columns)
            yield return $"column {column.Name}: {Types.TypeNames.Format(column.Type.Oid, column.Type.Typmod)}";
    }
}
