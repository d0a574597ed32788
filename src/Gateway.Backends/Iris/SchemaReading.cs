using Gateway.Backends.Iris.Schema;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>When the metadata of a namespace is read: once for all who wait for it, and again behind their backs. Thread-safe.</summary>
/// <param name="read">Reads all of it. Blocks.</param>
/// <param name="age">What is older is read again in the background; zero for never.</param>
internal sealed class SchemaReading(Func<KnownCatalog> read, TimeSpan age)
{
    /// <summary>A failure holds for so long: a server that is away is not asked by each session in turn.</summary>
    private static readonly TimeSpan FailureAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile State? _state;
    private TaskCompletionSource<SchemaSnapshot>? _reading;
    private (PgException Error, long At)? _failure;
    private long _version;
    private int _refreshing;

    /// <param name="ReadAt">In ms (Environment.TickCount64).</param>
    private sealed record State(SchemaSnapshot Schema, KnownCatalog Catalog, long ReadAt);

    public SchemaSnapshot? Known => _state?.Schema;

    public KnownCatalog? Catalog => _state?.Catalog;

    /// <exception cref="PgException">It could not be read.</exception>
    public SchemaSnapshot Schema
    {
        get
        {
            if (_state is not { } known) return First();
            if (age > TimeSpan.Zero && Environment.TickCount64 - known.ReadAt > age.TotalMilliseconds) RefreshBehind();
            return known.Schema;
        }
    }

    public SchemaSnapshot Refresh()
    {
        var version = NextVersion();
        var fresh = read();
        if (_state is { } known && fresh.IsSameAs(known.Catalog))
        {
            // Nothing has changed: what was translated stays good.
            lock (_lock)
                if (ReferenceEquals(_state, known)) _state = known with { ReadAt = Environment.TickCount64 };
            return known.Schema;
        }

        var schema = fresh.Catalog.ToSnapshot(version);
        Publish(schema, fresh);
        return schema;
    }

    public void Publish(SchemaSnapshot schema, KnownCatalog catalog)
    {
        lock (_lock)
            if (_state is null || schema.Version > _state.Schema.Version) _state = new State(schema, catalog, Environment.TickCount64);
    }

    public void Forget() => _state = null;

    public long NextVersion() => Interlocked.Increment(ref _version);

    private SchemaSnapshot First()
    {
        TaskCompletionSource<SchemaSnapshot>? mine = null;
        Task<SchemaSnapshot> reading;
        lock (_lock)
        {
            if (_state is { } known) return known.Schema;
            if (_failure is var (error, at) && Environment.TickCount64 - at < FailureAge.TotalMilliseconds) throw error.Adding("");
            if (_reading is null) _reading = mine = new TaskCompletionSource<SchemaSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
            reading = _reading.Task;
        }

        if (mine is not null) Lead(mine);
        return reading.GetAwaiter().GetResult();
    }

    /// <summary>Reads for all who wait.</summary>
    private void Lead(TaskCompletionSource<SchemaSnapshot> reading)
    {
        SchemaSnapshot? schema = null;
        PgException? failure = null;
        try
        {
            schema = Refresh();
        }
        catch (PgException error)
        {
            failure = error;
        }
        finally
        {
            failure ??= schema is null ? new PgException(SqlStates.InternalError, "the metadata could not be read") : null;
            lock (_lock)
            {
                _reading = null;
                _failure = failure is null ? null : (failure, Environment.TickCount64);
            }

            if (schema is not null) reading.SetResult(schema);
            else reading.SetException(failure!);
        }
    }

    private void RefreshBehind()
    {
        if (Interlocked.Exchange(ref _refreshing, 1) != 0) return;
        new Thread(() =>
        {
            try
            {
                Refresh();
            }
            catch (Exception)
            {
                // What is known is gone on with, and it is tried again after as long.
                lock (_lock)
                    if (_state is { } known) _state = known with { ReadAt = Environment.TickCount64 };
            }
            finally
            {
                Volatile.Write(ref _refreshing, 0);
            }
        }) { IsBackground = true, Name = "catalog" }.Start();
    }
}
