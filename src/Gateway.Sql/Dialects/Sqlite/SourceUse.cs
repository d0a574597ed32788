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
        Select { From: [SourceRef] } select => HasNoLooseSet(select),
        Select { From: [SubqueryRef { Query: var inner }] } select => inner.With is null && Outermost(inner) && HasNoLooseSet(select),
        _ => false,
    };

    // A set that depends on the source's row is made for each row. Another might become the outer loop.
    private static bool HasNoLooseSet(Select select)
    {
        foreach (var item in select.Items)
        {
            var sets = new Sets();
            sets.Visit(item.Value);
            if (sets.HasLoose) return false;
        }

        return true;
    }

    private sealed class Sets : TreeWalker
    {
        public bool HasLoose { get; private set; }

        protected override bool Enter(Expr expression)
        {
            if (expression is FunctionCall { Resolved.ReturnsSet: true } call && Depth == 0)
            {
                var columns = new Columns();
                foreach (var argument in call.Arguments) columns.Visit(argument.Value);
                HasLoose |= !columns.HasOwn;
            }

            return true;
        }
    }

    private sealed class Columns : TreeWalker
    {
        public bool HasOwn { get; private set; }

        protected override bool Enter(Expr expression)
        {
            HasOwn |= Depth == 0 && expression is ColumnRef { Column: { LevelsUp: 0, Source: not null } };
            return true;
        }
    }

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
