using System.Data;
using System.Data.Common;
using System.Globalization;
using Gateway.Backends.Remote;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>
/// IRIS has no RELEASE SAVEPOINT, and 255 levels at most. So a savepoint is sent only when something is about to be
/// written behind it, under a name of its own; those that nothing is written behind cost nothing. ROLLBACK TO takes the
/// savepoint away as well, and it is sent again with the next write.
/// A plan that fails half-way inside a transaction leaves its traces there. They can never be committed: as in
/// PostgreSQL nothing but ROLLBACK or ROLLBACK TO an earlier savepoint goes on from there, which this class sees to.
/// </remarks>
public sealed partial class IrisConnection
{
    /// <summary>IRIS counts the transaction itself as one of its 255 levels.</summary>
    private const int MaxSavepoints = 250;

    private readonly List<SavepointState> _savepoints = [];
    private DbTransaction? _transaction;
    private int _sentSavepoints;
    private long _savepointNumber;
    private bool _atomic;
    private bool _ownTransaction;
    private bool _wrote;

    // What has failed half-way was begun behind that many savepoints.
    private int? _spoiledBehind;

    public bool InTransaction { get; private set; }

    /// <param name="Remote">Its name at the server, once it is there; several may share one.</param>
    private sealed record SavepointState(string Name, string? Remote);

