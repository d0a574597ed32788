using Gateway.Backends.Embedded.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

public sealed partial class EmbeddedConnection
{
    // What currval and lastval remember where there is no session.
    private readonly SequenceMemory.Drawn _remembered = new();

    private const int MaxDrawn = 10_000;
    private readonly List<(uint Sequence, long Value)> _drawn = [];

    /// <summary>A statement begins: what it draws is remembered, in case it must be run again to be explained.</summary>
    internal void ForgetDrawn()
    {
        _drawn.Clear();
        _again = 0;
    }

    /// <summary>What follows is the last row once more: it gets the values that were drawn for it.</summary>
    internal void DrawAgain() => (_replayed, _again) = (0, _drawn.Count);

    private int _replayed;
    private int _again;

    private static readonly List<(uint Oid, long Last, bool Called)> NoSequences = [];

    // Written, but not committed yet.
    private List<(uint Oid, long Last, bool Called)> _unsavedSequences = NoSequences;

    /// <summary>What the engine itself adds to the function library, in the library's notation.</summary>
    public static IReadOnlyList<string> FunctionNames { get; } =
        ["nextval_oid/1", "currval_oid/1", "lastval/0", "setval_oid/2", "setval3_oid/3", "pg_advisory_unlock_all/0", .. AdvisoryNames, .. CatalogNames];

    /// <summary>The commit of a transaction that writes saves the positions too.</summary>
    internal void WriteSequences(bool exact = false)
    {
        if (!exact && !Database.Sequences.AnyDirty) return;
        var rows = Database.Sequences.TakeDirty(exact);
        try
        {
            foreach (var (oid, last, called) in rows)
                Run("UPDATE __pgwire_sequences SET last_value = ?, is_called = ? WHERE oid = ?", last, called, oid);
        }
        catch
        {
            Database.Sequences.SaveFailed(rows);
            throw;
        }

        _unsavedSequences = rows;
    }

    /// <summary>
    /// Saves positions after a statement that only called nextval. While somebody else writes there is no need: their
    /// commit will do it, and no row can hold the value before that.
    /// </summary>
    internal void FlushSequencesIfIdle(bool exact = false)
    {
        if (!exact && !Database.Sequences.AnyDirty) return;
        if (_begun || !Database.Gate.TryEnter()) return;
        try
        {
            Control("BEGIN IMMEDIATE");
            try
            {
                WriteSequences(exact);
                Control("COMMIT");
            }
            catch
            {
                Database.Sequences.SaveFailed(_unsavedSequences);
                Control("ROLLBACK");
                throw;
            }
        }
        catch (PgException)
        {
            // Still marked as unsaved: the next commit tries again.
        }
        finally
        {
            Database.Gate.Exit();
        }
    }

    /// <summary>For changes of a sequence that, unlike nextval, a rollback takes back.</summary>
    internal void SetSequence(uint oid, long last, bool called, bool temporary)
    {
        var (oldLast, oldCalled) = Database.Sequences.Get(oid);
        _sequenceUndo.Add(() => Database.Sequences.Set(oid, oldLast, oldCalled, saved: false));
        Database.Sequences.Set(oid, last, called, temporary);
        if (!temporary)
            Run("INSERT INTO __pgwire_sequences VALUES (?, ?, ?) ON CONFLICT (oid) DO UPDATE SET last_value = excluded.last_value, is_called = excluded.is_called",
                oid, last, called);
    }

    internal void AddSequence(uint oid, long start, bool temporary)
    {
        _sequenceUndo.Add(() => Database.Sequences.Forget(oid));
        Database.Sequences.Set(oid, start, called: false, temporary);
        if (!temporary) Run("INSERT INTO __pgwire_sequences VALUES (?, ?, 0)", oid, start);
    }

    private SequenceMemory.Drawn Remembered => Session is { } session ? Database.SequenceMemory.Of(session.ProcessId) : _remembered;

