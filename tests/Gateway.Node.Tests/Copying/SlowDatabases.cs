using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Node.Tests.Copying;

/// <summary>The embedded engine behind a connection that has no bulk loading of its own, and takes rows when a test lets it.</summary>
internal sealed class SlowDatabases : IDatabases, IDisposable
{
    private readonly EmbeddedDatabases _engine;
    private IDatabases Engine => _engine;
    private readonly Dictionary<string, ServedDatabase> _served = [];

    public SlowDatabases(string directory)
    {
        _engine = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = directory });
        if (!_engine.Names.Contains("scratch")) _engine.Create("scratch");
    }

    /// <summary>What an INSERT waits for; set from the start.</summary>
    public ManualResetEventSlim Gate { get; } = new(true);

    /// <summary>Rows that have been asked of the engine's cursors.</summary>
    public long RowsRead;

    public IReadOnlyList<string> Names => _engine.Names;

    public ServedDatabase? Find(string name)
    {
        lock (_served)
        {
            if (_served.TryGetValue(name, out var known)) return known;
            if (Engine.Find(name) is not { } served) return null;
            return _served[name] = served with { Backend = new Backend(served.Backend, this) };
        }
    }

    public void Create(string name) => _engine.Create(name);

    public void Drop(string name) => _engine.Drop(name);

    public void Dispose() => _engine.Dispose();

    private sealed class Backend(IBackend inner, SlowDatabases owner) : IBackend
    {
        public string Name => inner.Name;

        public Dialect Dialect => inner.Dialect;

        public SchemaSnapshot Schema => inner.Schema;

        public ImmutableArray<IInstance> Instances { get; } = [new Instance(inner.Instances[0], owner)];

        public void Dispose() => inner.Dispose();
    }

    private sealed class Instance(IInstance inner, SlowDatabases owner) : IInstance
    {
        public string Name => inner.Name;

        public bool IsRemote => true;

        public IBackendConnection Open(Login? login) => new Connection(inner.Open(login), owner);
    }

    private sealed class Connection(IBackendConnection inner, SlowDatabases owner) : IBackendConnection
    {
        public ISessionContext? Session { get => inner.Session; set => inner.Session = value; }

        public bool InTransaction => inner.InTransaction;

        public bool IsBroken => inner.IsBroken;

        public SchemaSnapshot Schema => inner.Schema;

        public string? PinnedBy => inner.PinnedBy;

        public IExecution Execute(Plan plan, ValueList parameters)
        {
            if (parameters.Count > 0) owner.Gate.Wait();
            return new Execution(inner.Execute(plan, parameters), owner);
        }

        public void Begin(string? isolation, bool readOnly) => inner.Begin(isolation, readOnly);

        public void Commit() => inner.Commit();

        public void Rollback() => inner.Rollback();

        public void Savepoint(string name) => inner.Savepoint(name);

        public void ReleaseSavepoint(string name) => inner.ReleaseSavepoint(name);

        public void RollbackToSavepoint(string name) => inner.RollbackToSavepoint(name);

        public void Cancel() => inner.Cancel();

        public void Reset() => inner.Reset();

        public void Dispose() => inner.Dispose();
    }

    private sealed class Execution(IExecution inner, SlowDatabases owner) : IExecution
    {
        public long RowsAffected => inner.RowsAffected;

        public bool Read()
        {
            Interlocked.Increment(ref owner.RowsRead);
            return inner.Read();
        }

        public bool IsNull(int column) => inner.IsNull(column);

        public long GetInt64(int column) => inner.GetInt64(column);

        public double GetFloat64(int column) => inner.GetFloat64(column);

        public ReadOnlySpan<byte> GetSpan(int column) => inner.GetSpan(column);

        public void Dispose() => inner.Dispose();
    }
}
