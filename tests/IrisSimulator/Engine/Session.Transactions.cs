using IrisSimulator.Engine.Execution;
using IrisSimulator.Engine.Storage;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine;

/// <summary>How to take back one change of a row.</summary>
/// <param name="Before">Null when the row was inserted.</param>
internal sealed record Undo(TableDef Table, long Id, IReadOnlyList<string> Columns, object?[]? Before, bool Deleted);

internal sealed partial class Session
{
    private const int MostLevels = 255;
    private readonly List<Undo> _log = [];
    private readonly List<(Name Name, int Position)> _savepoints = [];

    public bool InTransaction { get; private set; }
    public int TransactionLevel => InTransaction ? 1 + _savepoints.Count : 0;
    public CommitMode CommitMode { get; set; } = CommitMode.Implicit;

    /// <summary>Of the next transactions, and of the current one.</summary>
    public bool ReadCommitted { get; set; }

    public void Record(Undo undo) => _log.Add(undo);

    public void Begin(bool readCommitted)
    {
        lock (Database.Gate)
        {
            ReadCommitted = readCommitted;
            Begin();
        }
    }

    /// <summary>Nothing happens inside a transaction.</summary>
    public void Begin() => InTransaction = true;

    public void CommitAll() => Finish();

    public void RollbackAll()
    {
        UndoTo(0);
        Finish();
    }

    private void Finish()
    {
        InTransaction = false;
        _log.Clear();
        _savepoints.Clear();
        Database.Locks.ReleaseAll(this);
        Monitor.PulseAll(Database.Gate);
    }

    public void Savepoint(Name name)
    {
        if (name.Text.Length == 0) throw Fail.With(-301, "Savepoint name missing");
        if (name.Key.StartsWith("SYS", StringComparison.Ordinal)) throw Fail.With(-302, $"Savepoint name '{name}' is reserved");
        // A savepoint outside a transaction begins one.
        InTransaction = true;
        if (TransactionLevel >= MostLevels) throw Fail.With(-400, "<TRANSACTION LEVEL> too many savepoints");
        _savepoints.Add((name, _log.Count));
    }

    public void RollbackTo(Name name)
    {
        var at = _savepoints.FindLastIndex(s => s.Name.Equals(name));
        if (at < 0)
        {
            RollbackAll();
            throw Fail.With(-375, $"Cannot roll back to unestablished savepoint '{name}'");
        }
        UndoTo(_savepoints[at].Position);
        _savepoints.RemoveRange(at + 1, _savepoints.Count - at - 1);
    }

    /// <summary>A statement does all of its work or none.</summary>
    private Outcome Atomic(Func<Outcome> statement)
    {
        var start = _log.Count;
        try
        {
            var outcome = statement();
            if (!InTransaction) Release();
            return outcome;
        }
        catch
        {
            if (_log.Count > start) UndoTo(start);
            if (!InTransaction) Release();
            throw;
        }
    }

    private void Release()
    {
        _log.Clear();
        Database.Locks.ReleaseRows(this);
        Monitor.PulseAll(Database.Gate);
    }

    private void UndoTo(int position)
    {
        for (var i = _log.Count - 1; i >= position; i--)
        {
            var undo = _log[i];
            // A dropped table took its rows along: DDL is not undone.
            if (!Database.Catalog.Tables.Contains(undo.Table)) continue;
            if (undo.Before is null) Database.Sqlite.Run($"DELETE FROM {undo.Table.Physical} WHERE id={undo.Id}");
            else if (undo.Deleted)
                Database.Sqlite.Run(RowText.Insert(undo.Table, undo.Id, undo.Columns), undo.Before);
            else if (undo.Columns.Count > 0)
                Database.Sqlite.Run(RowText.Update(undo.Table, undo.Id, undo.Columns), undo.Before);
        }
        _log.RemoveRange(position, _log.Count - position);
    }
}
