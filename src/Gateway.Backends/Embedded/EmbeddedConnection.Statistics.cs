using System.Runtime.InteropServices;
using Gateway.Catalog;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;

namespace Gateway.Backends.Embedded;

/// <remarks>Counts of changed rows: kept here while a transaction lasts, then added to the database's.</remarks>
public sealed partial class EmbeddedConnection
{
    private readonly Dictionary<uint, RowChanges> _counts = [];
    private bool _liveUnknown;

    internal bool HoldsGate => _holdsGate;

    internal bool AwaitsGate => _waiter is not null;

    /// <summary>Rows that the transaction has changed in a table so far.</summary>
    internal RowChanges CountsOf(uint table) => _counts.GetValueOrDefault(table);

    /// <param name="all">With rows of other tables, which foreign keys have changed.</param>
    internal void Count(TableChange change, long rows, long all)
    {
        if (all != rows) _liveUnknown = true;
        if (rows == 0 || _probing) return;
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, change.Table, out _);
        counts += change.Kind switch
        {
            ChangeKind.Insert => new RowChanges(rows, 0, 0),
            ChangeKind.Update => new RowChanges(0, rows, 0),
            _ => new RowChanges(0, 0, rows),
        };
    }

    /// <summary>Rows were changed, or changes taken back, in a way that is not counted.</summary>
    internal void ForgetCounts() => _liveUnknown = true;

    private void FlushCounts(bool committed)
    {
        if (_counts.Count > 0)
        {
            foreach (var (table, changes) in _counts) Database.Statistics.Add(table, changes);
            _counts.Clear();
            if (!committed) _liveUnknown = true;
        }

        if (!_liveUnknown) return;
        _liveUnknown = false;
        Database.Statistics.ForgetLive();
    }

    /// <summary>0 for what has no rows here.</summary>
    private long LiveRows(RelationInfo relation)
    {
        if (RemoteSchema is not null || SystemCatalog.IsSystem(relation.Schema) || relation.Kind is not (RelationKind.Table or RelationKind.MaterializedView)) return 0;

        // In a transaction block others' rows may be out of sight, and its own are told only at its end: what is counted there is not kept.
        return Database.Statistics.Live(relation.Oid, () => Query($"SELECT count(*) FROM {StorageNames.Sql(relation)}", row => row.GetInt64(0))[0], keep: !InTransaction);
    }
}
