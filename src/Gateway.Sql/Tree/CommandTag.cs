namespace Gateway.Sql.Tree;

/// <summary>The command tag of a statement, without and with its row count.</summary>
/// <param name="Verb">Up to the count, for instance <c>INSERT 0</c>.</param>
/// <param name="Name">The command as messages call it, for instance <c>CREATE TABLE AS</c>, whose verb is SELECT.</param>
public readonly record struct CommandTag(string Verb, bool Counts, string Name)
{
    /// <summary>As PostgreSQL's CommandComplete has it (manual, Message Formats).</summary>
    public static CommandTag Of(Statement statement) => statement switch
    {
        QueryStatement { Query: Select { Into: not null } } => new("SELECT", true, "SELECT INTO"),
        QueryStatement => new("SELECT", true, "SELECT"),
        Insert => new("INSERT 0", true, "INSERT"),
        Update => new("UPDATE", true, "UPDATE"),
        Delete => new("DELETE", true, "DELETE"),
        Merge => new("MERGE", true, "MERGE"),
        CreateTableAs { MaterializedView: true } => new("SELECT", true, "CREATE MATERIALIZED VIEW"),
        CreateTableAs { WithData: false } => new("CREATE TABLE AS", false, "CREATE TABLE AS"),
        CreateTableAs => new("SELECT", true, "CREATE TABLE AS"),
        CopyStatement => new("COPY", true, "COPY"),
        FetchStatement { Move: true } => new("MOVE", true, "MOVE"),
        FetchStatement => new("FETCH", true, "FETCH"),
        _ => new(Fixed(statement), false, Fixed(statement)),
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
        AlterSchema => "ALTER SCHEMA",
        CreateSequence => "CREATE SEQUENCE",
        AlterSequence => "ALTER SEQUENCE",
        CreateEnum or CreateComposite => "CREATE TYPE",
        AlterEnum or RenameEnumLabel => "ALTER TYPE",
        AlterType a => "ALTER " + a.Kind.ToUpperInvariant(),
        CreateDomain => "CREATE DOMAIN",
        CreateExtension => "CREATE EXTENSION",
        CreateDatabase => "CREATE DATABASE",
        DropDatabase => "DROP DATABASE",
        Drop d => "DROP " + d.Kind.ToUpperInvariant(),
        AlterTable a => "ALTER " + a.Kind.ToUpperInvariant(),
        Comment => "COMMENT",
        OpaqueStatement o => o.Tag,
        NativeStatement n => n.Tag,
        _ => statement.GetType().Name.ToUpperInvariant(),
    };
}
