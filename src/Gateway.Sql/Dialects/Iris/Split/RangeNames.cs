using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Split;

/// <summary>What FROM items are called, and which of them IRIS holds.</summary>
internal static class RangeNames
{
    public static IEnumerable<string> Of(FromItem item) => item switch
    {
        Join join => Of(join.Left).Concat(Of(join.Right)),
        { Alias: { } alias } => [alias.Name],
        TableRef table => [table.Name.Last],
        _ => [],
    };

    public static bool IsCatalog(RelationInfo relation) => relation.Schema is "pg_catalog" or "information_schema";

    /// <summary>A query reads tables that IRIS holds.</summary>
    public static bool ReadTables(Query query) => FindTable(query) is not null;

    public static RelationInfo? FindTable(Query query)
    {
        var search = new TableSearch();
        search.Visit(query);
        return search.Found;
    }

    private sealed class TableSearch : TreeWalker
    {
        public RelationInfo? Found { get; private set; }

        protected override bool Enter(Expr expression) => Found is null;

        protected override void Enter(FromItem item)
        {
            if (item is TableRef { Relation: { } relation } && !IsCatalog(relation)) Found ??= relation;
        }
    }
}
