using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

internal sealed class SchemaRunner(Session session)
{
    private Catalog Catalog => session.Database.Catalog;

    public Outcome Run(Statement statement)
    {
        switch (statement)
        {
            case CreateSchema create:
                if (!Catalog.Schemas.TryAdd(create.Schema.Text, create.Schema.Text))
                    return create.IfNotExists ? Outcome.Nothing : throw Fail.With(-476, $"Schema '{create.Schema}' already exists");
                return Outcome.Done;
            case DropSchema drop: return Drop(drop);
            default: throw Fail.NotSimulated(statement.GetType().Name);
        }
    }

    private Outcome Drop(DropSchema drop)
    {
        var name = drop.Schema.Text;
        if (!Catalog.Schemas.ContainsKey(name))
            return drop.IfExists ? Outcome.Nothing : throw Fail.With(-473, $"Schema '{name}' not found");
        var views = Catalog.Views.Where(v => Same(v.Schema)).ToList();
        var tables = Catalog.Tables.Where(t => Same(t.Schema)).ToList();
        if (views.Count + tables.Count > 0 && drop.Behavior != DropBehavior.Cascade) throw Fail.With(-475, $"Schema '{name}' is not empty");
        foreach (var view in views) Catalog.Remove(view.Schema, view.Name);
        // Tables that others refer to go after those.
        while (tables.Count > 0)
        {
            var next = tables.FirstOrDefault(t => Catalog.ReferencesTo(t).All(f => f.Table == t)) ?? tables[0];
            TableRunner.Drop(session, next, cascade: true);
            tables.Remove(next);
        }
        if (!Same(Catalog.DefaultSchema)) Catalog.Schemas.Remove(name);
        return Outcome.Done;

        bool Same(string schema) => schema.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
