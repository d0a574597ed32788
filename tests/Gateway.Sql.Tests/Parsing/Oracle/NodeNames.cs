using Gateway.Sql.Tree;

namespace Gateway.Sql.Tests.Parsing.Oracle;

/// <summary>The node PostgreSQL's parser makes of a statement, told from our tree.</summary>
internal static class NodeNames
{
    public static string Of(Statement statement) => statement switch
    {
        QueryStatement => "SelectStmt",
        Insert => "InsertStmt",
        Update => "UpdateStmt",
        Delete => "DeleteStmt",
        Merge => "MergeStmt",
        TransactionStatement => "TransactionStmt",
        SetStatement or ResetStatement or SetTransaction => "VariableSetStmt",
        ShowStatement => "VariableShowStmt",
        SetConstraints => "ConstraintsSetStmt",
        PrepareStatement => "PrepareStmt",
        ExecuteStatement => "ExecuteStmt",
        DeallocateStatement => "DeallocateStmt",
        DeclareCursor => "DeclareCursorStmt",
        FetchStatement => "FetchStmt",
        CloseCursor => "ClosePortalStmt",
        CopyStatement => "CopyStmt",
        ExplainStatement => "ExplainStmt",
        ListenStatement => "ListenStmt",
        NotifyStatement => "NotifyStmt",
        UnlistenStatement => "UnlistenStmt",
        VacuumStatement => "VacuumStmt",
        LockStatement => "LockStmt",
        TruncateStatement => "TruncateStmt",
        CallStatement => "CallStmt",
        DoStatement => "DoStmt",
        DiscardStatement => "DiscardStmt",
        RefreshMaterializedView => "RefreshMatViewStmt",
        ReindexStatement => "ReindexStmt",
        CheckpointStatement => "CheckPointStmt",
        CreateTable => "CreateStmt",
        CreateTableAs => "CreateTableAsStmt",
        CreateIndex => "IndexStmt",
        CreateView => "ViewStmt",
        CreateSchema => "CreateSchemaStmt",
        CreateSequence => "CreateSeqStmt",
        AlterSequence => "AlterSeqStmt",
        CreateEnum => "CreateEnumStmt",
        AlterEnum => "AlterEnumStmt",
        CreateComposite => "CompositeTypeStmt",
        CreateDomain => "CreateDomainStmt",
        CreateExtension => "CreateExtensionStmt",
        CreateDatabase => "CreatedbStmt",
        DropDatabase => "DropdbStmt",
        Drop { Kind: "role" } => "DropRoleStmt",
        Drop { Kind: "tablespace" } => "DropTableSpaceStmt",
        Drop => "DropStmt",
        AlterTable { Actions: [RenameTo or RenameColumn or RenameConstraint] } => "RenameStmt",
        AlterTable { Actions: [SetSchema] } => "AlterObjectSchemaStmt",
        AlterTable => "AlterTableStmt",
        Comment => "CommentStmt",
        OpaqueStatement or NativeStatement => "*",   // known by its tag only: any node will do
        _ => statement.GetType().Name,
    };
}
