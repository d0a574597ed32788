using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    private int _viewDepth;

    private string From(FromClause clause, Scope scope)
    {
        var parts = new List<string>();
        foreach (var table in clause.Tables)
        {
            var part = Table(table, scope);
            // A comma binds weaker than JOIN; in SQLite both are one operator.
            parts.Add(table is Join ? $"({part})" : part);
        }
        return string.Join(" CROSS JOIN ", parts);
    }

    /// <summary>FROM of an UPDATE or DELETE, with the target before it unless it is one of the items.</summary>
    public string FromItems(FromClause clause, Scope scope, Func<string>? target)
    {
        var first = target is null ? "" : target() + " CROSS JOIN ";
        return first + From(clause, scope);
    }

    private string Table(TableReference reference, Scope scope)
    {
        switch (reference)
        {
            case NamedTable named: return Named(named, scope);
            case DerivedTable { Lateral: true } lateral: return LateralRows(lateral, scope);
            case DerivedTable derived:
                var relation = TranslateQuery(derived.Query, scope.Outer);
                return AddRelation(relation, derived.Alias?.Text, null, scope);
            case Join join: return Joined(join, scope);
            case JsonTable json: return JsonRows(json, scope);
            case TableFunction function: throw Fail.With(-428, $"Stored procedure '{function.Procedure}' not found");
            default: throw Fail.NotSimulated(reference.GetType().Name);
        }
    }

    private string AddRelation(Relation relation, string? label, string? schema, Scope scope)
    {
        var alias = NewAlias();
        var columns = relation.Columns.Select((c, i) => new SourceColumn(c.Label, $"{alias}.k{i + 1}", c.Type, c.Order) { Nullable = c.Nullable }).ToList();
        Unique(label, schema, scope);
        scope.Sources.Add(new Source(alias, label, schema, columns));
        return CountsRows ? $"(SELECT *, row_number() OVER () AS vid FROM ({relation.Sql})) AS {alias}" : $"({relation.Sql}) AS {alias}";
    }

    private static void Unique(string? label, string? schema, Scope scope)
    {
        if (label is not null && scope.Sources.Any(s => string.Equals(s.Label, label, StringComparison.OrdinalIgnoreCase)
            && string.Equals(s.Schema, schema, StringComparison.OrdinalIgnoreCase)))
            throw Fail.With(-20, $"Name conflict on table label '{label}'");
    }

    private string Named(NamedTable named, Scope scope)
    {
        if (named.Table.Schema is null && _common.TryGetValue(named.Table.Object.Text, out var common))
        {
            // The body sees the common tables before it, not itself.
            _common.Remove(named.Table.Object.Text);
            try { return AddRelation(TranslateQuery(common.Query, null), named.Alias?.Text ?? common.Name.Text, null, scope); }
            finally { _common[named.Table.Object.Text] = common; }
        }
        switch (Catalog.Find(named.Table))
        {
            case TableDef table: return Base(table, named.Alias?.Text, scope);
            case ViewDef view:
                if (++_viewDepth > 50) throw Fail.With(-400, "<FRAMESTACK> views refer to themselves");
                var relation = View(view);
                _viewDepth--;
                return AddRelation(relation, named.Alias?.Text ?? view.Name, named.Alias is null ? view.Schema : null, scope);
            default: throw Catalog.Missing(named.Table);
        }
    }

    private Relation View(ViewDef view)
    {
        var common = new Dictionary<string, CommonTable>(_common);
        _common.Clear();
        var relation = TranslateQuery(view.Query, null);
        foreach (var (name, table) in common) _common[name] = table;
        if (view.Columns.Count > 0)
            relation = relation with { Columns = relation.Columns.Select((c, i) => c with { Label = view.Columns[i].Text }).ToList() };
        return relation;
    }

    public string Base(TableDef table, string? label, Scope scope)
    {
        Tables.Add(table);
        var alias = NewAlias();
        Unique(label ?? table.Name, label is null ? table.Schema : null, scope);
        scope.Sources.Add(new Source(alias, label ?? table.Name, label is null ? table.Schema : null, ColumnsOf(table, alias))
        {
            Table = table.System is null ? table : null,
        });
        if (table.System is not null)
        {
            session.FillSystemTable(table);
            return $"{table.Physical} AS {alias}";
        }
        return table.Temporary ? $"(SELECT * FROM {table.Physical} WHERE owner={session.Job}) AS {alias}" : $"{table.Physical} AS {alias}";
    }

    /// <summary>The table under the names that a view gives its columns.</summary>
    public string Renamed(TableDef table, string label, Scope scope, IReadOnlyDictionary<string, Name> names)
    {
        var sql = Base(table, label, scope);
        var source = scope.Sources[^1];
        var columns = names.Select(n => (n.Key, Base: source.Columns.First(c => c.Is(n.Value))))
            .Select(p => new SourceColumn(p.Key, p.Base.Sql, p.Base.Type, p.Base.Order)
            {
                Nullable = p.Base.Nullable, Definition = p.Base.Definition, Table = table,
            }).ToList();
        scope.Sources[^1] = new Source(source.Alias, label, null, columns) { Table = table };
        return sql;
    }

    /// <summary>The names of a table already in the text under an alias.</summary>
    public static Scope ScopeOf(TableDef table, string alias)
    {
        var scope = new Scope(null) { Clause = Clause.Where };
        scope.Sources.Add(new Source(alias, table.Name, table.Schema, ColumnsOf(table, alias)) { Table = table });
        return scope;
    }

    private static List<SourceColumn> ColumnsOf(TableDef table, string alias)
    {
        var columns = table.Columns.Select(c => new SourceColumn(c.Name, $"{alias}.{c.Physical}", c.Type, c.Order)
        {
            Nullable = !c.NotNull, Hidden = c.Private, Definition = c, Table = table,
        }).ToList();
        if (table.Identity is null && table.System is null)
            columns.Insert(0, new SourceColumn(table.RowIdName, $"{alias}.id", IrisType.BigInt, TextOrder.Exact)
            {
                Nullable = false, Hidden = !table.PublicRowId, Table = table,
            });
        return columns;
    }

    private string Joined(Join join, Scope scope)
    {
        var first = scope.Sources.Count;
        var left = Table(join.Left, scope);
        var middle = scope.Sources.Count;
        var right = Table(join.Right, scope);
        if (join.Right is Join) right = $"({right})";
        if (join.Kind == JoinKind.Cross) return $"{left} CROSS JOIN {right}";
        var word = join.Kind == JoinKind.Inner ? "JOIN" : join.Kind.ToString().ToUpperInvariant() + " JOIN";
        string condition;
        if (join.On is not null) condition = In(Clause.From, scope, () => Translate(join.On, scope)).Sql;
        else
        {
            var lefts = scope.Sources[first..middle].SelectMany(s => s.Columns).Where(c => !c.Hidden && !c.Shadowed).ToList();
            var rights = scope.Sources[middle..].SelectMany(s => s.Columns).Where(c => !c.Hidden && !c.Shadowed).ToList();
            var names = join.Natural ? lefts.Where(l => rights.Any(r => r.Is(new Name(l.Name)))).Select(l => new Name(l.Name)).ToList() : join.Using;
            var equal = names.Select(name =>
            {
                var (l, r) = (One(lefts, name), One(rights, name));
                (join.Kind == JoinKind.Right ? l : r).Shadowed = true;
                return Compare(ComparisonOperator.Equal, Field(l), Field(r)).Sql;
            }).ToList();
            condition = equal.Count == 0 ? "1" : string.Join(" AND ", equal);
        }
        return $"{left} {word} {right} ON {condition}";

        static SourceColumn One(List<SourceColumn> columns, Name name)
        {
            var found = columns.Where(c => c.Is(name)).ToList();
            return found.Count == 1 ? found[0] : found.Count > 1
                ? throw Fail.With(-27, $"Field '{name}' is ambiguous among the applicable tables")
                : throw Fail.With(-29, $"Field '{name}' not found in the applicable tables");
        }
    }

    private string JsonRows(JsonTable json, Scope scope)
    {
        var value = Translate(json.Value, scope);
        var rows = Call("?JSONROWS", value, Literal(json.Path, IrisType.Text)).Sql;
        var alias = NewAlias();
        var columns = json.Columns.Select(c =>
        {
            if (c.Path is null) return new SourceColumn(c.Name.Text, $"({alias}.key+1)", IrisType.Integer, TextOrder.Exact);
            var type = c.Type is null ? IrisType.Text : TypeNames.Column(c.Type).Type;
            var element = new Term($"CASE WHEN {alias}.type IN ('object','array') THEN {alias}.value ELSE json_quote({alias}.value) END", IrisType.Text);
            return new SourceColumn(c.Name.Text, CastTerm(Call("?JSONFIELD", element, Literal(c.Path, IrisType.Text)), type).Sql, type, TextOrder.Exact);
        }).ToList();
        scope.Sources.Add(new Source(alias, json.Alias?.Text, null, columns));
        return $"json_each({rows}) AS {alias}";
    }
}
