using System.Collections.Immutable;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <remarks>Upkeep, and locks that a client takes by itself.</remarks>
public sealed partial class EmbeddedConnection
{
    /// <summary>
    /// Writers of a database wait for one another, so a lock against other writers is the right to write. A transaction
    /// with a snapshot needs none against those who would change its table's definition. Readers are never kept out: under
    /// ACCESS EXCLUSIVE too they see the state before it.
    /// </summary>
    public void LockTables(ImmutableArray<RelationInfo> tables, string mode, bool noWait)
    {
        RequireTransaction("LOCK TABLE");
        foreach (var table in tables)
            if (table.Kind is not (RelationKind.Table or RelationKind.View))
                throw new PgException(SqlStates.WrongObjectType, $"cannot lock relation \"{table.Name}\"");
        if (_holdsGate || (_begun && mode is "access share" or "row share")) return;
        if (_readOnly && mode is "access share") return;
        if (noWait)
        {
            if (!Database.Gate.TryEnter())
                throw new PgException(SqlStates.LockNotAvailable, $"could not obtain lock on relation \"{tables[0].Name}\"");
            _holdsGate = true;
        }
        else
        {
            EnterGate();
        }

        if (_begun || _readOnly) return;
        BeginImmediate();
    }

    public void Maintain(Maintenance what, ImmutableArray<RelationInfo> relations)
    {
        switch (what)
        {
            case Maintenance.Vacuum:
                // SQLite gives the room of deleted rows to new ones by itself.
                Run("PRAGMA wal_checkpoint(PASSIVE)");
                Database.Statistics.Vacuumed(Oids(relations));
                break;
            case Maintenance.Compact:
                Exclusively("VACUUM", () => Run("VACUUM"));
                Database.Statistics.Vacuumed(Oids(relations));
                break;
            case Maintenance.Checkpoint:
                if (!InTransaction) Run("PRAGMA wal_checkpoint(PASSIVE)");
                break;
            case Maintenance.Analyze:
                Exclusively("ANALYZE", () => ForEach("ANALYZE", relations));
                Database.Statistics.Analyzed(Oids(relations));
                break;
            case Maintenance.Reindex:
                Exclusively("REINDEX", () => ForEach("REINDEX", relations));
                break;
        }
    }

    /// <summary>Of the tables that are meant: all when none is named.</summary>
    private IEnumerable<uint> Oids(ImmutableArray<RelationInfo> relations) =>
        (relations.IsEmpty ? Schema.Relations : relations).Where(relation => relation.Kind == RelationKind.Table && !Gateway.Catalog.SystemCatalog.IsSystem(relation.Schema)).Select(relation => relation.Oid);

    private void ForEach(string command, ImmutableArray<RelationInfo> relations)
    {
        if (relations.IsEmpty) Run(command);
        foreach (var relation in relations)
            if (relation.Kind == RelationKind.Table && relation.Schema is not ("pg_catalog" or "information_schema"))
                Run($"{command} {StorageNames.Sql(relation)}");
    }

    private void Exclusively(string command, Action body)
    {
        if (InTransaction && _readOnly && command == "ANALYZE") return;
        PrepareToWrite(command);
        try
        {
            body();
        }
        finally
        {
            EndAutocommit();
        }
    }
}
