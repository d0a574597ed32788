using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>The table that an INSERT, UPDATE or DELETE writes to: itself, or the one under a view of plain fields.</summary>
internal sealed class Views
{
    private readonly Dictionary<string, Name> _names = new(StringComparer.OrdinalIgnoreCase);

    private Views(TableDef table) => Table = table;

    public TableDef Table { get; }
    public bool IsView { get; private init; }

    /// <summary>The view's own condition.</summary>
    public Predicate? Filter { get; private init; }

    public Name Base(Name name) => !IsView ? name
        : _names.GetValueOrDefault(name.Text) ?? throw Fail.With(-29, $"Field '{name}' not found in the applicable tables");

    public IReadOnlyDictionary<string, Name> Names => _names;
    private bool Checked { get; init; }

    /// <summary>The columns of the table that an INSERT names.</summary>
    public IReadOnlyList<Name> Targets(IReadOnlyList<Name> columns) => !IsView ? columns
        : columns.Count > 0 ? [.. columns.Select(Base)] : [.. _names.Values];

    /// <summary>WITH CHECK OPTION: a written row must be one that the view shows (-136, -137).</summary>
    public void CheckWritten(Session session, long id, int code)
    {
        if (!Checked || Filter is null) return;
        var translator = new Translator(session, []);
        var condition = translator.Translate(Filter, Translator.ScopeOf(Table, "a")).Sql;
        if (session.Database.Sqlite.Query($"SELECT 1 FROM {Table.Physical} AS a WHERE a.id={id} AND {condition}", translator.Bindings).Count == 0)
            throw Fail.With(code, "WITH CHECK OPTION of the view is violated");
    }

    /// <exception cref="IrisError">-30, -35, -115.</exception>
    public static Views Open(Session session, QualifiedName name)
    {
        switch (session.Database.Catalog.Find(name))
        {
            case TableDef { System: not null }: throw Fail.With(-115, $"Table '{name}' is read-only");
            case TableDef table: return new Views(table);
            case ViewDef view:
                if (view.ReadOnly || view.Query is not { Body: Select select, Limit: null, With.Count: 0 }
                    || select is not { Quantifier: SelectQuantifier.All, Top: null, GroupBy.Count: 0, Having: null, From.Tables: [NamedTable source] }
                    || select.Items.Any(i => i is not (StarItem or ExpressionItem { Expression: ColumnReference })))
                    throw Fail.With(-35, $"View '{view.Schema}.{view.Name}' is not updateable");
                var target = session.Database.Catalog.Table(source.Table);
                var opened = new Views(target) { IsView = true, Filter = select.Where, Checked = view.CheckOption != CheckOption.None };
                var fields = select.Items.SelectMany(i => i is ExpressionItem { Expression: ColumnReference c } item
                    ? [(item.Alias ?? c.Column, c.Column)] : target.Columns.Select(t => (new Name(t.Name), new Name(t.Name)))).ToList();
                for (var i = 0; i < fields.Count; i++)
                    opened._names[(view.Columns.Count > 0 ? view.Columns[i] : fields[i].Item1).Text] = fields[i].Item2;
                return opened;
            default: throw Catalog.Missing(name);
        }
    }
}
