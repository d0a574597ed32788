using System.Collections.Immutable;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects;

/// <summary>Types and names of a bound query's columns.</summary>
public static class QueryTypes
{
    public static ImmutableArray<TypeRef> Of(Query query) => query switch
    {
        Select select => [.. select.Items.Select(item => item.Value.Type)],
        SetOperation operation => [.. Of(operation.Left).Zip(Of(operation.Right), Common)],
        Values values => [.. Enumerable.Range(0, values.Rows[0].Length).Select(i => values.Rows.Select(row => row[i].Type).Aggregate(Common))],
        _ => [],
    };

    /// <summary>The names a query gives its columns, which may repeat.</summary>
    public static List<string> Names(Query query) => query switch
    {
        Select select => [.. select.Items.Select(item => item.OutputName ?? item.Alias ?? "?column?")],
        SetOperation operation => Names(operation.Left),
        Values values => [.. Enumerable.Range(1, values.Rows[0].Length).Select(i => $"column{i}")],
        _ => [],
    };

    private static TypeRef Common(TypeRef left, TypeRef right) => left == right ? left : new TypeRef(left.Oid);
}
