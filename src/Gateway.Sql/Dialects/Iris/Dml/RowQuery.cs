using Gateway.Sql.Tree;

namespace Gateway.Sql.Dialects.Iris.Dml;

/// <summary>A query with named columns that grows from the inside out: each layer may use the columns of those below.</summary>
internal sealed class RowQuery
{
    private const string Alias = "*new*";

    private readonly List<string> _names;
    private readonly List<TypeRef> _types;

    public RowQuery(Query query, IEnumerable<string> names)
    {
        Query = query;
        _names = [.. names];
        _types = [.. QueryTypes.Of(query).Take(_names.Count)];
    }

    public Query Query { get; private set; }

    public int Count => _names.Count;

    public bool Has(string name) => _names.Contains(name);

    /// <summary>Index of a column, from 0.</summary>
    public int IndexOf(string name) => _names.IndexOf(name) is >= 0 and var i ? i : throw new ArgumentException($"no column {name}");

    public TypeRef TypeOf(string name) => _types[IndexOf(name)];

    /// <summary>A column as the next layer sees it.</summary>
    public Expr Column(string name) => Build.Column(Alias, name, TypeOf(name));

    /// <summary>A column of the current row of the loop that this query drives.</summary>
    public Expr Row(string name) => Build.Row(IndexOf(name), TypeOf(name));

    /// <summary>Common tables for all layers.</summary>
    public void Attach(With with) => Query = Query with
    {
        With = Query.With is { } own ? new With(own.Recursive || with.Recursive, [.. with.Tables, .. own.Tables]) : with,
    };

    /// <summary>Adds columns in one more layer.</summary>
    public void Add(IReadOnlyList<(string Name, Expr Value)> columns)
    {
        if (columns.Count == 0) return;
        Query = Layer([.. _names.Select(name => (name, Column(name))), .. columns]);
        _names.AddRange(columns.Select(column => column.Name));
        _types.AddRange(columns.Select(column => column.Value.Type));
    }

    /// <summary>A query over this one.</summary>
    public Select Layer(IEnumerable<(string Name, Expr Value)> columns) => Build.Select(
        [.. columns.Select(column => Build.Item(column.Value, column.Name))],
        new SubqueryRef(Query, false) { Alias = new Alias(Alias, [.. _names]) });
}
