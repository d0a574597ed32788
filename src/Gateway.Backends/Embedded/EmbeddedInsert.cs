using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;
using SQLitePCL;

namespace Gateway.Backends.Embedded;

/// <summary>One compiled INSERT, stepped for every row; the values are bound where they lie.</summary>
/// <remarks>The write lock is taken with the first rows, so that a client that is slow to begin holds nobody up.</remarks>
internal sealed unsafe class EmbeddedInsert(EmbeddedConnection connection, SqlStep step, RelationInfo table, int width) : IBulkInsert
{
    private PreparedStatement? _statement;
    private bool _deferred;
    private long _inserted;

    public int Done { get; private set; }

    public void Write(ValueList values, int rows)
    {
        connection.RequireNotLost();
        connection.Enter(this);
        try
        {
            connection.ThrowIfCanceled();
            Start();
            var statement = _statement!;

            // An empty list has no bytes, and a null pointer would bind NULL.
            byte none = 0;
            fixed (byte* bytes = values.AllBytes)
            {
                for (Done = 0; Done < rows; Done++)
                {
                    connection.ThrowIfCanceled();
                    connection.ForgetDrawn();
                    for (var i = 0; i < step.Parameters.Length; i++)
                    {
                        var error = statement.BindInPlace(i + 1, values, (Done * width) + step.Parameters[i] - 1, bytes is null ? &none : bytes);
                        if (error != raw.SQLITE_OK) throw SqliteErrors.Map(connection, error);
                    }

                    connection.Step(statement);
                    _inserted += Native.sqlite3_changes64(connection.RawHandle);
                    statement.Reset();
                }
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
        _statement = connection.Prepare(step.Sql);

        // As in PostgreSQL a row may refer to a later one of the same COPY.
        if (!table.Constraints.Any(static constraint => constraint.Kind == ConstraintKind.ForeignKey)) return;
        connection.CheckKeysLast();
        _deferred = true;
    }

    private void Release()
    {
        if (_statement is null) return;
        connection.Return(_statement);
        _statement = null;
    }
}
