using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>The names by which columns of a FROM item are reached.</summary>
internal static class RangeNames
{
    public static IEnumerable<string> Of(FromItem item) => item switch
    {
        Join join => Of(join.Left).Concat(Of(join.Right)),
        { Alias: { } alias } => [alias.Name],
        TableRef table => [table.Name.Last],
        _ => [],
    };
}
