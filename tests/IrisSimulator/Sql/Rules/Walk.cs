using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Rules;

/// <summary>Looking through trees without a visitor per node type. Iterative: chains of operators are deep.</summary>
public static class Walk
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>Nodes directly below, in the order of the constructor's parameters.</summary>
    public static IEnumerable<object> Children(object node)
    {
        foreach (var property in PropertiesOf(node.GetType()))
        {
            var value = property.GetValue(node);
            if (value is IEnumerable items and not string)
            {
                foreach (var item in items)
                    if (item is not null && IsNode(item.GetType()))
                        yield return item;
            }
            else if (value is not null && IsNode(value.GetType())) yield return value;
        }
    }

    /// <summary>The node and all below it.</summary>
    public static IEnumerable<object> All(object node) => Search(node, _ => true);

    /// <summary>The node and all below it that belongs to the same query: what is inside a subquery is left out.</summary>
    public static IEnumerable<object> OwnLevel(object node) => Search(node, n => n is not Query);

    /// <param name="enter">Whether to go below a node; the node itself is given out either way.</param>
    public static IEnumerable<object> Search(object node, Func<object, bool> enter)
    {
        var open = new Stack<object>();
        open.Push(node);
        while (open.TryPop(out var next))
        {
            yield return next;
            if (!enter(next)) continue;
            foreach (var child in Children(next).Reverse()) open.Push(child);
        }
    }

    /// <summary>Same shape and same leaves. Records compare lists by reference, so their own Equals does not do.</summary>
    public static bool Same(object a, object b)
    {
        var open = new Stack<(object A, object B)>();
        open.Push((a, b));
        while (open.TryPop(out var pair))
        {
            if (pair.A.GetType() != pair.B.GetType()) return false;
            foreach (var property in PropertiesOf(pair.A.GetType()))
                if (!SameValue(property.GetValue(pair.A), property.GetValue(pair.B), open))
                    return false;
        }
        return true;
    }

    private static bool SameValue(object? x, object? y, Stack<(object, object)> open)
    {
        if (x is null || y is null) return x is null && y is null;
        if (x is IEnumerable and not string)
        {
            var (xs, ys) = (((IEnumerable)x).Cast<object>().ToList(), ((IEnumerable)y).Cast<object>().ToList());
            return xs.Count == ys.Count && xs.Zip(ys).All(pair => SameValue(pair.First, pair.Second, open));
        }
        if (!IsNode(x.GetType())) return x.Equals(y);
        open.Push((x, y));
        return true;
    }

    private static PropertyInfo[] PropertiesOf(Type type) => Properties.GetOrAdd(type, t => t
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.GetIndexParameters().Length == 0 && p.CanWrite).ToArray());

    private static bool IsNode(Type type) =>
        type.IsClass && type.Namespace == typeof(Statement).Namespace && type != typeof(Name) && type != typeof(QualifiedName);
}
