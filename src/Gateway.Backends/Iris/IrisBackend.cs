using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>An IRIS namespace, reached through a provider of System.Data.Common. Opening a connection here opens one there.</summary>
public sealed class IrisBackend : IBackend
{
    private readonly DbProviderFactory _factory;
    private readonly EmbeddedDatabase _engine;
    private readonly Lock _lock = new();
    private volatile SchemaSnapshot? _schema;
    private long _version;

    static IrisBackend() => SQLitePCL.Batteries_V2.Init();

    public IrisBackend(IrisBackendOptions options, DbProviderFactory factory)
    {
        Options = options;
        _factory = factory;

        // Every connection to it is a database of its own, in memory; they share the advisory locks.
        _engine = new EmbeddedDatabase(options.Name, ":memory:", new EmbeddedOptions { DataDirectory = "" });
    }

    public string Name => Options.Name;

    public Dialect Dialect => Options.Dialect;

    public IrisBackendOptions Options { get; }

    /// <summary>Read from the server when it is first asked for.</summary>
    public SchemaSnapshot Schema
    {
        get
        {
            if (_schema is { } known) return known;
            lock (_lock) return _schema ?? Refresh();
        }
    }

    IBackendConnection IBackend.Open() => Open();

    public IrisConnection Open()
    {
        var connection = _factory.CreateConnection()
            ?? throw new PgException(SqlStates.InternalError, "the IRIS provider makes no connections");
        return new IrisConnection(this, connection, _engine);
    }

    /// <summary>Reads the metadata again, for changes made past the gateway.</summary>
    public SchemaSnapshot Refresh()
    {
        using var connection = Open();
        return connection.ReadSchema();
    }

    public void Forget(int session) => _engine.Forget(session);

    public void Dispose() => _engine.Dispose();

    internal long NextVersion() => Interlocked.Increment(ref _version);

    internal void Publish(SchemaSnapshot schema)
    {
        lock (_lock)
            if (_schema is null || schema.Version > _schema.Version) _schema = schema;
    }
}
