using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Storage;

/// <summary>Schemas, tables and views of a namespace. Names ignore case and keep the spelling they were made with.</summary>
internal sealed class Catalog
{
    public const string DefaultSchema = "SQLUser";

    private readonly Dictionary<string, object> _relations = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Schemas made by CREATE SCHEMA or by their first table.</summary>
    public SortedDictionary<string, string> Schemas { get; } = new(StringComparer.OrdinalIgnoreCase) { [DefaultSchema] = DefaultSchema };

    public IEnumerable<TableDef> Tables => _relations.Values.OfType<TableDef>().Where(t => t.System is null)
        .OrderBy(t => t.FullName, StringComparer.OrdinalIgnoreCase);
    public IEnumerable<ViewDef> Views => _relations.Values.OfType<ViewDef>().OrderBy(v => v.Schema + "." + v.Name, StringComparer.OrdinalIgnoreCase);
    public IEnumerable<TableDef> SystemTables => _relations.Values.OfType<TableDef>().Where(t => t.System is not null);

    public static string SchemaOf(QualifiedName name) => name.Schema?.Text ?? DefaultSchema;
    private static string Key(string schema, string name) => schema + "." + name;

    public object? Find(QualifiedName name) => _relations.GetValueOrDefault(Key(SchemaOf(name), name.Object.Text));

    /// <exception cref="IrisError">-30 when there is no such table.</exception>
    public TableDef Table(QualifiedName name) => Find(name) as TableDef ?? throw Missing(name);

    public static IrisError Missing(QualifiedName name) =>
        Fail.With(-30, $"Table '{(SchemaOf(name) + "." + name.Object.Text).ToUpperInvariant()}' not found");

    public void Add(TableDef table)
    {
        _relations.Add(Key(table.Schema, table.Name), table);
        if (table.System is null) Schemas.TryAdd(table.Schema, table.Schema);
    }

    public void Add(ViewDef view)
    {
        _relations[Key(view.Schema, view.Name)] = view;
        Schemas.TryAdd(view.Schema, view.Schema);
    }

    public void Remove(string schema, string name) => _relations.Remove(Key(schema, name));

    public void Rename(TableDef table, string name)
    {
        Remove(table.Schema, table.Name);
        table.Name = name;
        Add(table);
    }

    /// <summary>The schema's spelling when it exists already.</summary>
    public string Spell(string schema) => Schemas.GetValueOrDefault(schema, schema);

    public IEnumerable<ForeignKeyDef> ReferencesTo(TableDef table) => Tables.SelectMany(t => t.ForeignKeys).Where(f => f.Target == table);
}
