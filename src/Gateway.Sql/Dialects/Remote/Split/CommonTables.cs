using Gateway.Sql.Analysis;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>Common tables that are read once become derived tables, as PostgreSQL does it; those never read are dropped.</summary>
internal static class CommonTables
{
    public static Query Inline(Query query)
    {
        if (query.With is not { } with) return query;
        if (with.Recursive || with.Tables.Any(table => table.Statement is not QueryStatement)) return query;

        // From the last to the first: a table may be read by those behind it.
        var tables = with.Tables.ToList();
        for (var i = tables.Count - 1; i >= 0; i--)
        {
            var table = tables[i];
            var body = ((QueryStatement)table.Statement).Query;
            var later = tables.Skip(i + 1).ToList();
            var use = new Uses(table.Name);
            foreach (var other in later) use.Visit(other.Statement);
            use.Visit(query with { With = null });
            if (use.Count > 1 || use.IsHidden || (use.Count == 1 && (table.Materialized == true || ColumnUse.IsCorrelated(body) || VolatileTest.IsVolatile(body)))) continue;
            tables.RemoveAt(i);
            if (use.Count == 0) continue;
            var inlining = new Inlining(table, body);
            for (var j = i; j < tables.Count; j++)
            {
                var statement = (QueryStatement)tables[j].Statement;
                tables[j] = tables[j] with { Statement = statement with { Query = inlining.Query(statement.Query) } };
            }

            query = inlining.Query(query with { With = null });
        }

        return query with { With = tables.Count == 0 ? null : with with { Tables = [.. tables] } };
    }

    private sealed class Uses(string name) : TreeWalker
    {
        public int Count { get; private set; }

        /// <summary>A query further in has a common table of the same name.</summary>
        public bool IsHidden { get; private set; }

        protected override bool Enter(Expr expression) => true;

        protected override void Enter(FromItem item)
        {
            if (item is TableRef { Relation: null } table && table.Name.Last == name) Count++;
        }

        protected override void Enter(Query query) =>
            IsHidden |= query.With is { } with && with.Tables.Any(table => table.Name == name);
    }

    private sealed class Inlining(CommonTable table, Query body) : TreeRewriter
    {
        protected override FromItem? Replace(FromItem item)
        {
            if (item is not TableRef { Relation: null } reference || reference.Name.Last != table.Name) return null;
            var columns = reference.Alias?.Columns ?? [];
            return new SubqueryRef(body, false)
            {
                Position = item.Position,
                Alias = new Alias(reference.Alias?.Name ?? table.Name, [.. columns, .. table.Columns.Skip(columns.Length)]),
            };
        }
    }
}
