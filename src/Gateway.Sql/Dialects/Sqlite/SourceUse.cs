using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Sqlite;

/// <summary>Whether SQLite reads the only source of a query exactly once, from the first row to the last.</summary>
/// <remarks>
/// Anything that could make it the inner side of a loop makes the answer no; then it is read into a common table first.
/// </remarks>
internal static class SourceUse
{
    public static bool IsStreamed(Query query) => query.With is null && Outermost(query) && new Count().In(query) == 1;

    private static bool Outermost(Query query) => query switch
    {
        Select { From: [SourceRef] } select => !select.Items.Any(item => HasSet(item.Value)),
        Select { From: [SubqueryRef { Query: var inner }] } select => inner.With is null && Outermost(inner) && !select.Items.Any(item => HasSet(item.Value)),
        _ => false,
    };

    private static bool HasSet(Expr value) => NestedCalls.FindSet(value) is not null;

    /// <summary>How often sources are read.</summary>
    private sealed class Count : TreeWalker
    {
        private int _count;

        public int In(Query query)
        {
            Visit(query);
            return _count;
        }

        protected override bool Enter(Expr expression) => true;

        protected override void Enter(FromItem item)
        {
            if (item is SourceRef) _count++;
        }
    }
}
