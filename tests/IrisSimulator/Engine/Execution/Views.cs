using IrisSimulator.Engine.Storage;
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

    /// <summary>Conditions name the view's columns; they must be those of the table.</summary>
    public Predicate Renamed(Predicate predicate) => !IsView || _names.All(n => n.Key.Equals(n.Value.Text, StringComparison.OrdinalIgnoreCase))
        ? predicate : throw Fail.NotSimulated("a condition on a view that renames its columns");

    public static (TableDef, IReadOnlyList<Name>) Target(Session session, QualifiedName name, IReadOnlyList<Name> columns)
    {
        var view = Open(session, name);
        if (!view.IsView) return (view.Table, columns);
        return (view.Table, columns.Count > 0 ? [.. columns.Select(view.Base)] : [.. view._names.Values]);
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
                if (view.CheckOption != CheckOption.None) throw Fail.NotSimulated("writing through WITH CHECK OPTION");
                var target = session.Database.Catalog.Table(source.Table);
                var opened = new Views(target) { IsView = true, Filter = select.Where };
                var fields = select.Items.SelectMany(i => i is ExpressionItem { Expression: ColumnReference c } item
                    ? [(item.Alias ?? c.Column, c.Column)] : target.Columns.Select(t => (new Name(t.Name), new Name(t.Name)))).ToList();
                for (var i = 0; i < fields.Count; i++)
                    opened._names[(view.Columns.Count > 0 ? view.Columns[i] : fields[i].Item1).Text] = fields[i].Item2;
                return opened;
            default: throw Catalog.Missing(name);
        }
    }
}
