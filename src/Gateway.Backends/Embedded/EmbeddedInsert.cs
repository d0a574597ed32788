using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>An INSERT that takes a batch of rows in one step where its shape allows, else one row per step. The values are read where they lie.</summary>
/// <remarks>The write lock is taken with the first rows, so that a client that is slow to begin holds nobody up.</remarks>
internal sealed unsafe class EmbeddedInsert(EmbeddedConnection connection, SqlStep step, RelationInfo table, int width) : IBulkInsert
{
    private PreparedStatement? _statement;
    private PreparedStatement? _batch;
    private RowFeed? _feed;
    private bool _deferred;
    private long _inserted;
    private long _counted;

    public int Done { get; private set; }

    public void Write(ValueList values, int rows)
    {
        using var scope = connection.EnterTypes();
        connection.RequireNotLost();
        connection.Enter(this);
        try
        {
            connection.ThrowIfCanceled();
            Start();

            // An empty list has no bytes, and a null pointer would bind NULL.
            byte none = 0;
            fixed (byte* bytes = values.AllBytes)
            fixed (ValueSlot* slots = values.AllSlots)
            {
                var at = bytes is null ? &none : bytes;
                Done = 0;
                connection.ForgetDrawn();
                if (_batch is not null)
                {
                    if (WriteBatch(_batch, slots, at, rows)) return;
                    connection.DrawAgain();
                }

                WriteEach(values, at, rows);
            }
        }
        catch
        {
            Release();
            connection.NoticeLoss();
            throw;
        }
        finally
        {
            connection.Leave(this);
        }
    }

    public long Complete()
    {
        using var scope = connection.EnterTypes();
        if (!_deferred || !connection.HasBrokenKeys) return _inserted;
        foreach (var key in table.Constraints)
            if (key.Kind == ConstraintKind.ForeignKey && !connection.Defers(key) && ConstraintErrors.FindMissingParent(connection, table, key) is { } missing)
                throw missing;
        return _inserted;
    }

    public void Dispose() => Release();

    private void Start()
    {
        if (_statement is not null) return;
        connection.PrepareToWrite("COPY FROM");

        // As in PostgreSQL a row may refer to a later one of the same COPY.
        if (table.Constraints.Any(static constraint => constraint.Kind == ConstraintKind.ForeignKey))
        {
            connection.CheckKeysLast();
            _deferred = true;
        }

        _statement = connection.Prepare(step.Sql);
        if (!connection.HasSqliteTransaction || width == 0 || BatchInsert.Of(step, RowFeed.NameOf(width)) is not { } sql) return;
        _feed = connection.Feed(width);
        _batch = connection.Prepare(sql);
    }

    /// <summary>False after a row that breaks a constraint, with those before it done: SQLite does not say what is wrong with it.</summary>
    private bool WriteBatch(PreparedStatement batch, ValueSlot* slots, byte* bytes, int rows)
    {
        _feed!.Give(slots, bytes, rows);
        try
        {
            var result = batch.Step();
            if (result != raw.SQLITE_DONE && (result & 0xff) != raw.SQLITE_CONSTRAINT)
            {
                Done = Math.Min(_feed.Position, rows - 1);
                throw SqliteErrors.Fail(connection, batch, result);
            }

            // Every row of the feed is one of the table.
            var inserted = Native.sqlite3_changes64(connection.RawHandle);
            Done = (int)inserted;
            _inserted += inserted;
            return result == raw.SQLITE_DONE;
        }
        finally
        {
            batch.Reset();
            _feed.Clear();
        }
    }

    private void WriteEach(ValueList values, byte* bytes, int rows)
    {
        var statement = _statement!;
        for (; Done < rows; Done++)
        {
            connection.ThrowIfCanceled();
            for (var i = 0; i < step.Parameters.Length; i++)
            {
                var error = statement.BindInPlace(i + 1, values, (Done * width) + step.Parameters[i] - 1, bytes);
                if (error != raw.SQLITE_OK) throw SqliteErrors.Map(connection, error);
            }

            connection.Step(statement);
            _inserted += Native.sqlite3_changes64(connection.RawHandle);
            statement.Reset();
            connection.ForgetDrawn();
        }
    }

    private void Release()
    {
        if (_inserted > _counted) connection.Count(new TableChange(table.Oid, ChangeKind.Insert), _inserted - _counted, _inserted - _counted);
        _counted = _inserted;
        if (_batch is not null) connection.Return(_batch);
        if (_statement is not null) connection.Return(_statement);
        _batch = _statement = null;
    }
}
