using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>Whether a tree reads a table. A statement of PostgreSQL does not see its own changes; one of IRIS may.</summary>
internal sealed class TableUse : TreeWalker
{
    private readonly RelationInfo _relation;
    private bool _found;

    private TableUse(RelationInfo relation) => _relation = relation;

    public static bool Reads(Query query, RelationInfo relation)
    {
        var use = new TableUse(relation);
        use.Visit(query);
        return use._found;
    }

    public static bool Reads(Expr? expression, RelationInfo relation)
    {
        var use = new TableUse(relation);
        use.Visit(expression);
        return use._found;
    }

    protected override bool Enter(Expr expression) => !_found;

    // A view may read anything.
    protected override void Enter(FromItem item) =>
        _found |= item is TableRef { Relation: { } relation } && (relation.Oid == _relation.Oid || relation.Kind == RelationKind.View);
}
