using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql.Rules;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

internal sealed class ViewRunner(Session session)
{
    private Catalog Catalog => session.Database.Catalog;

    public Outcome Run(Statement statement)
    {
        switch (statement)
        {
            case CreateView create:
                if (Catalog.Find(create.View) is { } existing && !(create.OrReplace && existing is ViewDef))
                    throw Fail.With(-201, $"Table or view '{Catalog.SchemaOf(create.View)}.{create.View.Object}' already exists");
                Define(create.View, create.Columns, create.Query, create.Text, create.ReadOnly, create.CheckOption, statement.ParameterCount);
                return Outcome.Done;
            case AlterView alter:
                if (Catalog.Find(alter.View) is not ViewDef) throw Catalog.Missing(alter.View);
                Define(alter.View, alter.Columns, alter.Query, alter.Text, alter.ReadOnly, alter.CheckOption, statement.ParameterCount);
                return Outcome.Done;
            case DropView drop: return Drop(drop);
            default: throw Fail.NotSimulated(statement.GetType().Name);
        }
    }

    private void Define(QualifiedName name, IReadOnlyList<Name> columns, Query query, string text, bool readOnly, CheckOption option, int parameters)
    {
        if (parameters > 0) throw Fail.With(-148, "Parameters are not allowed in a view");
        if (query.OrderBy.Count > 0 && query.Body is not Select { Top: not null }) throw Fail.With(-143, "ORDER BY in a view needs TOP");
        if (!name.Object.Text.Any(char.IsLetterOrDigit)) throw Fail.With(-90, $"Invalid view name '{name.Object}'");
        var relation = new QueryRunner(session, []).Describe(query);
        if (columns.Count > 0 && columns.Count != relation.Columns.Count)
            throw Fail.With(-142, $"View '{name}' names {columns.Count} columns, its query has {relation.Columns.Count}");
        var labels = columns.Count > 0 ? columns.Select(c => c.Key) : relation.Columns.Select(c => c.Label.ToUpperInvariant());
        if (labels.Distinct().Count() != relation.Columns.Count) throw Fail.With(-97, "Duplicate column names in the view");
        Catalog.Add(new ViewDef
        {
            Schema = Catalog.Spell(Catalog.SchemaOf(name)), Name = name.Object.Text, Columns = columns, Query = Spelt(query), Text = text,
            ReadOnly = readOnly, CheckOption = option, Owner = session.User,
        });
    }

    /// <summary>A star stands for the columns of the day the view was made.</summary>
    private Query Spelt(Query query)
    {
        if (query.Body is not Select { From.Tables: [NamedTable source], Items: var items } select || !items.Any(i => i is StarItem)) return query;
        var label = new QualifiedName(null, source.Alias ?? source.Table.Object);
        var labels = new QueryRunner(session, []).Describe(query with { Body = select with { Items = [new StarItem(null)] }, OrderBy = [] }).Columns;
        var spelt = items.SelectMany(i => i is StarItem
            ? labels.Select(c => new ExpressionItem(new ColumnReference(label, new Name(c.Label)), null)) : (IEnumerable<SelectItem>)[i]);
        return query with { Body = select with { Items = [.. spelt] } };
    }

    private Outcome Drop(DropView drop)
    {
        if (Catalog.Find(drop.View) is not ViewDef view) return drop.IfExists ? Outcome.Nothing : throw Catalog.Missing(drop.View);
        var users = Catalog.Views.Where(v => v != view && Uses(Catalog, v, view)).ToList();
        if (users.Count > 0 && drop.Behavior != DropBehavior.Cascade)
            throw Fail.With(-321, $"Cannot DROP view '{view.Schema}.{view.Name}': view '{users[0].Schema}.{users[0].Name}' refers to it");
        foreach (var user in users) Catalog.Remove(user.Schema, user.Name);
        Catalog.Remove(view.Schema, view.Name);
        return Outcome.Done;
    }

    public static bool Uses(Catalog catalog, ViewDef view, object relation) =>
        Walk.All(view.Query).OfType<NamedTable>().Select(t => t.Table).Any(name => catalog.Find(name) is { } found
            && (found == relation || found is ViewDef inner && inner != view && Uses(catalog, inner, relation)));
}
