using System.Data.Common;
using Gateway.Sql.Dialects;
using Gateway.Sql.Schema;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <remarks>What <see cref="IrisBulkInsert"/> is made of: commands of its own, which a cancel reaches as any other.</remarks>
public sealed partial class IrisConnection
{
    public IBulkInsert BeginInsert(Plan plan, RelationInfo table, int width) => IrisBulkInsert.Of(this, plan, width);

    internal bool CanBatch => IrisDriver.CanBatch(_connection);

    /// <summary>The rest is the client's.</summary>
    internal bool HasSavepointsToSpare => _sentSavepoints < MaxSavepoints - 50;

    internal void EnterInsert(IrisBulkInsert insert)
    {
        RequireUsable();
        SetLockTimeout();
        Enter(insert);
    }

    internal DbCommand CreateCommand(string sql, int parameters)
    {
        var command = _commands.Create(sql, parameters);
        command.Transaction = _transaction;
        return command;
    }

    internal void PrepareInsert(DbCommand command) => Executing(command, static command =>
    {
        command.Prepare();
        return 0;
    });

    internal int ExecuteInsert(DbCommand command) => Executing(command, static command => command.ExecuteNonQuery());

    internal DbBatch CreateBatch(string sql, int parameters, int rows)
    {
        var batch = _connection.CreateBatch();
        batch.Transaction = _transaction;
        batch.Timeout = _backend.Options.CommandTimeout;
        for (var row = 0; row < rows; row++)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters; i++)
            {
                var parameter = _backend.CreateParameter();
                parameter.ParameterName = IrisCommands.ParameterName(i);
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    internal int ExecuteBatch(DbBatch batch)
    {
        PrepareToWrite();
        WaitsFrom();
        Begin(batch);
        try
        {
            return batch.ExecuteNonQuery();
        }
        catch (Exception error) when (error is not PgException)
        {
            throw Failed(error, batch.BatchCommands[0].CommandText);
        }
        finally
        {
            End();
        }
    }
}
