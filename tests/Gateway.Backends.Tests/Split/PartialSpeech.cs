using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote.Split;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Tests.Split;

/// <summary>A backend that is this engine itself, but for some words it does not know: which, depends on the seed.</summary>
internal sealed class PartialSpeech(SqliteDialect dialect, int seed, int percent) : Speech
{
    public override RemoteQuery? Say(Query query)
    {
        var words = new Words();
        words.Visit(query);
        if (words.IsForeign || words.Found.Any(Lacks)) return null;
        try
        {
            return new RemoteQuery(dialect.RenderQuery(query, [.. QueryTypes.Of(query).Select((_, i) => $"c{i}")]), [], QueryTypes.Of(query));
        }
        catch (PgException)
        {
            return null;
        }
    }

    private bool Lacks(string word)
    {
        if (word.Length == 0) return false;

        // The same on every machine, unlike string.GetHashCode.
        uint hash = 2166136261u ^ (uint)seed;
        foreach (var c in word) hash = (hash ^ c) * 16777619u;
        hash ^= hash >> 15;
        return hash % 100 < percent;
    }

    private sealed class Words : TreeWalker
    {
        private readonly HashSet<string> _commonTables = [];

        public HashSet<string> Found { get; } = [];

        /// <summary>Something that only this engine has.</summary>
        public bool IsForeign { get; private set; }

        protected override bool Enter(Expr expression)
        {
            Found.Add(expression switch
            {
                FunctionCall call => $"{call.Resolved?.Source}{(call.Over is null ? "" : " over")}",
                BinaryOp op => op.Resolved?.Function ?? op.Operator.Symbol,
                ColumnRef or NumberLiteral or StringLiteral or NullLiteral => "",
                Cast cast => $"to {cast.Type.Oid}",
                _ => expression.GetType().Name,
            });
            IsForeign |= expression is InputRef;
            return true;
        }

        protected override void Enter(FromItem item)
        {
            switch (item)
            {
                case TableRef { Relation: { } relation }:
                    IsForeign |= relation.Schema is "pg_catalog" or "information_schema";
                    break;
                case TableRef table:
                    IsForeign |= !_commonTables.Contains(table.Name.Last);
                    break;
                case SubqueryRef:
                    Found.Add("derived");
                    break;
                case Join join:
                    Found.Add($"{join.Kind} join");
                    break;
                default:
                    IsForeign = true;
                    break;
            }
        }

        protected override void Enter(Query query)
        {
            if (query.With is { } with)
            {
                Found.Add("with");
                foreach (var table in with.Tables) _commonTables.Add(table.Name);
            }

            if (query.Limit is not null) Found.Add("limit");
            if (query.Offset is not null) Found.Add("offset");
            if (!query.OrderBy.IsDefaultOrEmpty) Found.Add("order by");
            if (query is not Select select)
            {
                Found.Add(query.GetType().Name);
                return;
            }

            if (select.Distinct) Found.Add("distinct");
            if (!select.GroupBy.IsDefaultOrEmpty) Found.Add("group by");
            if (select.Having is not null) Found.Add("having");
        }
    }
}
