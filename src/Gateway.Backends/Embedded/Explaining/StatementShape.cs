using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;

namespace Gateway.Backends.Embedded.Explaining;

/// <summary>What the tree of a statement tells that SQLite's plan does not: which table a name is, what is grouped, sorted and limited.</summary>
internal sealed class StatementShape
{
    private readonly Dictionary<string, RelationInfo> _tables = new(StringComparer.Ordinal);
    private readonly SchemaSnapshot _schema;

    public StatementShape(Statement statement, SchemaSnapshot schema)
    {
        _schema = schema;
        Change = statement as DmlStatement;
        Query = statement switch
        {
            QueryStatement query => query.Query,
            Insert insert => insert.Source,
            _ => null,
        };
        var names = new TableNames(this);
        if (Change is { Relation: { } target }) _tables[Change.TableAlias ?? target.Name] = target;
        names.Visit(statement);
        var from = statement switch { Update update => update.From, Delete delete => delete.Using, _ => (Query as Select)?.From ?? [] };
        foreach (var item in from) Collect(item);
        Where.Add(statement switch { Update update => update.Where, Delete delete => delete.Where, _ => (Query as Select)?.Where });
        IsJoin = from.Length + (statement is Update or Delete ? 1 : 0) > 1 || from.Any(item => item is Join);
    }

    public DmlStatement? Change { get; }

    public Query? Query { get; }

    public List<Expr?> Where { get; } = [];

    public bool IsJoin { get; }

    /// <summary>An outer join among the outermost tables: what WHERE says is not told at one of them.</summary>
    public bool HasOuterJoin { get; private set; }

    public HashSet<string> CommonTables { get; } = new(StringComparer.Ordinal);

    public bool Groups => Query is Select select && (!select.GroupBy.IsDefaultOrEmpty || Calls.Any(select, window: false));

    public bool HasWindows => Query is Select select && Calls.Any(select, window: true);

    /// <summary>By the name that SQLite's plan has: an alias, or a table's own name where a view was expanded.</summary>
    public RelationInfo? Find(string name) =>
        _tables.GetValueOrDefault(EmbeddedNames.Original(name))
        ?? _schema.Relations.FirstOrDefault(relation => EmbeddedNames.Stored(EmbeddedNames.Plain(relation.Schema, relation.Name)) == name);

    /// <summary>Whether the statement itself names a table so.</summary>
    public bool Names(string name) => _tables.ContainsKey(EmbeddedNames.Original(name));

    private void Collect(FromItem item)
    {
        if (item is not Join join) return;
        if (join.Kind is not (JoinKind.Inner or JoinKind.Cross)) HasOuterJoin = true;
        Where.Add(join.On);
        Collect(join.Left);
        Collect(join.Right);
    }

    private sealed class TableNames(StatementShape shape) : TreeWalker
    {
        protected override bool Enter(Expr expression) => true;

        protected override void Enter(FromItem item)
        {
            if (item is TableRef { Relation: { } relation } table) shape._tables.TryAdd(table.Alias?.Name ?? relation.Name, relation);
        }

        protected override void Enter(Query query)
        {
            foreach (var table in query.With?.Tables ?? []) shape.CommonTables.Add(table.Name);
        }
    }

    private sealed class Calls(bool window) : TreeWalker
    {
        private bool _found;

        public static bool Any(Select select, bool window)
        {
            var walker = new Calls(window);
            foreach (var item in select.Items) walker.Visit(item.Value);
            walker.Visit(select.Having);
            walker.Visit(select.OrderBy);
            return walker._found;
        }

        protected override bool Enter(Expr expression)
        {
            if (Depth > 0) return false;
            _found |= expression is FunctionCall call && (window ? call.Over is not null : call is { Over: null, Resolved.Kind: 'a' });
            return true;
        }
    }
}
