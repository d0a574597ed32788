using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Gateway.Sql.Tree;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Every node below a node. By reflection: DDL is rare, and no kind of node can be forgotten.</summary>
internal static class TreeWalk
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static void Visit(Node node, Action<Node> visit)
    {
        visit(node);
        foreach (var property in Properties.GetOrAdd(node.GetType(), Relevant))
            VisitValue(property.GetValue(node), visit);
    }

    private static void VisitValue(object? value, Action<Node> visit)
    {
        switch (value)
        {
            case Node child:
                Visit(child, visit);
                break;
            case SubscriptItem item:
                VisitValue(item.Lower, visit);
                VisitValue(item.Upper, visit);
                break;
            case string or null:
                break;
            case IEnumerable items:
                foreach (var item in items) VisitValue(item, visit);
                break;
        }
    }

    private static PropertyInfo[] Relevant(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property =>
            property.GetIndexParameters().Length == 0
            && (typeof(Node).IsAssignableFrom(property.PropertyType) || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)
                || property.PropertyType == typeof(SubscriptItem))),
    ];
}
