using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Remote;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>Rows by the batch where the driver has batches; else, or where it is not told which row failed, one prepared INSERT for row after row.</summary>
/// <remarks>
/// A batch that fails has perhaps put some rows in. The driver may say which row it is about (<see cref="DbException.BatchCommand"/>);
/// else the batch is undone with a savepoint and its rows go in one by one, up to that row. IRIS keeps every savepoint until the
/// transaction ends and has 255 levels: when those for batches are used up, the rows that follow go in one by one.
/// </remarks>
internal sealed class IrisBulkInsert : IBulkInsert
{
    private const string Savepoint = "gateway_batch";

    private readonly IrisConnection _connection;
    private readonly ImmutableArray<Input> _inputs;
    private readonly string _sql;
    private readonly int _width;
    private DbCommand? _command;
    private DbBatch? _batch;
    private bool _batches;
    private long _inserted;

    private IrisBulkInsert(IrisConnection connection, CommandStep step, int width)
    {
        (_connection, _sql, _inputs, _width) = (connection, step.Sql, step.Inputs, width);
        _batches = connection.CanBatch;
    }

    /// <summary>Where an INSERT of one row is more than one statement of constants, its plan runs for every row.</summary>
    public static IBulkInsert Of(IrisConnection connection, Plan plan, int width) =>
        plan is { Computed: null, Steps: [CommandStep step] } && step.Inputs.All(input => input is { Kind: InputKind.Parameter, Spread: false })
            ? new IrisBulkInsert(connection, step, width)
            : new RowByRowInsert(connection, plan, width);

    public int Done { get; private set; }

    public void Write(ValueList values, int rows)
    {
        Done = 0;
        _connection.EnterInsert(this);
        try
        {
            if (rows > 1 && _batches && _connection.HasSavepointsToSpare) WriteBatch(values, rows);
            else WriteRows(values, rows);
        }
        finally
        {
            _connection.Leave(this);
        }
    }

    public long Complete() => _inserted;

    public void Dispose()
    {
        _command?.Dispose();
        _batch?.Dispose();
    }

    private void WriteBatch(ValueList values, int rows)
    {
        _connection.Savepoint(Savepoint);
        try
        {
            var affected = _connection.ExecuteBatch(Filled(values, rows));
            if (affected >= 0)
            {
                _inserted += affected;
                _connection.ReleaseSavepoint(Savepoint);
                return;
            }

            // A driver that does not count does not say what a batch has done.
            _batches = false;
        }
        catch (PgException error) when (!_connection.IsBroken && error.SqlState != SqlStates.QueryCanceled)
        {
            if (error.InnerException is DbException { BatchCommand: { } command } && _batch!.BatchCommands.IndexOf(command) is var row and >= 0)
            {
                Done = row;
                throw;
            }
        }

        // That they go in now is possible: others have changed something.
        _connection.RollbackToSavepoint(Savepoint);
        WriteRows(values, rows);
        _connection.ReleaseSavepoint(Savepoint);
    }

    private void WriteRows(ValueList values, int rows)
    {
        _connection.PrepareToWrite();
        if (_command is null)
        {
            _command = _connection.CreateCommand(_sql, _inputs.Length);
            _connection.PrepareInsert(_command);
        }

        for (; Done < rows; Done++)
        {
            _connection.ThrowIfCanceled();
            Set(_command.Parameters, values, Done);
            _inserted += Math.Max(0, _connection.ExecuteInsert(_command));
        }
    }

    private DbBatch Filled(ValueList values, int rows)
    {
        if (_batch?.BatchCommands.Count != rows)
        {
            _batch?.Dispose();
            _batch = _connection.CreateBatch(_sql, _inputs.Length, rows);
        }

        for (var row = 0; row < rows; row++) Set(_batch.BatchCommands[row].Parameters, values, row);
        return _batch;
    }

    private void Set(DbParameterCollection parameters, ValueList values, int row)
    {
        for (var i = 0; i < _inputs.Length; i++)
            parameters[i].Value = IrisParameters.Value(values, (row * _width) + _inputs[i].Number - 1, _inputs[i].Type);
    }
}
