namespace IrisSimulator.Engine.Storage;

/// <summary>One namespace of one instance. Everything in it happens under <see cref="Gate"/>.</summary>
internal sealed class Database : IDisposable
{
    private int _lastTable;

    public Database(string name)
    {
        Name = name;
        InformationSchema.SystemViews.AddTo(this);
    }

    public string Name { get; }
    public object Gate { get; } = new();
    public SqliteHost Sqlite { get; } = new();
    public Catalog Catalog { get; } = new();
    public Locks Locks { get; } = new();
    public HashSet<Session> Sessions { get; } = [];

    /// <summary>Counts for ROWVERSION columns of the whole namespace.</summary>
    public long RowVersion { get; set; }

    public Dictionary<string, object> Options { get; } = new(StringComparer.OrdinalIgnoreCase);

    public int NewTableNumber() => ++_lastTable;

    public void Dispose() => Sqlite.Dispose();
}
