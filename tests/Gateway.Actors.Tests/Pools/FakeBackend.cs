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
    private int _open;
    private int _most;
    private int _opening;
    private int _mostOpening;

    /// <summary>The most that were open at one time, and that were being opened.</summary>
    public int Most => Volatile.Read(ref _most);

    public int MostOpening => Volatile.Read(ref _mostOpening);

    public int Open => Volatile.Read(ref _open);

    public int Opened => Volatile.Read(ref _opened);

    public Func<IBackendConnection>? Opening { get; set; }

    public string Name { get; init; } = "fake";

    public int MaxConnections { get; init; }

    public TimeSpan StuckAfter { get; init; }

    public Dialect Dialect { get; } = new NoDialect();

    public SchemaSnapshot Schema => SchemaSnapshot.Empty;

    public ImmutableArray<IInstance> Instances => [this];

    public bool IsRemote { get; init; }

    public InstanceState Probe() => Probing?.Invoke() ?? InstanceState.Writable;

    public Func<InstanceState>? Probing { get; set; }

    IBackendConnection IInstance.Open(Login? login)
    {
        Raise(ref _mostOpening, Interlocked.Increment(ref _opening));
        try
        {
            var connection = (FakeConnection?)Opening?.Invoke() ?? new FakeConnection();
            Interlocked.Increment(ref _opened);
            Raise(ref _most, Interlocked.Increment(ref _open));
            connection.Disposed = () => Interlocked.Decrement(ref _open);
            return connection;
        }
        finally
        {
            Interlocked.Decrement(ref _opening);
        }
    }

    private static void Raise(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, now, seen);
    }

    public void Dispose()
    {
    }

    private sealed class NoDialect : Dialect
    {
        public override string Name => "none";

        protected override Plan Translate(BoundStatement statement) => throw PgException.Unsupported("everything");
    }
}

internal sealed class FakeConnection : IBackendConnection
{
    public ISessionContext? Session { get; set; }

    public bool InTransaction { get; private set; }

    public bool IsBroken { get; set; }

    public bool IsDisposed { get; private set; }

    public int Resets { get; private set; }

    public Action? Disposed { get; set; }

    public long? WaitingSince { get; set; }

    public int Severed { get; private set; }

    public void Sever() => Severed++;

    public Action? Resetting { get; set; }

    public Func<bool>? Checking { get; set; }

    public int Checks { get; private set; }

    public bool IsAlive()
    {
        Checks++;
        return Checking?.Invoke() ?? true;
    }

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

    public void Reset()
    {
        Resetting?.Invoke();
        Resets++;
    }

    public void Dispose()
    {
        Assert.False(IsDisposed, "closed twice");
        IsDisposed = true;
        Disposed?.Invoke();
    }
}
