using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Node.Tests.Sessions;

/// <summary>The embedded engine as if it were behind a network: its calls can be made to hang until they are cancelled.</summary>
internal sealed class SlowRemote(RouteOptions options) : IDatabases, IBackend, IInstance, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("gateway-remote-");
    private EmbeddedDatabases? _databases;
    private int _hanging;

    /// <summary>Statements hang from now on, until they are cancelled.</summary>
    public volatile bool Hangs;

    /// <summary>Opens hang.</summary>
    public volatile bool OpenHangs;

    public int Hanging => Volatile.Read(ref _hanging);

    public string Name => "scratch";

    string IInstance.Name => "slow";

    public bool IsRemote => true;

    public InstanceState Probe() => InstanceState.Writable;

    public Dialect Dialect => Database.Dialect;

    public SchemaSnapshot Schema => Database.Schema;

    public ImmutableArray<IInstance> Instances => [this];

    public IReadOnlyList<string> Names => ["scratch"];

    private EmbeddedDatabase Database
    {
        get
        {
            lock (_directory)
            {
                if (_databases is null)
                {
                    _databases = new EmbeddedDatabases(new EmbeddedOptions { DataDirectory = _directory.FullName, Synchronous = Synchronous.Normal });
                    _databases.Create("scratch");
                }

                return _databases.Find("scratch")!;
            }
        }
    }

    public ServedDatabase? Find(string name) => name == "scratch" ? new ServedDatabase(this, options) : null;

    public void Create(string name) => throw PgException.Unsupported("CREATE DATABASE");

    public void Drop(string name) => throw PgException.Unsupported("DROP DATABASE");

    public IBackendConnection Open(Login? login)
    {
        while (OpenHangs) Thread.Sleep(10);
        return new Connection(this, Database.Open());
    }

    public void Forget(int session) => Database.Forget(session);

    /// <summary>By the node and by the test.</summary>
    public void Dispose()
    {
        _databases?.Dispose();
        _directory.Refresh();
        if (_directory.Exists) _directory.Delete(recursive: true);
    }

    private sealed class Connection(SlowRemote owner, EmbeddedConnection inner) : IBackendConnection
    {
        private readonly SemaphoreSlim _cancelled = new(0);
        private volatile bool _hangs;

        public ISessionContext? Session
        {
            get => inner.Session;
            set => inner.Session = value;
        }

        public bool InTransaction => inner.InTransaction;

        public bool IsBroken => inner.IsBroken;

        public SchemaSnapshot Schema => inner.Schema;

        public string? PinnedBy => inner.PinnedBy;

        public IExecution Execute(Plan plan, ValueList parameters)
        {
            if (owner.Hangs)
            {
                _hangs = true;
                Interlocked.Increment(ref owner._hanging);
                if (Session is not { IsCancelled: true }) _cancelled.Wait();
                Interlocked.Decrement(ref owner._hanging);
                _hangs = false;
                throw new PgException(SqlStates.QueryCanceled, "canceling statement due to user request");
            }

            return inner.Execute(plan, parameters);
        }

        public void Begin(string? isolation, bool readOnly) => inner.Begin(isolation, readOnly);

        public void Commit() => inner.Commit();

        public void Rollback() => inner.Rollback();

        public void Savepoint(string name) => inner.Savepoint(name);

        public void ReleaseSavepoint(string name) => inner.ReleaseSavepoint(name);

        public void RollbackToSavepoint(string name) => inner.RollbackToSavepoint(name);

        public void Cancel()
        {
            // A driver may ask the server for it over another connection.
            Thread.Sleep(100);
            if (_hangs) _cancelled.Release();
            inner.Cancel();
        }

        public void Reset() => inner.Reset();

        public void Dispose() => inner.Dispose();
    }
}
