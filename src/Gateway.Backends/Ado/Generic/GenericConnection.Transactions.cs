using System.Data;
using System.Data.Common;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <remarks>
/// Rows are read first and changed afterwards, so every transaction is serializable: nobody changes a row in between. A statement
/// that fails half-way inside a transaction leaves its traces; as in PostgreSQL only ROLLBACK, or ROLLBACK TO an earlier savepoint, goes on from there.
/// </remarks>
public sealed partial class GenericConnection
{
    private readonly List<string> _savepoints = [];
    private DbTransaction? _transaction;

    // What has failed half-way was begun behind that many savepoints.
    private int? _spoiledBehind;

    public bool InTransaction { get; private set; }

    public void Begin(string? isolation, bool readOnly)
    {
        if (InTransaction) throw new PgException(SqlStates.ActiveSqlTransaction, "there is already a transaction in progress");
        if (IsBroken) throw AdoErrors.Gone(_instance);
        _reader?.PutAside(_backend.Options.Limits);
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
            throw new PgException("25P02", "current transaction is aborted, commands ignored until end of transaction block");
        }

        _reader?.PutAside(_backend.Options.Limits);
        try
        {
            _transaction!.Commit();
        }
        catch (Exception error)
        {
            var known = Failed(error);
            EndTransaction(committed: false);
            throw IsBroken ? new PgException(SqlStates.TransactionResolutionUnknown, $"the connection to {_instance} was lost during the commit: whether it took effect is not known", known) : known;
        }

        EndTransaction(committed: true);
    }

    public void Rollback()
    {
        if (!InTransaction) return;
        try
        {
            _reader?.Dispose();
            _transaction!.Rollback();
        }
        catch (Exception error) when (error is not PgException)
        {
            // Closing it rolls back as well.
            IsBroken = true;
        }
        finally
        {
            EndTransaction(committed: false);
        }
    }

    public void Savepoint(string name)
    {
        RequireTransaction("SAVEPOINT");
        _reader?.PutAside(_backend.Options.Limits);
        AtServer(static (transaction, at) => transaction.Save(at), NameOf(_savepoints.Count));
        _savepoints.Add(name);
    }

    public void ReleaseSavepoint(string name)
    {
        RequireTransaction("RELEASE SAVEPOINT");
        var index = Find(name);
        _reader?.PutAside(_backend.Options.Limits);
        AtServer(static (transaction, at) => transaction.Release(at), NameOf(index));
        _savepoints.RemoveRange(index, _savepoints.Count - index);
    }

    public void RollbackToSavepoint(string name)
    {
        RequireTransaction("ROLLBACK TO SAVEPOINT");
        var index = Find(name);
        _reader?.Dispose();
        AtServer(static (transaction, at) => transaction.Rollback(at), NameOf(index));
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        if (_spoiledBehind > index) _spoiledBehind = null;
    }

    void Remote.IRemoteLink.BeginAtomic()
    {
        if (!InTransaction) BeginTransaction();
    }

    void Remote.IRemoteLink.EndAtomic()
    {
        if (InTransaction) return;
        try
        {
            _transaction!.Commit();
        }
        catch (Exception error)
        {
            var known = Failed(error);
            End();
            throw known;
        }

        End();
    }

    void Remote.IRemoteLink.AbortAtomic()
    {
        if (InTransaction)
        {
            _spoiledBehind ??= _savepoints.Count;
            return;
        }

        try
        {
            _transaction?.Rollback();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            IsBroken = true;
        }
        finally
        {
            End();
        }
    }

    private void BeginTransaction()
    {
        try
        {
            _transaction = _connection.BeginTransaction(IsolationLevel.Serializable);
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
    }

    private void EndTransaction(bool committed)
    {
        InTransaction = false;
        _spoiledBehind = null;
        _savepoints.Clear();
        End();
        if (committed) _local.Commit();
        else _local.Rollback();
    }

    private void End()
    {
        try
        {
            _transaction?.Dispose();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            IsBroken = true;
        }

        _transaction = null;
    }

    private void AtServer(Action<DbTransaction, string> step, string name)
    {
        try
        {
            step(_transaction!, name);
        }
        catch (NotSupportedException)
        {
            // SupportsSavepoints is false for providers that have them, too.
            throw PgException.Unsupported("savepoints are not supported by this provider");
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
    }

    private void RequireTransaction(string command)
    {
        if (!InTransaction) throw new PgException(SqlStates.NoActiveSqlTransaction, $"{command} can only be used in transaction blocks");
    }

    private int Find(string name) => _savepoints.LastIndexOf(name) is >= 0 and var index
        ? index
        : throw new PgException("3B001", $"savepoint \"{name}\" does not exist");

    // The client's names may be any text.
    private static string NameOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"gateway_{index}");
}
