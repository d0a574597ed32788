using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Remote.Split;

/// <summary>What a whole query reads.</summary>
internal sealed class QueryFacts : TreeWalker
{
    /// <summary>The first table that the backend holds; null when there is none.</summary>
    public RelationInfo? Table { get; private set; }

    /// <summary>FOR UPDATE and its like.</summary>
    public LockingClause? Lock { get; private set; }

    /// <summary>A statement in WITH that changes data.</summary>
    public DmlStatement? Change { get; private set; }

    /// <summary>It reads a view whose text is known.</summary>
    public bool HasView { get; private set; }

    public static QueryFacts Of(Query query)
    {
        var facts = new QueryFacts();
        facts.Visit(query);
        return facts;
    }

    public static bool ReadTables(Query query) => Of(query).Table is not null;

    public static bool IsCatalog(RelationInfo relation) => relation.Schema is "pg_catalog" or "information_schema";

    protected override bool Enter(Expr expression) => true;

    protected override void Enter(FromItem item)
    {
        if (item is not TableRef { Relation: { } relation } || IsCatalog(relation)) return;
        Table ??= relation;
        HasView |= Views.IsText(relation);
    }

    protected override void Enter(Query query)
    {
        if (!query.Locking.IsDefaultOrEmpty) Lock ??= query.Locking[0];
        if (query.With is not { } with) return;
        foreach (var table in with.Tables) Change ??= table.Statement as DmlStatement;
    }
}
