using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>Keys and references of a table, as CREATE TABLE and ALTER TABLE ADD declare them.</summary>
internal sealed class Constraints(Session session, TableDef table)
{
    private Catalog Catalog => session.Database.Catalog;

    public void Of(ColumnDefinition definition)
    {
        if (definition.PrimaryKey) Add(new PrimaryKeyConstraint(null, [definition.Name]));
        if (definition.Unique) Add(new UniqueConstraint(null, [definition.Name]));
        if (definition.References is { } references) Add(new ForeignKeyConstraint(null, [definition.Name], references));
    }

    public void Add(TableConstraint constraint)
    {
        switch (constraint)
        {
            case PrimaryKeyConstraint primary:
                if (table.PrimaryKey is not null) throw Fail.With(-307, $"Table '{table.FullName}' has a primary key already");
                AddKey(primary.Name, "PKEY", primary: true, Columns(table, primary.Columns));
                break;
            case UniqueConstraint unique:
                AddKey(unique.Name, "UNIQUE", primary: false, Columns(table, unique.Columns));
                break;
            case ForeignKeyConstraint foreign:
                AddForeign(foreign);
                break;
            default: throw Fail.NotSimulated(constraint.GetType().Name);
        }
    }

    private static List<ColumnDef> Columns(TableDef table, IReadOnlyList<Name> names) => [.. names.Select(n => table.Find(n)
        ?? throw Fail.With(-31, $"Field '{n}' not found in table '{table.FullName}'"))];

    private string NameOf(Name? given, string kind)
    {
        if (given is not null)
        {
            if (table.Keys.Any(k => Same(k.Name, given.Text))) throw Fail.With(-324, $"Constraint '{given}' already exists on table '{table.FullName}'");
            if (table.ForeignKeys.Any(k => Same(k.Name, given.Text))) throw Fail.With(-311, $"Foreign key '{given}' already exists on table '{table.FullName}'");
            return given.Text;
        }
        var taken = table.Keys.Select(k => k.Name).Concat(table.ForeignKeys.Select(k => k.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 1; ; i++)
            if ($"{table.Name.ToUpperInvariant()}_{kind}{i}" is var name && !taken.Contains(name))
                return name;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private void AddKey(Name? name, string kind, bool primary, List<ColumnDef> columns)
    {
        if (columns.FirstOrDefault(c => c.Type.IsStream) is { } stream) throw Fail.With(-37, $"The stream field '{stream.Name}' cannot be in a key");
        if (primary) foreach (var column in columns) column.NotNull = true;
        table.Keys.Add(new KeyDef(NameOf(name, kind), primary, columns));
        Index(session, table, columns);
    }

    /// <summary>An index of SQLite's, for speed only; keys are checked by <see cref="RowWriter"/>.</summary>
    public static void Index(Session session, TableDef table, IReadOnlyList<ColumnDef> columns)
    {
        if (columns.Any(c => c.Identity) || session.Database.Catalog.Find(new QualifiedName(new Name(table.Schema), new Name(table.Name))) != table) return;
        var name = $"x{table.Number}_{string.Join('_', columns.Select(c => c.Physical))}";
        session.Database.Sqlite.Run($"CREATE INDEX IF NOT EXISTS {name} ON {table.Physical} ({string.Join(',', columns.Select(RowText.Collated))})");
    }

    private void AddForeign(ForeignKeyConstraint foreign)
    {
        var columns = Columns(table, foreign.Columns);
        var self = Same(Catalog.SchemaOf(foreign.References.Table), table.Schema) && Same(foreign.References.Table.Object.Text, table.Name);
        var target = self ? table : Catalog.Find(foreign.References.Table) as TableDef
            ?? throw Fail.With(-310, $"Foreign key refers to the table '{foreign.References.Table}', which does not exist");
        IReadOnlyList<ColumnDef> targets;
        if (foreign.References.Columns.Count == 0)
            targets = target.PrimaryKey?.Columns ?? throw Fail.With(-319, $"The referenced table '{target.FullName}' has no primary key");
        else
        {
            targets = Columns(target, foreign.References.Columns);
            var unique = target.Keys.Any(k => k.Columns.Count == targets.Count && k.Columns.All(targets.Contains)) || targets is [{ Identity: true }];
            if (!unique) throw Fail.With(-314, $"The referenced field(s) of table '{target.FullName}' are not unique");
        }
        if (targets.Count != columns.Count) throw Fail.With(-79, $"Foreign key of {columns.Count} fields refers to {targets.Count}");
        table.ForeignKeys.Add(new ForeignKeyDef(NameOf(foreign.Name, "FKEY"), table, columns, target, targets,
            foreign.References.OnDelete, foreign.References.OnUpdate, foreign.References.NoCheck));
    }
}
