using System.Collections;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>Finds tables wherever a tree holds them.</summary>
internal static class TreeSearch
{
    public static IEnumerable<QualifiedName> Tables(object? node)
    {
        switch (node)
        {
            case null or string or Name or QualifiedName: yield break;
            case NamedTable named: yield return named.Table; yield break;
            case IEnumerable items:
                foreach (var item in items)
                    foreach (var found in Tables(item)) yield return found;
                yield break;
        }
        if (node.GetType().Namespace != typeof(Query).Namespace) yield break;
        foreach (var property in node.GetType().GetProperties())
            if (property.GetIndexParameters().Length == 0 && !property.PropertyType.IsValueType)
                foreach (var found in Tables(property.GetValue(node))) yield return found;
    }
}
