using Gateway.Sql.Schema;

namespace Gateway.Catalog;

/// <summary>One table of pg_catalog or information_schema: its columns, and its rows for a snapshot of a database's metadata.</summary>
public abstract class CatalogRelation(string name, string schema = SystemCatalog.Schema)
{
    public RelationInfo Info { get; } = SystemCatalog.Describe(schema, name);

    /// <summary>Its rows depend on more than the snapshot: on the session, or on what the node does at this moment.</summary>
    public virtual bool IsVolatile => false;

    public abstract CatalogRows Rows(CatalogImage image, ICatalogSession? session);
}

/// <summary>Rows that are the same for every database: those of Data/name.tsv.</summary>
internal sealed class DataRelation(string name, string schema = SystemCatalog.Schema) : CatalogRelation(name, schema)
{
    private CatalogRows? _rows;

    public override CatalogRows Rows(CatalogImage image, ICatalogSession? session) => _rows ??= new DataRows(Info, CatalogData.Read(Info.Name));
}

/// <summary>What no database of the gateway has.</summary>
internal sealed class EmptyRelation(string name) : CatalogRelation(name)
{
    public override CatalogRows Rows(CatalogImage image, ICatalogSession? session) => CatalogRows.None;
}

/// <summary>Lines of a file, all values read.</summary>
internal sealed class DataRows(RelationInfo relation, IEnumerable<string?[]> lines) : CatalogRows
{
    private readonly CatalogValue[][] _rows = [.. lines.Select(line => Read(relation, line))];

    public override int Count => _rows.Length;

    public override CatalogValue Value(int row, int column) => _rows[row][column];

    private static CatalogValue[] Read(RelationInfo relation, string?[] line)
    {
        if (line.Length != relation.Columns.Length)
            throw new InvalidOperationException($"{relation.Name}: a row of {line.Length} values for {relation.Columns.Length} columns");
        return [.. line.Select((text, i) => CatalogValue.Parse(relation.Columns[i].Type.Oid, text))];
    }
}

/// <summary>Rows computed from items of the snapshot: each column is told once how it follows from an item.</summary>
internal abstract class CatalogRelation<T> : CatalogRelation
{
    private readonly Func<T, CatalogValue>?[] _columns;

    protected CatalogRelation(string name)
        : base(name)
    {
        _columns = new Func<T, CatalogValue>?[Info.Columns.Length];
    }

    /// <summary>The rows of Data/name.tsv that come first.</summary>
    protected virtual bool HasData => false;

    public override CatalogRows Rows(CatalogImage image, ICatalogSession? session)
    {
        for (var i = 0; i < _columns.Length; i++)
            if (_columns[i] is null) throw new InvalidOperationException($"{Info.Name}.{Info.Columns[i].Name} has no value");
        return new ItemRows(this, [.. Items(image, session)], HasData ? image.Data(Info) : CatalogRows.None);
    }

    protected abstract IEnumerable<T> Items(CatalogImage image, ICatalogSession? session);

    protected void Set(string column, Func<T, CatalogValue> value) => _columns[Index(column)] = value;

    /// <summary>The same for every item.</summary>
    protected void Set(CatalogValue value, params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns) Set(column, _ => value);
    }

    /// <summary>A column of a type with a text form of its own: arrays, int2vector…</summary>
    protected void Parse(string column, Func<T, string?> text)
    {
        var type = Info.FindColumn(column)!.Type.Oid;
        Set(column, item => CatalogValue.Parse(type, text(item)));
    }

    private int Index(string column) => Info.FindColumn(column) is { } found
        ? Info.Columns.IndexOf(found)
        : throw new InvalidOperationException($"{Info.Name} has no column {column}");

    private sealed class ItemRows(CatalogRelation<T> relation, T[] items, CatalogRows data) : CatalogRows
    {
        public override int Count => data.Count + items.Length;

        public override CatalogValue Value(int row, int column) =>
            row < data.Count ? data.Value(row, column) : relation._columns[column]!(items[row - data.Count]);
    }
}
