using System.Data;
using System.Data.Common;
using Gateway.Sql.Parsing;
using Gateway.Types;

namespace Gateway.Backends.Ado;

public sealed partial class AdoConnection
{
    private DbTransaction? _transaction;

    public bool InTransaction { get; private set; }

    // The provider's commit takes no cancel of its own.
    private bool _isCommitting;

    // Cancelled between its statements: the session is ending, and has no time to wait for the rollback.
    private volatile bool _isHurried;

    /// <summary>
    /// From here on a cancel gives the connection up after a while; at once begins that while when one has been asked for already.
    /// A commit that was sent may have taken effect; what was not committed is rolled back by a server that loses the connection.
    /// </summary>
    private void EnterStep()
    {
        var isHurried = _isHurried;
        Enter();
        if (isHurried || _cancelRequested) _abandon.CancelAfter(Options.CancelPatience);
    }

    /// <summary>What runs is being cancelled.</summary>
    internal bool IsStopping => _cancelRequested || _isHurried;

    public void Begin(string? isolation, bool readOnly)
    {
        if (InTransaction) throw new PgException(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
        RequireUsable();
        Enter();
        try
        {
            ThrowIfCanceled();
            PutReaderAside();

            // Before, so that a rollback does not take them away.
            Synchronize();
            if (_backend.Adapter.BeginsByText)
            {
                var level = isolation is "repeatable read" or "serializable" ? isolation : "read committed";
                Control($"BEGIN ISOLATION LEVEL {level.ToUpperInvariant()}{(readOnly ? " READ ONLY" : "")}");
                InTransaction = true;
                return;
            }

            _transaction = _connection.BeginTransaction(isolation switch
            {
                "repeatable read" => IsolationLevel.RepeatableRead,
                "serializable" => IsolationLevel.Serializable,
                _ => IsolationLevel.ReadCommitted,
            });
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
        finally
        {
            Leave();
        }

        InTransaction = true;
        if (readOnly) Interruptibly("SET TRANSACTION READ ONLY");
    }

    public void Commit()
    {
        if (!InTransaction) return;
        RequireUsable();
        PutReaderAside();
        EnterStep();
        try
        {
            lock (_cancelLock) _isCommitting = true;
            if (_transaction is null) Control("COMMIT");
            else Call(static transaction => transaction.Commit(), _transaction);
        }
        catch (Exception error)
        {
            var known = Failed(error);
            EndTransaction(committed: false);
            if (!IsBroken) throw known;
            throw new PgException(SqlStates.TransactionResolutionUnknown, $"the connection to {_instance} was lost during the commit: whether it took effect is not known", known)
            {
                Detail = known.Message,
            };
        }
        finally
        {
            lock (_cancelLock) _isCommitting = false;
            Leave();
        }

        EndTransaction(committed: true);
        Deliver();
    }

    public void Rollback()
    {
        if (!InTransaction) return;
        try
        {
            _reader?.Dispose();
            EnterStep();
            if (!IsBroken)
            {
                if (_transaction is null) Control("ROLLBACK");
                else Call(static transaction => transaction.Rollback(), _transaction);
            }
        }
        catch (Exception error)
        {
            // With a lost connection the server has rolled back already.
            var known = Failed(error);
            var wasLost = IsBroken;
            IsBroken = true;
            if (!wasLost) throw known;
        }
        finally
        {
            Leave();
            EndTransaction(committed: false);
        }

        Deliver();
    }

    public void Savepoint(string name) => InBlock("SAVEPOINT", $"SAVEPOINT {Identifiers.Quote(name)}");

    public void ReleaseSavepoint(string name) => InBlock("RELEASE SAVEPOINT", $"RELEASE SAVEPOINT {Identifiers.Quote(name)}");

    public void RollbackToSavepoint(string name)
    {
        _reader?.Dispose();
        InBlock("ROLLBACK TO SAVEPOINT", $"ROLLBACK TO SAVEPOINT {Identifiers.Quote(name)}");
        ForgetSettings();
        if (_ownSchema) _schema = null;
    }

    private void InBlock(string command, string sql)
    {
        if (!InTransaction) throw new PgException(SqlStates.NoActiveSqlTransaction, $"{command} can only be used in transaction blocks");
        Interruptibly(sql);
    }

    private void EndTransaction(bool committed)
    {
        InTransaction = _isHurried = false;
        if (!_abandoned) Quietly(() => _transaction?.Dispose());
        _transaction = null;
        if (!committed) ForgetSettings();
        if (!_ownSchema) return;
        _schema = null;
        _ownSchema = HasTemporary;
        if (committed) _backend.ForgetSchema();
    }
}
