using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Sql.Parsing;

internal sealed partial class Parser
{
    private StartTransaction StartTransaction()
    {
        Expect("START", "TRANSACTION");
        var (commitMode, isolation, readOnly) = TransactionModes();
        return new(commitMode, isolation, readOnly);
    }

    private SetTransaction SetTransaction()
    {
        Expect("TRANSACTION");
        var (commitMode, isolation, readOnly) = TransactionModes();
        if (commitMode is null && isolation is null && readOnly is null) throw Fail(-1, $"A transaction mode expected, {Current} found");
        return new(commitMode, isolation, readOnly);
    }

    private (CommitMode? CommitMode, Isolation? Isolation, bool? ReadOnly) TransactionModes()
    {
        if (Accept("%COMMITMODE"))
            return (ExpectAny("IMPLICIT", "EXPLICIT", "NONE") switch
            {
                "IMPLICIT" => CommitMode.Implicit,
                "EXPLICIT" => CommitMode.Explicit,
                _ => CommitMode.None,
            }, null, null);

        Isolation? isolation = null;
        bool? readOnly = null;
        if (!AtAny("ISOLATION", "READ")) return (null, null, null);
        do
        {
            if (Accept("ISOLATION"))
            {
                Expect("LEVEL");
                isolation = isolation is null ? IsolationLevel() : throw Fail(-91, "Isolation level given twice");
            }
            else
            {
                Expect("READ");
                if (readOnly is not null) throw Fail(-91, "Access mode given twice");
                readOnly = ExpectAny("ONLY", "WRITE") == "ONLY";
            }
        }
        while (Accept(","));
        if (readOnly == false && isolation is Isolation.ReadUncommitted or Isolation.ReadVerified)
            throw Fail(-92, "READ WRITE and this isolation level are incompatible");
        return (null, isolation, readOnly);
    }

    private Isolation IsolationLevel()
    {
        if (AtAny("REPEATABLE", "SERIALIZABLE", "SNAPSHOT")) throw Fail(-96, $"Isolation level {Current} is not supported");
        Expect("READ");
        return ExpectAny("UNCOMMITTED", "COMMITTED", "VERIFIED") switch
        {
            "UNCOMMITTED" => Isolation.ReadUncommitted,
            "COMMITTED" => Isolation.ReadCommitted,
            _ => Isolation.ReadVerified,
        };
    }

    private Commit Commit()
    {
        Expect("COMMIT");
        Accept("WORK");
        return new();
    }

    private Statement Rollback()
    {
        Expect("ROLLBACK");
        if (Accept("WORK")) return new Rollback();
        if (!Accept("TO")) return new Rollback();
        Expect("SAVEPOINT");
        return new RollbackToSavepoint(SavepointName());
    }

    private Savepoint Savepoint()
    {
        Expect("SAVEPOINT");
        return new(SavepointName());
    }

    private Name SavepointName()
    {
        if (!AtName) throw Fail(-301, $"A savepoint name expected, {Current} found");
        var name = Name();
        return name.Key.StartsWith("SYS", StringComparison.Ordinal) ? throw Fail(-302, $"Savepoint name {name} is reserved") : name;
    }

    private InTransaction InTransaction()
    {
        _tokens.Take();
        return new();
    }

    private LockTable Lock()
    {
        Expect("LOCK");
        var (table, exclusive) = LockMode();
        return new(table, exclusive, Accept("WAIT") ? Integer() : null);
    }

    private UnlockTable Unlock()
    {
        Expect("UNLOCK");
        var (table, exclusive) = LockMode();
        return new(table, exclusive, Accept("IMMEDIATE"));
    }

    private (QualifiedName Table, bool Exclusive) LockMode()
    {
        Accept("TABLE");
        var table = QualifiedName();
        Expect("IN");
        var exclusive = ExpectAny("EXCLUSIVE", "SHARE") == "EXCLUSIVE";
        Expect("MODE");
        return (table, exclusive);
    }
}