    internal long NextValue(uint oid)
    {
        if (_probing || _replayed < _again) return ReplayValue(oid);
        var (name, definition) = FindSequence(oid);
        var value = Database.Sequences.Next(oid, name, definition);
        if (_drawn.Count < MaxDrawn) _drawn.Add((oid, value));
        Remembered.Add(oid, value);
        return value;
    }

    // A statement that runs again to explain its failure gets the values it got the first time.
    private long ReplayValue(uint oid) =>
        _replayed < _drawn.Count && _drawn[_replayed].Sequence == oid
            ? _drawn[_replayed++].Value
            : throw new PgException(SqlStates.InternalError, "the statement took another course");

    private void RegisterSequenceFunctions()
    {
        Function("pg_nextval_oid", 1, (connection, arguments) =>
        {
            if (connection is { InTransaction: true, _readOnly: true })
                throw new PgException(SqlStates.ReadOnlySqlTransaction, "cannot execute nextval() in a read-only transaction");
            return connection.NextValue(Oid(arguments[0]));
        });
        Function("pg_currval_oid", 1, (connection, arguments) =>
        {
            var oid = Oid(arguments[0]);
            var (name, _) = connection.FindSequence(oid);
            return connection.Remembered.Of(oid)
                ?? throw new PgException(SqlStates.ObjectNotInPrerequisiteState, $"currval of sequence \"{name}\" is not yet defined in this session");
        });
        Function("pg_lastval", 0, (connection, _) =>
            connection.Remembered.Last
                ?? throw new PgException(SqlStates.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session"));
        Function("pg_setval_oid", 2, (connection, arguments) =>
            connection.SetValue(Oid(arguments[0]), raw.sqlite3_value_int64(arguments[1]), true));
        Function("pg_setval3_oid", 3, (connection, arguments) =>
            connection.SetValue(Oid(arguments[0]), raw.sqlite3_value_int64(arguments[1]), raw.sqlite3_value_int64(arguments[2]) != 0));
        Function("__pgwire_sequence_last", 1, (connection, arguments) => connection.Database.Sequences.Get(Oid(arguments[0])).Last);
        Function("__pgwire_sequence_called", 1, (connection, arguments) => connection.Database.Sequences.Get(Oid(arguments[0])).Called ? 1 : 0);
    }

    private long SetValue(uint oid, long value, bool called)
    {
        var (name, definition) = FindSequence(oid);
        if (InTransaction && _readOnly)
            throw new PgException(SqlStates.ReadOnlySqlTransaction, "cannot execute setval() in a read-only transaction");
        if (value < definition.Min || value > definition.Max)
            throw new PgException(SqlStates.NumericValueOutOfRange,
                $"setval: value {value} is out of bounds for sequence \"{name}\" ({definition.Min}..{definition.Max})");
        if (_probing) return value;
        Database.Sequences.Set(oid, value, called, saved: false);
        if (called) Remembered.Set(oid, value);
        return value;
    }

    private (string Name, SequenceDefinition Definition) FindSequence(uint oid)
    {
        var relation = FindStored(oid);
        if (relation?.Sequence is { } definition) return (relation.Info.Name, definition);
        throw relation is null
            ? new PgException(SqlStates.UndefinedTable, $"could not open relation with OID {oid}")
            : new PgException(SqlStates.WrongObjectType, $"\"{relation.Info.Name}\" is not a sequence");
    }

    private static uint Oid(sqlite3_value value) => (uint)raw.sqlite3_value_int64(value);

    private void Function(string name, int arity, Func<EmbeddedConnection, sqlite3_value[], long> body) =>
        raw.sqlite3_create_function(_handle, name, arity, this, (context, userData, arguments) =>
        {
            var connection = (EmbeddedConnection)userData;
            try
            {
                foreach (var argument in arguments)
                    if (raw.sqlite3_value_type(argument) == raw.SQLITE_NULL)
                    {
                        raw.sqlite3_result_null(context);
                        return;
                    }

                raw.sqlite3_result_int64(context, body(connection, arguments));
            }
            catch (PgException error)
            {
                connection.Errors.Set(error);
                raw.sqlite3_result_error(context, "failed"u8);
            }
        });
}