    public void Begin(string? isolation, bool readOnly)
    {
        if (InTransaction) throw new PgException(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
        if (isolation is "repeatable read" or "serializable" && _backend.Options.Isolation == IsolationPolicy.Refuse)
            throw new PgException(SqlStates.FeatureNotSupported, $"IRIS has no isolation level {isolation}")
            {
                Hint = "Use read committed, or let the route accept that level as read committed.",
            };
        PutReaderAside();
        BeginTransaction();
        InTransaction = true;
        _local.Begin();
    }

    public void Commit()
    {
        if (!InTransaction) return;
        if (_spoiledBehind is not null)
        {
            Rollback();
            throw Aborted();
        }

        PutReaderAside();
        try
        {
            CommitAtServer();
        }
        catch (PgException)
        {
            EndTransaction(committed: false);
            throw;
        }

        EndTransaction(committed: true);
        _schemaChanges.Clear();
    }

    public void Rollback()
    {
        if (!InTransaction) return;
        try
        {
            _reader?.Dispose();
            WaitsFrom();
            if (Step(_transaction!.Rollback, IsCancelled || _isHurried) is { } failure)
            {
                // With a lost connection the server has rolled back already.
                var wasLost = IsBroken;
                IsBroken = true;
                if (!wasLost) throw failure;
            }
        }
        catch (Exception error) when (error is not PgException)
        {
            // What was left to read.
            IsBroken = true;
            if (Failed(error, null) is var known && !IrisErrors.IsFatal(known)) throw known;
        }
        finally
        {
            EndTransaction(committed: false);
        }

        if (!IsBroken) UndoSchema(0);
        _schemaChanges.Clear();
    }

    public void Savepoint(string name)
    {
        RequireTransaction("SAVEPOINT");
        RequireUsable();
        _savepoints.Add(new SavepointState(name, null));
    }

    public void ReleaseSavepoint(string name)
    {
        RequireTransaction("RELEASE SAVEPOINT");
        var index = FindSavepoint(name);
        _savepoints.RemoveRange(index, _savepoints.Count - index);
    }

    public void RollbackToSavepoint(string name)
    {
        RequireTransaction("ROLLBACK TO SAVEPOINT");
        var index = FindSavepoint(name);
        if (_savepoints[index].Remote is { } remote)
        {
            PutReaderAside();
            RunControl($"ROLLBACK TO SAVEPOINT {remote}");

            // Those that shared it are gone with it.
            for (var i = _savepoints.FindIndex(savepoint => savepoint.Remote == remote); i < _savepoints.Count; i++)
                _savepoints[i] = _savepoints[i] with { Remote = null };
            _sentSavepoints = _savepoints.Where(savepoint => savepoint.Remote is not null).Select(savepoint => savepoint.Remote).Distinct().Count();
        }

        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        if (_spoiledBehind > index) _spoiledBehind = null;
        UndoSchema(index + 1);
    }

    void IRemoteLink.BeginAtomic()
    {
        // Its transaction begins with its first write.
        _wrote = false;
        _atomic = true;
    }

    /// <summary>Before a statement that changes something.</summary>
    internal void PrepareToWrite()
    {
        PutReaderAside();
        if (InTransaction)
        {
            SendSavepoints();
        }
        else if (_atomic && !_ownTransaction)
        {
            BeginTransaction();
            _ownTransaction = true;
        }

        _wrote = true;
    }

    void IRemoteLink.EndAtomic()
    {
        _atomic = false;
        if (!_ownTransaction) return;
        _ownTransaction = false;
        try
        {
            CommitAtServer();
        }
        finally
        {
            ForgetTransaction();
        }
    }

    void IRemoteLink.AbortAtomic()
    {
        _atomic = false;
        if (InTransaction && _wrote) _spoiledBehind = _savepoints.Count;
        if (!_ownTransaction) return;

        _ownTransaction = false;
        try
        {
            _reader?.Dispose();
            WaitsFrom();
            if (Step(_transaction!.Rollback, IsCancelled || _isHurried) is { } failure) throw failure;
        }
        catch (Exception)
        {
            // A transaction that cannot be rolled back must not be gone on with.
            IsBroken = true;
        }
        finally
        {
            ForgetTransaction();
        }
    }

    private void BeginTransaction()
    {
        WaitsFrom();
        if (Step(() => _transaction = _connection.BeginTransaction(IsolationLevel.ReadCommitted), IsCancelled) is { } failure) throw Told(failure);
    }

    private void CommitAtServer()
    {
        // Lost before: nothing of it can have been committed.
        if (IsBroken) throw Lost(null);
        WaitsFrom();
        if (Step(_transaction!.Commit, IsCancelled) is not { } failure) return;
        if (!IsBroken) throw failure;
        throw new PgException(SqlStates.TransactionResolutionUnknown, $"the connection to {_instance.Name} was lost during the commit: whether it took effect is not known", failure)
        {
            Detail = failure.Message,
        };
    }

    private void EndTransaction(bool committed)
    {
        InTransaction = _isHurried = false;
        _spoiledBehind = null;
        _savepoints.Clear();
        ForgetTransaction();
        if (committed) _local.Commit();
        else _local.Rollback();
    }

    private void ForgetTransaction()
    {
        _sentSavepoints = 0;
        try
        {
            _transaction?.Dispose();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // 08003 on a lost connection: the first error is the one to report.
            IsBroken = true;
        }

        _transaction = null;
    }

    /// <summary>Before a write: the savepoints set since the last one, which are all at the same place.</summary>
    private void SendSavepoints()
    {
        if (_savepoints is not [.., { Remote: null }]) return;
        if (_sentSavepoints >= MaxSavepoints)
            throw new PgException(SqlStates.ProgramLimitExceeded, "too many savepoints in one transaction for IRIS")
            {
                Detail = "IRIS keeps released savepoints until the transaction ends.",
            };
        var remote = string.Create(CultureInfo.InvariantCulture, $"PGW{++_savepointNumber}");
        RunControl($"SAVEPOINT {remote}");
        _sentSavepoints++;
        for (var i = _savepoints.Count - 1; i >= 0 && _savepoints[i].Remote is null; i--)
            _savepoints[i] = _savepoints[i] with { Remote = remote };
    }

    private void RequireTransaction(string command)
    {
        if (!InTransaction)
            throw new PgException(SqlStates.NoActiveSqlTransaction, $"{command} can only be used in transaction blocks");
    }

    private void RequireUsable()
    {
        if (IsBroken) throw Lost(null);
        if (_spoiledBehind is not null) throw Aborted();
    }

    private static PgException Aborted() => new(
        SqlStates.InFailedSqlTransaction, "current transaction is aborted, commands ignored until end of transaction block");

    private int FindSavepoint(string name)
    {
        var index = _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
        return index >= 0 ? index : throw new PgException(SqlStates.InvalidSavepoint, $"savepoint \"{name}\" does not exist");
    }
}
