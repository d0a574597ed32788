using System.Collections.Immutable;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Ado;

public sealed partial class AdoConnection
{
    /// <summary>The server's own lock; the modes are PostgreSQL's.</summary>
    public void LockTables(ImmutableArray<RelationInfo> tables, string mode, bool noWait)
    {
        Interruptibly($"LOCK TABLE {Names(tables)} IN {mode.ToUpperInvariant()} MODE{(noWait ? " NOWAIT" : "")}");
    }

    public void SetConstraints(ImmutableArray<string> names, bool deferred) =>
        Interruptibly($"SET CONSTRAINTS {(names.IsEmpty ? "ALL" : string.Join(", ", names.Select(Identifiers.Quote)))} {(deferred ? "DEFERRED" : "IMMEDIATE")}");

    public void Maintain(Maintenance what, ImmutableArray<RelationInfo> relations)
    {
        var tables = relations.IsEmpty ? "" : " " + Names(relations);
        switch (what)
        {
            case Maintenance.Vacuum: Interruptibly("VACUUM" + tables); break;
            case Maintenance.Compact: Interruptibly("VACUUM FULL" + tables); break;
            case Maintenance.Analyze: Interruptibly("ANALYZE" + tables); break;
            case Maintenance.Checkpoint: Interruptibly("CHECKPOINT"); break;
            case Maintenance.Reindex:
                if (relations.IsEmpty) throw PgException.Unsupported("REINDEX DATABASE is not supported by this backend");
                foreach (var relation in relations) Interruptibly($"REINDEX TABLE {Names([relation])}");
                break;
        }
    }

    /// <summary>Locks and upkeep may take long, so a cancel must reach them.</summary>
    private void Interruptibly(string sql)
    {
        RequireUsable();
        Enter();
        try
        {
            ThrowIfCanceled();
            PutReaderAside();
            Control(sql);
        }
        finally
        {
            Leave();
        }
    }

    private static string Names(ImmutableArray<RelationInfo> tables) =>
        string.Join(", ", tables.Select(table => $"{Identifiers.Quote(table.Schema)}.{Identifiers.Quote(table.Name)}"));
}
