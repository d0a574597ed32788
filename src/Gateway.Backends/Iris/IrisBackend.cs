using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Functions;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Iris;
using Gateway.Sql.Dialects.Sqlite;
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
        Dialect = new IrisDialect(options.Server, Local);
        Instances = [.. options.Instances.Select(instance => new IrisInstance(this, instance))];

        // Every connection to it is a database of its own, in memory; they share the advisory locks.
        _engine = new EmbeddedDatabase(options.Name, ":memory:", new EmbeddedOptions { DataDirectory = "" });
    }

    public string Name => Options.Name;

    public Dialect Dialect { get; }

    /// <summary>What the dialect knows of the server.</summary>
    internal IrisOptions Server => Options.Server;

    /// <summary>What the connections' own engine can compute. It has no sequences: IRIS numbers rows itself.</summary>
    internal SqliteDialect Local { get; } = new(FunctionLibrary.Names.Concat(EmbeddedConnection.AdvisoryNames)
        .Append("pg_advisory_unlock_all/0").ToFrozenSet(StringComparer.Ordinal));

    /// <summary>One change of the schema at a time.</summary>
    internal Lock ChangingSchema { get; } = new();

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

    /// <summary>What has been read so far: on the way of an error nothing is asked.</summary>
    internal SchemaSnapshot? KnownSchema => _schema;

    public ImmutableArray<IInstance> Instances { get; }

    /// <summary>A connection to the first instance, with the service account.</summary>
    public IrisConnection Open() => Open(Options.Instances[0].ConnectionString);

    internal IrisConnection Open(string connectionString)
    {
        var connection = _factory.CreateConnection()
            ?? throw new PgException(SqlStates.InternalError, "the IRIS provider makes no connections");
        return new IrisConnection(this, connection, connectionString, _engine);
    }

    /// <summary>Reads the metadata again, for changes made past the gateway.</summary>
    public SchemaSnapshot Refresh()
    {
        using var connection = Open();
        var version = NextVersion();
        var schema = connection.ReadCatalog().ToSnapshot(version);
        Publish(schema);
        return schema;
    }

    public void Forget(int session) => _engine.Forget(session);

    public void Dispose() => _engine.Dispose();

    /// <summary>What was read is out of date.</summary>
    internal void ForgetSchema() => _schema = null;

    internal long NextVersion() => Interlocked.Increment(ref _version);

    internal void Publish(SchemaSnapshot schema)
    {
        lock (_lock)
            if (_schema is null || schema.Version > _schema.Version) _schema = schema;
    }
}
