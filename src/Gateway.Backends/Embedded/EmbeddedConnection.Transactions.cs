using Gateway.Backends.Embedded.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <remarks>
/// A read committed transaction has no SQLite transaction until it writes: every statement before that sees the newest
/// commit, as it should. The first write waits for the gate and begins with BEGIN IMMEDIATE, on the newest state; from
/// then on nobody else commits, so later statements see it too. Repeatable read and serializable take SQLite's own
/// snapshot at their first statement and fail with 40001 when they write after somebody else did.
/// </remarks>
public sealed partial class EmbeddedConnection
{
    private readonly List<SavepointState> _savepoints = [];
    private bool _begun;
    private bool _readOnly;
    private bool _holdsGate;

    // SQLite rolls a whole transaction back by itself when a write is interrupted or the disk is full.
    private bool _lost;

    private bool _inControl;

    public bool InTransaction { get; private set; }

    internal bool HasSqliteTransaction => _begun;

    private ModelState _planModel;

    private sealed record SavepointState(string Name, ModelState Model, ConstraintModes Modes);

    public void Begin(string? isolation, bool readOnly)
    {
        if (InTransaction) throw new PgException(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
        var snapshot = isolation is "repeatable read" or "serializable";
        if (snapshot)
        {
            Control("BEGIN");
            _begun = true;
        }

        InTransaction = true;
        _readOnly = readOnly;
        _lost = false;
    }

    public void Commit()
    {
        if (!InTransaction) return;
        if (_lost)
        {
            EndTransaction(committed: false);
            throw new PgException(SqlStates.SerializationFailure, "the transaction was rolled back when a statement in it was interrupted");
        }

        try
        {
            if (_begun) CommitSqlite();
        }
        catch
        {
            RollbackSqlite();
            EndTransaction(committed: false);
            throw;
        }

        EndTransaction(committed: true);
    }

    public void Rollback()
    {
        if (!InTransaction) return;
        RollbackSqlite();
        EndTransaction(committed: false);
    }

    public void Savepoint(string name)
    {
        RequireTransaction("SAVEPOINT");
        if (_begun) Control($"SAVEPOINT sp{_savepoints.Count}");
        _savepoints.Add(new SavepointState(name, CurrentModelState, _modes));
    }

    public void ReleaseSavepoint(string name)
    {
        RequireTransaction("RELEASE SAVEPOINT");
        var index = FindSavepoint(name);
        if (_begun) Control($"RELEASE sp{index}");
        _savepoints.RemoveRange(index, _savepoints.Count - index);
    }

    public void RollbackToSavepoint(string name)
    {
        RequireTransaction("ROLLBACK TO SAVEPOINT");
        var index = FindSavepoint(name);
        if (_lost)
            throw new PgException(SqlStates.SerializationFailure, "the transaction was rolled back when a statement in it was interrupted");
        if (_begun)
        {
            Control($"ROLLBACK TO sp{index}");
        }

        RestoreModel(_savepoints[index].Model);
        ForgetCounts();
        _modes = _savepoints[index].Modes;
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
    }

    internal void RequireNotLost()
    {
        if (_lost)
            throw new PgException(SqlStates.InFailedSqlTransaction, "current transaction is aborted, commands ignored until end of transaction block");
    }

    /// <summary>Before anything is written: permission, the gate, and in a transaction SQLite's own.</summary>
    internal void PrepareToWrite(string command)
    {
        if (InTransaction && _readOnly)
            throw new PgException(SqlStates.ReadOnlySqlTransaction, $"cannot execute {command} in a read-only transaction");
        if (!_holdsGate) EnterGate();
        if (!InTransaction || _begun) return;
        BeginImmediate();
    }

    /// <summary>Makes several writes atomic; to be ended by <see cref="EndAtomic"/>.</summary>
    internal void BeginAtomic(string command)
    {
        PrepareToWrite(command);
        if (InTransaction) Control("SAVEPOINT plan");
        else BeginImmediate();
        _planModel = CurrentModelState;
    }

    internal void EndAtomic()
    {
        if (InTransaction)
        {
            Control("RELEASE plan");
            return;
        }

        try
        {
            CommitSqlite();
        }
        catch
        {
            AbortAtomic();
            throw;
        }

        EndTransaction(committed: true);
    }

    internal void AbortAtomic()
    {
        if (InTransaction)
        {
            if (NoticeLoss()) return;
            Control("ROLLBACK TO plan");
            Control("RELEASE plan");
            RestoreModel(_planModel);
            ForgetCounts();
            return;
        }

        RollbackSqlite();
        EndTransaction(committed: false);
    }

    /// <summary>After a statement outside a transaction.</summary>
    internal void EndAutocommit()
    {
        if (InTransaction || _begun) return;
        LeaveGate();
        ReleaseTransactionLocks();
        FlushSequencesIfIdle();
    }

    /// <summary>SQLite has given the transaction up behind our back: everything but ROLLBACK fails from here.</summary>
    internal bool NoticeLoss()
    {
        if (!_begun || raw.sqlite3_get_autocommit(_handle) == 0) return false;
        _begun = false;
        _lost = true;
        LeaveGate();
        return true;
    }

    private void BeginImmediate()
    {
        Control("BEGIN IMMEDIATE");
        _begun = true;
        if (NeedsDeferral()) CheckKeysLast();
        for (var i = 0; i < _savepoints.Count; i++) Control($"SAVEPOINT sp{i}");
    }

    private void CommitSqlite()
    {
        if (!_holdsGate)
        {
            Control("COMMIT");
        }
        else
        {
            EndTemporary();
            if (_ownModel is not null) CatalogStore.SaveNextOid(this, Database.PeekOid());
            WriteSequences();
            try
            {
                Control("COMMIT");
            }
            catch
            {
                Database.Sequences.SaveFailed(_unsavedSequences);
                throw;
            }
            finally
            {
                _unsavedSequences = NoSequences;
            }
        }

        _begun = false;
    }

    private void RollbackSqlite()
    {
        if (!_begun) return;
        _begun = false;
        if (raw.sqlite3_get_autocommit(_handle) != 0) return;
        try
        {
            _cancelRequested = false;
            Control("ROLLBACK");
        }
        catch (PgException)
        {
            IsBroken = true;
            throw;
        }
    }

    private void EndTransaction(bool committed)
    {
        InTransaction = false;
        _begun = false;
        _lost = false;
        _readOnly = false;
        _modes = ConstraintModes.AsDeclared;
        _checksLast = false;
        _savepoints.Clear();
        EndModel(committed);
        FlushCounts(committed);
        ReleaseTransactionLocks();
        LeaveGate();
        if (committed) FlushSequencesIfIdle();
    }

    /// <summary>Runs what opens or ends a transaction: once it has happened it must not be reported as interrupted.</summary>
    internal void Control(string sql)
    {
        _inControl = true;
        try
        {
            Run(sql);
        }
        finally
        {
            _inControl = false;
        }
    }

    private void RequireTransaction(string command)
    {
        if (!InTransaction)
            throw new PgException(SqlStates.NoActiveSqlTransaction, $"{command} can only be used in transaction blocks");
    }

    private int FindSavepoint(string name)
    {
        var index = _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
        return index >= 0 ? index : throw new PgException(SqlStates.InvalidSavepoint, $"savepoint \"{name}\" does not exist");
    }

    private void EnterGate()
    {
        if (!Database.Gate.TryEnter())
        {
            var waiter = new WriteGate.Waiter();
            lock (_cancelLock)
            {
                if (_cancelRequested) throw Canceled();
                _waiter = waiter;
            }

            var entry = Database.Gate.Enter(waiter, Session?.LockTimeout ?? TimeSpan.Zero);
            lock (_cancelLock) _waiter = null;
            switch (entry)
            {
                case Entry.TimedOut:
                    throw new PgException(SqlStates.LockNotAvailable, "canceling statement due to lock timeout");
                case Entry.Canceled:
                    throw Canceled();
            }
        }

        _holdsGate = true;
    }

    private void LeaveGate()
    {
        if (!_holdsGate) return;
        _holdsGate = false;
        Database.Gate.Exit();
    }
}
