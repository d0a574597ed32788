using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Execution;

/// <summary>One statement to the part that does it.</summary>
internal sealed class StatementRunner(Session session, IReadOnlyList<Argument> arguments)
{
    private Catalog Catalog => session.Database.Catalog;

    public Outcome Run(Statement statement)
    {
        if (statement is Insert or Update or Delete or Truncate && session.CommitMode == CommitMode.Explicit) session.Begin();
        return statement switch
        {
            QueryStatement query => new QueryRunner(session, arguments).Run(query.Query),
            Insert insert => new InsertRunner(session, arguments).Run(insert),
            Update update => new UpdateRunner(session, arguments).Run(update),
            Delete delete => new UpdateRunner(session, arguments).Run(delete),
            Truncate truncate => Run(truncate),
            StartTransaction start => Start(start),
            SetTransaction set => Set(set),
            Commit => Do(session.CommitAll),
            Rollback => Do(session.RollbackAll),
            Savepoint savepoint => Do(() => session.Savepoint(savepoint.Name)),
            RollbackToSavepoint to => Do(() => session.RollbackTo(to.Name)),
            InTransaction => new Outcome([], [], 0, session.InTransaction ? 0 : 100),
            LockTable locked => Run(locked),
            UnlockTable unlocked => Do(() => session.Database.Locks.ReleaseTable(Catalog.Table(unlocked.Table), session, unlocked.Exclusive)),
            CreateTable or CreateTableAs or DropTable => new TableRunner(session, arguments).Run(statement),
            AlterTable alter => new AlterRunner(session).Run(alter),
            CreateIndex or DropIndex or BuildIndex => new IndexRunner(session).Run(statement),
            CreateView or AlterView or DropView => new ViewRunner(session).Run(statement),
            CreateSchema or DropSchema => new SchemaRunner(session).Run(statement),
            _ => new ServerRunner(session, arguments).Run(statement),
        };
    }

    private static Outcome Do(Action action)
    {
        action();
        return Outcome.Done;
    }

    private Outcome Start(StartTransaction start)
    {
        if (session.InTransaction) return Outcome.Done;
        if (start.CommitMode is { } mode) session.CommitMode = mode;
        if (start.Isolation is { } isolation) session.ReadCommitted = isolation == Isolation.ReadCommitted;
        Compatible(start.Isolation, start.ReadOnly);
        session.Begin();
        return Outcome.Done;
    }

    private Outcome Set(SetTransaction set)
    {
        Compatible(set.Isolation, set.ReadOnly);
        if (set.CommitMode is { } mode) session.CommitMode = mode;
        if (set.Isolation is { } isolation) session.ReadCommitted = isolation == Isolation.ReadCommitted;
        return Outcome.Done;
    }

    private static void Compatible(Isolation? isolation, bool? readOnly)
    {
        if (isolation is Isolation.ReadUncommitted or Isolation.ReadVerified && readOnly == false)
            throw Fail.With(-92, "Incompatible transaction modes: this isolation level and READ WRITE");
    }

    private Outcome Run(LockTable statement)
    {
        var table = Catalog.Table(statement.Table);
        var locks = session.Database.Locks;
        var taken = statement.Exclusive ? locks.TableOwner(table, session) : locks.ExclusiveOwner(table, session);
        if (taken is not null || locks.AnyRowOf(table, session))
            throw new LockConflict($"Unable to acquire {(statement.Exclusive ? "exclusive" : "shared")} table lock for table '{table.FullName}'");
        locks.TakeTable(table, session, statement.Exclusive);
        return Outcome.Done;
    }

    /// <summary>Counters start again. Only inside a transaction can it be taken back.</summary>
    private Outcome Run(Truncate truncate)
    {
        if (Catalog.Find(truncate.Table) is not TableDef { System: null } table) throw Catalog.Missing(truncate.Table);
        var locks = session.Database.Locks;
        if (locks.AnyRowOf(table, session) || locks.TableOwner(table, session) is not null)
            throw new LockConflict($"Unable to acquire lock for TRUNCATE of table '{table.FullName}'");
        var writer = new RowWriter(session);
        var owner = table.Temporary ? $" WHERE owner={session.Job}" : "";
        foreach (var row in session.Database.Sqlite.Query($"SELECT id FROM {table.Physical}{owner}", []))
            writer.Delete(table, (long)row[0]!, writer.Read(table, (long)row[0]!)!, !truncate.Keywords.Contains("%NOCHECK"));
        table.NextRowId = 1;
        foreach (var column in table.Columns) column.Counter = 1;
        return new Outcome([], [], -1);
    }
}
