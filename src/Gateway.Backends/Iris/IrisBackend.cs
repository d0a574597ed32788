using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Backends.Embedded;
using Gateway.Backends.Embedded.Functions;
using Gateway.Backends.Iris.Schema;
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
    private readonly SchemaReading _reading;

    static IrisBackend() => SQLitePCL.Batteries_V2.Init();

    public IrisBackend(IrisBackendOptions options, DbProviderFactory factory)
    {
        Options = options;
        _factory = factory;
        _reading = new SchemaReading(ReadCatalog, options.SchemaAge);
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
        .Concat(EmbeddedConnection.CatalogNames).Append("pg_advisory_unlock_all/0").ToFrozenSet(StringComparer.Ordinal));

    /// <summary>One change of the schema at a time.</summary>
    internal Lock ChangingSchema { get; } = new();

    internal KeptShadow Shadow { get; } = new();

    public IrisBackendOptions Options { get; }

    /// <summary>Read from the server when it is first asked for, and in the background when it is old.</summary>
    public SchemaSnapshot Schema => _reading.Schema;

    /// <summary>What has been read so far: on the way of an error nothing is asked.</summary>
    internal SchemaSnapshot? KnownSchema => _reading.Known;

    internal KnownCatalog? KnownCatalog => _reading.Catalog;

    public bool ChecksConstraintsAtOnce => true;

    public ImmutableArray<IInstance> Instances { get; }

    /// <summary>A connection to the first instance, with the service account.</summary>
    public IrisConnection Open() => Open(Options.Instances[0], null);

    internal IrisConnection Open(InstanceOptions instance, Login? login) => new(this, Connect(instance, login), instance, login, _engine);

    /// <summary>The driver's connection, open.</summary>
    /// <exception cref="PgException">08001, 28P01, 28000 …</exception>
    internal DbConnection Connect(InstanceOptions instance, Login? login)
    {
        var connection = _factory.CreateConnection()
            ?? throw new PgException(SqlStates.InternalError, "the IRIS provider makes no connections");
        try
        {
            connection.ConnectionString = instance.ConnectionStringFor(login);
            connection.Open();
            return connection;
        }
        catch (Exception error)
        {
            connection.Dispose();
            throw IrisErrors.AtConnect(error, instance.Name);
        }
    }

    /// <summary>For a statement of a batch, which cannot make one itself everywhere.</summary>
    internal DbParameter CreateParameter() => _factory.CreateParameter()
        ?? throw new PgException(SqlStates.InternalError, "the IRIS provider makes no parameters");

    /// <summary>Reads the metadata again, for changes made past the gateway.</summary>
    public SchemaSnapshot Refresh() => _reading.Refresh();

    public void Forget(int session) => _engine.Forget(session);

    public void Dispose()
    {
        Shadow.Dispose();
        _engine.Dispose();
    }

    /// <summary>What was read is out of date.</summary>
    internal void ForgetSchema() => _reading.Forget();

    internal long NextVersion() => _reading.NextVersion();

    internal void Publish(SchemaSnapshot schema, KnownCatalog catalog) => _reading.Publish(schema, catalog);

    /// <summary>From the first instance that answers.</summary>
    private KnownCatalog ReadCatalog()
    {
        PgException? failure = null;
        foreach (var instance in Options.Instances)
        {
            try
            {
                using var connection = Open(instance, null);
                return connection.ReadCatalog();
            }
            catch (PgException error) when (error.SqlState is SqlStates.UnableToConnect or SqlStates.ConnectionFailure or SqlStates.CannotConnectNow)
            {
                failure ??= error;
            }
        }

        throw failure!;
    }
}
