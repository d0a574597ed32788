using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Gateway.Backends.Embedded;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>A PostgreSQL database on one server or several, reached through a provider of System.Data.Common.</summary>
public sealed class AdoBackend : IBackend
{
    private readonly DbProviderFactory _factory;
    private readonly IAdoCatalog _catalog = new PostgresCatalog();
    private readonly Lock _reading = new();
    private volatile SchemaSnapshot? _schema;
    private volatile SchemaSnapshot? _last;
    private long _readAt;
    private readonly ConcurrentDictionary<string, string> _marks = new(StringComparer.Ordinal);
    private int _lastMark = -1;
    private long _epoch;
    private int _refreshing;
    private long _version;

    static AdoBackend() => SQLitePCL.Batteries_V2.Init();

    public AdoBackend(AdoBackendOptions options, DbProviderFactory factory)
    {
        Options = options;
        _factory = factory;
        Adapter = ProviderAdapter.Of(factory);
        Instances = [.. options.Instances.Select(instance => new AdoInstance(this, instance))];
        var embedded = new EmbeddedOptions { DataDirectory = "" };
        Engine = new EmbeddedDatabase(options.Name, ":memory:", embedded);
        Dialect = new AdoDialect(embedded.Dialect, Adapter);
    }

    /// <summary>The providers whose servers speak PostgreSQL's SQL, unless the operator says otherwise.</summary>
    public static bool IsForPostgres(DbProviderFactory factory) => factory.GetType().FullName is "Npgsql.NpgsqlFactory" or "System.Data.Odbc.OdbcFactory";

    public string Name => Options.Name;

    public Dialect Dialect { get; }

    public AdoBackendOptions Options { get; }

    public ImmutableArray<IInstance> Instances { get; }

    internal ProviderAdapter Adapter { get; }

    internal IRoleProbe Roles { get; } = new PostgresRoleProbe();

    /// <summary>Computes what concerns sessions alone.</summary>
    internal EmbeddedDatabase Engine { get; }

    /// <summary>A comment that is different for different settings; none for those that came first.</summary>
    internal string MarkOf(string settings) => _marks.GetOrAdd(settings, _ =>
        Interlocked.Increment(ref _lastMark) is var number && number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /* {number} */"));

    /// <summary>Somebody asks for the last value of a sequence, so connections must not pass it on.</summary>
    internal bool AsksLastValues { get; set; }

    /// <summary>Of what was published last, without reading anything.</summary>
    internal long SchemaVersion => _last?.Version ?? 0;

    /// <summary>Read from a server when it is first asked for and after DDL; again in the background when it has come of age.</summary>
    public SchemaSnapshot Schema
    {
        get
        {
            if (_schema is not { } known)
            {
                lock (_reading) return _schema ?? Refresh();
            }

            if (Options.SchemaAge > TimeSpan.Zero && Age(known) > Options.SchemaAge) RefreshInBackground();
            return _schema ?? known;
        }
    }

    /// <summary>Reads the metadata again, for changes made past the gateway.</summary>
    /// <exception cref="PgException">08001 or 08006 when no instance can be asked.</exception>
    public SchemaSnapshot Refresh()
    {
        lock (_reading)
        {
            PgException? failure = null;
            foreach (var instance in Instances)
            {
                // Who would wait for it has something to go on with.
                if (_last is not null && ((AdoInstance)instance).IsAway) continue;
                try
                {
                    var epoch = Volatile.Read(ref _epoch);
                    using var connection = ((AdoInstance)instance).OpenAdo(null, Options.ConnectTimeout);
                    using var use = ((AdoInstance)instance).Reading(connection);
                    using var patience = connection.Within(Options.ConnectTimeout * 2);
                    var read = _catalog.Read(connection, _last, NextVersion);
                    Volatile.Write(ref _readAt, Environment.TickCount64);
                    _last = read;

                    // Changed while it was read: the next one reads again.
                    if (epoch == Volatile.Read(ref _epoch)) _schema = read;
                    return read;
                }
                catch (PgException error)
                {
                    failure ??= error;
                }
            }

            // What was known once is better than nothing while everybody is away.
            if (_last is { } last && failure?.SqlState is (null or SqlStates.UnableToConnect or SqlStates.ConnectionFailure or SqlStates.CannotConnectNow))
            {
                Volatile.Write(ref _readAt, Environment.TickCount64);
                return _schema = last;
            }

            throw failure!;
        }
    }

    public void Forget(int session) => Engine.Forget(session);

    public void Dispose()
    {
        foreach (var instance in Instances) ((AdoInstance)instance).Dispose();
        Engine.Dispose();
    }

    /// <summary>What was read is out of date.</summary>
    internal void ForgetSchema()
    {
        Interlocked.Increment(ref _epoch);
        _schema = null;
    }

    /// <summary>As one connection sees it.</summary>
    internal SchemaSnapshot Read(IAdoSource source) => _catalog.Read(source, null, NextVersion);

    internal AdoConnection Open(string instance, string connectionString, TimeSpan timeout)
    {
        var connection = _factory.CreateConnection() ?? throw new PgException(SqlStates.InternalError, "the provider makes no connections");
        try
        {
            connection.ConnectionString = Adapter.Complete(connectionString, timeout);

            // Opened by a blocking call, its socket stays one that blocks.
            var opening = OwnThread.Run(connection.Open);
            if (!((IAsyncResult)opening).AsyncWaitHandle.WaitOne(timeout + TimeSpan.FromMilliseconds(200)))
            {
                _ = opening.ContinueWith(_ => connection.Dispose(), TaskScheduler.Default);
                throw new TimeoutException();
            }

            opening.GetAwaiter().GetResult();
            return new AdoConnection(this, instance, connectionString, connection);
        }
        catch (Exception error)
        {
            if (error is not TimeoutException) connection.Dispose();
            throw AdoErrors.MapOpen(Adapter, error, instance);
        }
    }

    private long NextVersion() => Interlocked.Increment(ref _version);

    private TimeSpan Age(SchemaSnapshot known) => TimeSpan.FromMilliseconds(known is null ? 0 : Environment.TickCount64 - Volatile.Read(ref _readAt));

    /// <summary>One at a time. A session waits a moment for what is long out of date, never for a server that is away.</summary>
    private void RefreshInBackground()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) != 0) return;
        Volatile.Write(ref _readAt, Environment.TickCount64);
        var reading = OwnThread.Run(() =>
        {
            try
            {
                Refresh();
            }
            catch (PgException)
            {
                // The next one may do better.
            }
            finally
            {
                Volatile.Write(ref _refreshing, 0);
            }
        });
        reading.Wait(TimeSpan.FromMilliseconds(300));
    }
}
