using Gateway.Sql.Tree;

namespace Gateway.Actors.Statements;

/// <summary>The command tag of a statement, without and with its row count.</summary>
/// <param name="Verb">Up to the count, for instance <c>INSERT 0</c>.</param>
public readonly record struct CommandTag(string Verb, bool Counts)
{
    /// <summary>The command's name alone, for messages.</summary>
    public string Name => Verb == "INSERT 0" ? "INSERT" : Verb;

    /// <summary>As PostgreSQL's CommandComplete has it (manual, Message Formats).</summary>
    public static CommandTag Of(Statement statement) => statement switch
    {
        QueryStatement { Query: Select { Into: not null } } => new("SELECT", true),
        QueryStatement => new("SELECT", true),
        Insert => new("INSERT 0", true),
        Update => new("UPDATE", true),
        Delete => new("DELETE", true),
        Merge => new("MERGE", true),
        CreateTableAs { MaterializedView: false } => new("SELECT", true),
        CreateTableAs => new("SELECT", true),
        CopyStatement => new("COPY", true),
        FetchStatement fetch => new(fetch.Move ? "MOVE" : "FETCH", true),
        _ => new(Fixed(statement), false),
    };

    private static string Fixed(Statement statement) => statement switch
    {
        TransactionStatement t => t.Verb switch
        {
            TransactionVerb.Begin => "BEGIN",
            TransactionVerb.Start => "START TRANSACTION",
            TransactionVerb.Commit => "COMMIT",
            TransactionVerb.Rollback or TransactionVerb.RollbackTo => "ROLLBACK",
            TransactionVerb.Savepoint => "SAVEPOINT",
            TransactionVerb.Release => "RELEASE",
            TransactionVerb.PrepareTransaction => "PREPARE TRANSACTION",
            TransactionVerb.CommitPrepared => "COMMIT PREPARED",
            _ => "ROLLBACK PREPARED",
        },
        SetStatement or SetTransaction => "SET",
        SetConstraints => "SET CONSTRAINTS",
        ResetStatement => "RESET",
        ShowStatement => "SHOW",
        PrepareStatement => "PREPARE",
        DeallocateStatement { Name: null } => "DEALLOCATE ALL",
        DeallocateStatement => "DEALLOCATE",
        DeclareCursor => "DECLARE CURSOR",
        CloseCursor { Name: null } => "CLOSE CURSOR ALL",
        CloseCursor => "CLOSE CURSOR",
        ExplainStatement => "EXPLAIN",
        ListenStatement => "LISTEN",
        NotifyStatement => "NOTIFY",
        UnlistenStatement => "UNLISTEN",
        VacuumStatement v => v.Vacuum ? "VACUUM" : "ANALYZE",
        LockStatement => "LOCK TABLE",
        TruncateStatement => "TRUNCATE TABLE",
        CallStatement => "CALL",
        DoStatement => "DO",
        DiscardStatement d => "DISCARD " + d.What.ToUpperInvariant(),
        RefreshMaterializedView => "REFRESH MATERIALIZED VIEW",
        ReindexStatement => "REINDEX",
        CheckpointStatement => "CHECKPOINT",
        CreateTable => "CREATE TABLE",
        CreateIndex => "CREATE INDEX",
        CreateView => "CREATE VIEW",
        CreateSchema => "CREATE SCHEMA",
        CreateSequence => "CREATE SEQUENCE",
        AlterSequence => "ALTER SEQUENCE",
        CreateEnum or CreateComposite => "CREATE TYPE",
        AlterEnum => "ALTER TYPE",
        CreateDomain => "CREATE DOMAIN",
        CreateExtension => "CREATE EXTENSION",
        CreateDatabase => "CREATE DATABASE",
        DropDatabase => "DROP DATABASE",
        Drop d => "DROP " + d.Kind.ToUpperInvariant(),
        AlterTable a => "ALTER " + a.Kind.ToUpperInvariant(),
        Comment => "COMMENT",
        OpaqueStatement o => o.Tag,
        _ => statement.GetType().Name.ToUpperInvariant(),
    };
}
