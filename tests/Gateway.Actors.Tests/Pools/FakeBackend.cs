using System.Collections.Immutable;
using Gateway.Backends;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Actors.Tests.Pools;

/// <summary>A backend without a database: connections that count.</summary>
internal sealed class FakeBackend : IBackend, IInstance
{
    private int _opened;

    public int Opened => Volatile.Read(ref _opened);

    public Func<IBackendConnection>? Opening { get; set; }

    public string Name => "fake";

    public Dialect Dialect { get; } = new NoDialect();

    public SchemaSnapshot Schema => SchemaSnapshot.Empty;

    public ImmutableArray<IInstance> Instances => [this];

    public bool IsRemote => false;

    public IBackendConnection Open(Login? login)
    {
        Interlocked.Increment(ref _opened);
        return Opening?.Invoke() ?? new FakeConnection();
    }

    public void Dispose()
    {
    }

    private sealed class NoDialect : Dialect
    {
        public override string Name => "none";

        public override Plan Render(BoundStatement statement) => throw PgException.Unsupported("everything");
    }
}

internal sealed class FakeConnection : IBackendConnection
{
    public ISessionContext? Session { get; set; }

    public bool InTransaction { get; private set; }

    public bool IsBroken { get; set; }

    public bool IsDisposed { get; private set; }

    public int Resets { get; private set; }

    public SchemaSnapshot Schema => SchemaSnapshot.Empty;

    public string? PinnedBy => null;

    public IExecution Execute(Plan plan, ValueList parameters) => throw PgException.Unsupported("everything");

    public void Begin(string? isolation, bool readOnly) => InTransaction = true;

    public void Commit() => InTransaction = false;

    public void Rollback() => InTransaction = false;

    public void Savepoint(string name)
    {
    }

    public void ReleaseSavepoint(string name)
    {
    }

    public void RollbackToSavepoint(string name)
    {
    }

    public void Cancel()
    {
    }

    public void Reset() => Resets++;

    public void Dispose() => IsDisposed = true;
}
