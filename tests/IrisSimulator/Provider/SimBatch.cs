using System.Data;
using System.Data.Common;

namespace IrisSimulator.Provider;

/// <summary>Statements in one go: they run in turn, and those before one that fails have run. Strict: no readers, one connection, its transaction.</summary>
public sealed class SimBatch : DbBatch
{
    private readonly SimBatchCommands _commands = new();
    private volatile SimCommand? _running;
    private volatile bool _canceled;

    protected override DbBatchCommandCollection DbBatchCommands => _commands;
    public override int Timeout { get; set; } = 30;
    protected override DbConnection? DbConnection { get; set; }
    protected override DbTransaction? DbTransaction { get; set; }
    protected override DbBatchCommand CreateDbBatchCommand() => new SimBatchCommand();

    private SimConnection Live => DbConnection as SimConnection ?? throw new InvalidOperationException("The batch has no connection.");

    public override int ExecuteNonQuery()
    {
        if (_commands.Count == 0) throw new InvalidOperationException("The batch is empty.");
        var behaviour = Live.Session.Instance.Behaviour;
        behaviour.CountBatch();
        _canceled = false;
        var affected = 0;
        foreach (var part in _commands.Cast<SimBatchCommand>())
        {
            using var command = Live.CreateCommand();
            command.CommandText = part.CommandText;
            command.CommandTimeout = Timeout;
            command.Transaction = DbTransaction;
            foreach (SimParameter parameter in part.Parameters) command.Parameters.Add(new SimParameter { Value = parameter.Value });
            try
            {
                _running = command;
                if (_canceled) throw new SimException(-456, "Query interrupted by user");
                affected += part.Affected = command.ExecuteNonQuery();
            }
            catch (SimException error)
            {
                throw new SimException(error, behaviour.NamesTheFailedOfABatch ? part : null);
            }
            finally
            {
                _running = null;
            }
        }
        return affected;
    }

    public override void Cancel()
    {
        if (Live.IgnoresCancel) return;
        _canceled = true;
        _running?.Cancel();
    }

    public override void Prepare()
    {
        foreach (var part in _commands)
        {
            using var command = Live.CreateCommand();
            command.CommandText = part.CommandText;
            command.Transaction = DbTransaction;
            command.Prepare();
        }
    }

    public override object? ExecuteScalar() => throw new NotSupportedException();
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => throw new NotSupportedException();
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken = default) => Task.FromResult(ExecuteNonQuery());
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    public override Task PrepareAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => throw new NotSupportedException();
}

public sealed class SimBatchCommand : DbBatchCommand
{
    internal int Affected { get; set; } = -1;

    public override string CommandText { get; set; } = "";
    public override CommandType CommandType { get; set; } = CommandType.Text;
    public override int RecordsAffected => Affected;
    protected override DbParameterCollection DbParameterCollection { get; } = new SimParameterCollection();
}

public sealed class SimBatchCommands : DbBatchCommandCollection
{
    private readonly List<DbBatchCommand> _list = [];

    public override int Count => _list.Count;
    public override bool IsReadOnly => false;
    public override void Add(DbBatchCommand item) => _list.Add((SimBatchCommand)item);
    public override void Clear() => _list.Clear();
    public override bool Contains(DbBatchCommand item) => _list.Contains(item);
    public override void CopyTo(DbBatchCommand[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);
    public override IEnumerator<DbBatchCommand> GetEnumerator() => _list.GetEnumerator();
    public override int IndexOf(DbBatchCommand item) => _list.IndexOf(item);
    public override void Insert(int index, DbBatchCommand item) => _list.Insert(index, (SimBatchCommand)item);
    public override bool Remove(DbBatchCommand item) => _list.Remove(item);
    public override void RemoveAt(int index) => _list.RemoveAt(index);
    protected override DbBatchCommand GetBatchCommand(int index) => _list[index];
    protected override void SetBatchCommand(int index, DbBatchCommand batchCommand) => _list[index] = (SimBatchCommand)batchCommand;
}
