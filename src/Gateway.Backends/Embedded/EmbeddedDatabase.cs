using System.Collections.Immutable;
using Gateway.Backends.Embedded.Schema;
using Gateway.Backends.Embedded.Statistics;
using Gateway.Catalog;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>One SQLite file.</summary>
public sealed class EmbeddedDatabase : IBackend, IInstance
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<EmbeddedConnection> _open = [];
    private long _version;
    private long _nextOid;
    private volatile SchemaSnapshot _schema = SchemaSnapshot.Empty;
    private volatile SchemaModel _model = SchemaModel.Empty;
    private bool _closed;

    internal EmbeddedDatabase(string name, string filePath, EmbeddedOptions options)
    {
        Name = name;
        FilePath = filePath;
        Options = options;
        Sequences = new SequenceStates();
        using var connection = new EmbeddedConnection(this);
        CatalogStore.CreateOrCheck(connection);
        _nextOid = CatalogStore.LoadNextOid(connection);
        CatalogStore.LoadSequences(connection, Sequences);
        Publish(CatalogStore.Load(connection));
    }

    public string Name { get; }

    public Dialect Dialect => Options.Dialect;

    public SchemaSnapshot Schema => _schema;

    internal string FilePath { get; }

    internal EmbeddedOptions Options { get; }

    internal WriteGate Gate { get; } = new();

    internal AdvisoryLocks AdvisoryLocks { get; } = new();

    internal RowStatistics Statistics { get; } = new();

    internal SequenceStates Sequences { get; }

    internal SequenceMemory SequenceMemory { get; } = new();

    internal SchemaModel Model => _model;

    internal int OpenConnections
    {
        get { lock (_lock) return _open.Count; }
    }

    ImmutableArray<IInstance> IBackend.Instances => [this];

    string IInstance.Name => "embedded";

    bool IInstance.IsRemote => false;

    IBackendConnection IInstance.Open(Login? login) => Open();

    public void Forget(int session)
    {
        AdvisoryLocks.ReleaseSession(session);
        ForgetSequences(session);
    }

    public void ForgetSequences(int session) => SequenceMemory.Forget(session);

    public EmbeddedConnection Open()
    {
        lock (_lock)
        {
            if (_closed) throw new PgException(SqlStates.InvalidCatalogName, $"database \"{Name}\" does not exist");
            var connection = new EmbeddedConnection(this);
            _open.Add(connection);
            return connection;
        }
    }

    public void Dispose()
    {
        EmbeddedConnection[] open;
        lock (_lock)
        {
            if (_closed) return;
            _closed = true;
            open = [.. _open];
        }

        foreach (var connection in open) connection.Cancel();
        SpinWait.SpinUntil(() => !open.Any(connection => connection.IsRunning), CancelPatience);
        WriteRemainingSequences();
    }

    /// <summary>Closes the database for good unless somebody is in it.</summary>
    internal bool TryClose()
    {
        lock (_lock)
        {
            if (_open.Count > 0) return false;
            return _closed = true;
        }
    }

    internal long NextVersion() => Interlocked.Increment(ref _version);

    /// <summary>Never handed out twice, whatever becomes of the transaction.</summary>
    internal uint NextOid() => (uint)(Interlocked.Increment(ref _nextOid) - 1);

    internal uint PeekOid() => (uint)Interlocked.Read(ref _nextOid);

    /// <summary>For a shadow of a database that counts them itself.</summary>
    internal void StartOidsAt(uint oid) => Interlocked.Exchange(ref _nextOid, oid);

    internal void Publish(SchemaModel model)
    {
        _model = model;
        _schema = model.ToSnapshot(Name, NextVersion(), Options.SystemRelations);
        Statistics.Keep(_schema);
    }

    /// <summary>The sessions that keep another from going on: those with an advisory lock it waits for, or the one that writes.</summary>
    internal IReadOnlyList<int> Blocking(int session)
    {
        var holders = AdvisoryLocks.HoldersBefore(session);
        lock (_lock)
        {
            if (_open.Any(connection => connection.AwaitsGate && connection.Session?.ProcessId == session))
                holders = [.. holders, .. _open.Where(connection => connection.HoldsGate).Select(connection => connection.Session?.ProcessId ?? 0).Where(writer => writer != 0 && writer != session)];
        }

        return holders;
    }

    internal void Closed(EmbeddedConnection connection)
    {
        lock (_lock) _open.Remove(connection);
    }

    private void WriteRemainingSequences()
    {
        if (!Sequences.AnyAhead) return;
        using var connection = new EmbeddedConnection(this);
        connection.FlushSequencesIfIdle(exact: true);
    }
}
