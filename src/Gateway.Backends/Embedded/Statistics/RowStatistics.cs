using System.Collections.Concurrent;
using Gateway.Backends.Embedded.Functions;
using Gateway.Catalog;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded.Statistics;

/// <summary>What was done with the rows of a database since it was opened, by table OID. Told at the end of each transaction. Thread-safe.</summary>
internal sealed class RowStatistics
{
    // Fewer tables than this are not worth looking for dropped ones among them.
    private const int Spare = 1000;

    private readonly ConcurrentDictionary<uint, TableStatistics> _tables = new();
    private long _generation;

    public RowChanges Sum => _tables.Values.Aggregate(default(RowChanges), (sum, table) => sum + table.Changes);

    public TableStatistics? Of(uint table) => _tables.GetValueOrDefault(table);

    public void Add(uint table, RowChanges changes) => Entry(table).Add(changes);

    /// <summary>Rows came or went that no one has counted: what was known of numbers of rows is void.</summary>
    public void ForgetLive() => Interlocked.Increment(ref _generation);

    public void Vacuumed(IEnumerable<uint> tables)
    {
        foreach (var table in tables) Entry(table).Vacuumed(Now);
    }

    public void Analyzed(IEnumerable<uint> tables)
    {
        foreach (var table in tables) Entry(table).Analyzed(Now);
    }

    /// <summary>Rows of a table: counted once, and from then on what has come and gone since.</summary>
    /// <param name="keep">The count is that of all that was committed.</param>
    public long Live(uint table, Func<long> count, bool keep)
    {
        var entry = Entry(table);
        var generation = Interlocked.Read(ref _generation);
        if (entry.Live(generation) is { } known) return known;
        return keep ? entry.Counted(generation, entry.Changes, count()) : count();
    }

    public void Reset() => _tables.Clear();

    public void Reset(uint table) => _tables.TryRemove(table, out _);

    /// <summary>Forgets dropped tables once there are many.</summary>
    public void Keep(SchemaSnapshot schema)
    {
        if (_tables.Count <= Spare) return;
        var known = schema.Relations.Select(relation => relation.Oid).ToHashSet();
        foreach (var table in _tables.Keys)
            if (!known.Contains(table)) _tables.TryRemove(table, out _);
    }

    private static long Now => Dates.From(DateTime.UtcNow);

    private TableStatistics Entry(uint table) => _tables.GetOrAdd(table, static _ => new TableStatistics());
}

/// <summary>Times are µs since 2000-01-01 UTC.</summary>
internal sealed class TableStatistics
{
    private readonly Lock _lock = new();
    private RowChanges _changes;
    private RowChanges _analyzedAt;
    private RowChanges _vacuumedAt;
    private (long Generation, RowChanges At, long Rows)? _counted;

    public RowChanges Changes
    {
        get { lock (_lock) return _changes; }
    }

    public long SinceAnalyze
    {
        get { lock (_lock) return (_changes - _analyzedAt).Sum; }
    }

    public long InsertedSinceVacuum
    {
        get { lock (_lock) return (_changes - _vacuumedAt).Inserted; }
    }

    public (long Count, long? Last) Analyses { get; private set; }

    public (long Count, long? Last) Vacuums { get; private set; }

    public void Add(RowChanges changes)
    {
        lock (_lock) _changes += changes;
    }

    public void Analyzed(long now)
    {
        lock (_lock)
        {
            (Analyses, _analyzedAt) = ((Analyses.Count + 1, now), _changes);
            _counted = null;
        }
    }

    public void Vacuumed(long now)
    {
        lock (_lock) (Vacuums, _vacuumedAt) = ((Vacuums.Count + 1, now), _changes);
    }

    /// <summary>Null when it must be counted.</summary>
    public long? Live(long generation)
    {
        lock (_lock)
        {
            if (_counted is not { } counted || counted.Generation != generation) return null;
            var since = _changes - counted.At;
            return Math.Max(counted.Rows + since.Inserted - since.Deleted, 0);
        }
    }

    public long Counted(long generation, RowChanges at, long rows)
    {
        lock (_lock) _counted = (generation, at, rows);
        return rows;
    }
}
