using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>CREATE INDEX and DROP INDEX: names belong to their table (section 4.3).</summary>
internal sealed class IndexRunner(Session session)
{
    private Catalog Catalog => session.Database.Catalog;

    public Outcome Run(Statement statement) => statement switch
    {
        CreateIndex create => Run(create),
        DropIndex drop => Run(drop),
        BuildIndex build => Run(build),
        _ => throw Fail.NotSimulated(statement.GetType().Name),
    };

    private Outcome Run(BuildIndex build)
    {
        var table = Catalog.Table(build.Table);
        foreach (var name in build.Indexes)
            if (!Named(table, name)) throw Fail.With(-333, $"No such index '{name}' on table '{table.FullName}'");
        return Outcome.Done;
    }

    private static bool Named(TableDef table, Name name) => table.Indexes.Any(i => Is(i.Name, name)) || table.Keys.Any(k => Is(k.Name, name));
    private static bool Is(string a, Name b) => string.Equals(a, b.Text, StringComparison.OrdinalIgnoreCase);

    private Outcome Run(CreateIndex create)
    {
        var table = Catalog.Table(create.Table);
        if (table.System is not null) throw Fail.With(-300, $"DDL is not allowed on '{table.FullName}'");
        if (Named(table, create.Name)) throw Fail.With(-324, $"Index '{create.Name}' already exists on table '{table.FullName}'");
        var columns = Columns(create.Columns);
        if (columns.FirstOrDefault(c => c.Type.IsStream) is { } stream) throw Fail.With(-37, $"The stream field '{stream.Name}' cannot be indexed");
        if (create.Class?.ToUpperInvariant() is "HNSW" or "%SQL.INDEX.HNSW")
        {
            if (columns is not [{ Type: { Kind: IrisKind.Vector, Length: not null, Element: "FLOAT" or "DOUBLE" or "DECIMAL" } }])
                throw Fail.With(-400, "ERROR: an HNSW index needs one vector field of fixed length and type float, double or decimal");
            if (!create.ClassParameters.Any(p => p.Key.Equals("Distance", StringComparison.OrdinalIgnoreCase)))
                throw Fail.With(-400, "ERROR: an HNSW index needs a Distance");
        }
        else if (columns.Any(c => c.Type.Kind == IrisKind.Vector)) throw Fail.With(-400, "ERROR: a vector field cannot be in this index");
        var unique = create.Kind == IndexKind.Unique;
        if (unique)
        {
            var key = new KeyDef(create.Name.Text, false, columns, FromIndex: true);
            new AlterRunner(session).CheckKey(table, key);
            table.Keys.Add(key);
        }
        table.Indexes.Add(new IndexDef(create.Name.Text, unique, columns, create.Class, Columns(create.WithData), create.Kind));
        if (columns.Count > 0 && columns.All(c => !c.Identity)) Constraints.Index(session, table, columns);
        return Outcome.Done;

        List<ColumnDef> Columns(IReadOnlyList<Name> names) => [.. names.Select(n => table.Find(n)
            ?? throw Fail.With(-31, $"Field '{n}' not found in table '{table.FullName}'"))];
    }

    private Outcome Run(DropIndex drop)
    {
        var tables = drop.Table is { } given ? [Catalog.Table(given)] : Catalog.Tables.ToList();
        var found = tables.Where(t => t.Indexes.Any(i => Is(i.Name, drop.Name))).ToList();
        if (found.Count == 0)
        {
            if (drop.IfExists) return Outcome.Nothing;
            throw Fail.With(-333, $"No such index '{drop.Name}'");
        }
        if (found.Count > 1) throw Fail.With(-334, $"Index name '{drop.Name}' is ambiguous");
        found[0].Indexes.RemoveAll(i => Is(i.Name, drop.Name));
        found[0].Keys.RemoveAll(k => k.FromIndex && Is(k.Name, drop.Name));
        return Outcome.Done;
    }
}
