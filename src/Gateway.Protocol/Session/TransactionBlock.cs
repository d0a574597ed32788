using Gateway.Protocol.Messages;
using Gateway.Types;

namespace Gateway.Protocol.Session;

/// <summary>PostgreSQL's transaction rules of one session, without the backend: what may run, and what is to be done.</summary>
/// <remarks>
/// A batch (a simple query string, or an extended pipeline up to Sync) runs in an implicit transaction unless a block is
/// open. Once a statement of a block fails, only ROLLBACK, COMMIT (which then rolls back) and ROLLBACK TO may run.
/// </remarks>
public sealed class TransactionBlock
{
    private readonly List<string> _savepoints = [];

    /// <summary>BEGIN was given and neither COMMIT nor ROLLBACK yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>A statement of the open block failed.</summary>
    public bool IsFailed { get; private set; }

    public string? Isolation { get; private set; }

    public bool ReadOnly { get; private set; }

    /// <summary>A statement of this block has reached the backend, so its modes are fixed.</summary>
    public bool HasRun { get; set; }

    public IReadOnlyList<string> Savepoints => _savepoints;

    public TransactionStatus Status =>
        IsFailed ? TransactionStatus.Failed : IsOpen ? TransactionStatus.InBlock : TransactionStatus.Idle;

    /// <exception cref="PgException">25P02 in a failed block.</exception>
    public void RequireUsable()
    {
        if (IsFailed) throw Aborted();
    }

    internal static PgException Aborted() => new(
        SqlStates.InFailedSqlTransaction, "current transaction is aborted, commands ignored until end of transaction block");

    public void Open(string? isolation, bool readOnly)
    {
        IsOpen = true;
        IsFailed = false;
        HasRun = false;
        Isolation = isolation;
        ReadOnly = readOnly;
        _savepoints.Clear();
    }

    /// <summary>SET TRANSACTION inside the block.</summary>
    public void SetModes(string? isolation, bool? readOnly)
    {
        if (isolation is not null)
        {
            if (HasRun && isolation != Isolation)
                throw new PgException(
                    SqlStates.ActiveSqlTransaction, "SET TRANSACTION ISOLATION LEVEL must be called before any query");
            Isolation = isolation;
        }

        if (readOnly is not { } value) return;
        if (!value && ReadOnly && HasRun)
            throw new PgException(
                SqlStates.ActiveSqlTransaction, "transaction read-write mode must be set before any query");
        ReadOnly = value;
    }

    /// <summary>A statement failed: an open block can only be rolled back.</summary>
    public void Fail() => IsFailed = IsOpen;

    public void Close()
    {
        IsOpen = IsFailed = HasRun = false;
        _savepoints.Clear();
    }

    public void RequireOpen(string what)
    {
        if (!IsOpen)
            throw new PgException(SqlStates.NoActiveSqlTransaction, $"{what} can only be used in transaction blocks");
    }

    public void AddSavepoint(string name) => _savepoints.Add(name);

    /// <summary>Index of the innermost savepoint of that name.</summary>
    /// <exception cref="PgException">3B001 when there is none.</exception>
    public int FindSavepoint(string name) => _savepoints.LastIndexOf(name) is var index and >= 0
        ? index
        : throw new PgException(SqlStates.InvalidSavepoint, $"savepoint \"{name}\" does not exist");

    public void Release(int index) => _savepoints.RemoveRange(index, _savepoints.Count - index);

    /// <summary>The savepoint itself stays, what came after it goes, and a failed block is usable again.</summary>
    public void RollBackTo(int index)
    {
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
        IsFailed = false;
    }
}
