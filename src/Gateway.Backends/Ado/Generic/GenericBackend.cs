using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Functions;
using Gateway.Catalog;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote.Generic;
using Gateway.Sql.Dialects.Sqlite;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>A database of any provider of System.Data.Common. Its server is asked for the rows of tables; the gateway's own engine does the rest.</summary>
public sealed class GenericBackend : IBackend
{
    private readonly DbProviderFactory _factory;
    private readonly EmbeddedDatabase _engine;
    private readonly ServerNames _names;
    private readonly Lock _reading = new();
    private volatile SchemaSnapshot? _schema;
    private long _readAt;
    private long _version;

    static GenericBackend() => SQLitePCL.Batteries_V2.Init();

    public GenericBackend(AdoBackendOptions options, DbProviderFactory factory)
    {
        Options = options;
        _factory = factory;
        Kind = ServerKind.Of(factory);
        _names = new ServerNames(Kind.QuoteOf(factory));
        Dialect = new GenericDialect(
            new SqliteDialect(FunctionLibrary.Names.Concat(EmbeddedConnection.AdvisoryNames).Append("pg_advisory_unlock_all/0").ToFrozenSet(StringComparer.Ordinal)),
            _names);
        Instances = [.. options.Instances.Select(instance => new GenericInstance(this, instance))];

        // Every connection to it is a database of its own, in memory; they share the advisory locks.
        _engine = new EmbeddedDatabase(options.Name, ":memory:", new EmbeddedOptions { DataDirectory = "" });
    }

    public string Name => Options.Name;

    public Dialect Dialect { get; }

    public AdoBackendOptions Options { get; }

    public ImmutableArray<IInstance> Instances { get; }

    public bool ChecksConstraintsAtOnce => true;

    internal ServerKind Kind { get; }

    /// <summary>Read when it is first asked for, and again when it is older than the options say.</summary>
    public SchemaSnapshot Schema
    {
        get
        {
            if (_schema is { } known && (Options.SchemaAge <= TimeSpan.Zero || Environment.TickCount64 - Volatile.Read(ref _readAt) < Options.SchemaAge.TotalMilliseconds)) return known;
            lock (_reading)
            {
                return _schema is { } fresh && Environment.TickCount64 - Volatile.Read(ref _readAt) < Options.SchemaAge.TotalMilliseconds ? fresh : Refresh();
            }
        }
    }

    /// <summary>Reads the metadata again. What has not changed stays the same object, and what was translated with it good.</summary>
    /// <exception cref="PgException">08001 or 08006 when no instance can be asked.</exception>
    public SchemaSnapshot Refresh()
    {
        lock (_reading)
        {
            PgException? failure = null;
            foreach (var instance in Options.Instances)
            {
                try
                {
                    using var connection = Connect(instance, null);
                    var relations = new GenericCatalog(connection, Kind, _names).Read();
                    Volatile.Write(ref _readAt, Environment.TickCount64);
                    if (_schema is { } known && GenericCatalog.IsSame(known, relations)) return known;
                    string[] schemas = ["public", "pg_catalog", "information_schema"];
                    return _schema = new SchemaSnapshot(Interlocked.Increment(ref _version), schemas.Union(relations.Select(relation => relation.Schema)), relations.Concat(SystemCatalog.Relations));
                }
                catch (Exception error) when (error is PgException or DbException)
                {
                    failure ??= error as PgException ?? GenericErrors.Map(error, instance.Name, closed: true);
                }
            }

            // What was known once is better than nothing while everybody is away.
            Volatile.Write(ref _readAt, Environment.TickCount64);
            return _schema ?? throw failure!;
        }
    }

    public void Forget(int session) => _engine.Forget(session);

    public void Dispose() => _engine.Dispose();

    internal GenericConnection Open(InstanceOptions instance, Login? login) => new(this, Connect(instance, login), instance.Name, _engine);

    private DbConnection Connect(InstanceOptions instance, Login? login)
    {
        var connection = _factory.CreateConnection() ?? throw new PgException(SqlStates.InternalError, "the provider makes no connections");
        try
        {
            connection.ConnectionString = Kind.Complete(instance.ConnectionStringFor(login));
            connection.Open();
            return connection;
        }
        catch (Exception error) when (error is not PgException)
        {
            connection.Dispose();
            throw new PgException(SqlStates.UnableToConnect, $"could not connect to {instance.Name}: {error.GetBaseException().Message}", error);
        }
    }
}

/// <summary>One server with the database.</summary>
internal sealed class GenericInstance(GenericBackend backend, InstanceOptions options) : IInstance
{
    public string Name => options.Name;

    public InstanceRole Role => options.Role;

    public int Weight => options.Weight;

    public int MaxConnections => options.MaxConnections;

    public bool IsRemote => true;

    public IBackendConnection Open(Login? login) => backend.Open(options, login);

    /// <summary>Whoever lets connect takes writes: nothing is known of its roles.</summary>
    public InstanceState Probe()
    {
        using var connection = backend.Open(options, null);
        return InstanceState.Writable;
    }
}
