using System.Data;
using System.Data.Common;

namespace IrisSimulator.Provider;

public sealed class SimTransaction : DbTransaction
{
    private SimConnection? _connection;

    internal SimTransaction(SimConnection connection, IsolationLevel level) => (_connection, IsolationLevel) = (connection, level);

    public override IsolationLevel IsolationLevel { get; }
    protected override DbConnection? DbConnection => _connection;
    public override bool SupportsSavepoints => true;

    private SimConnection Live => _connection is { Pending: { } pending } connection && pending == this ? connection
        : throw new InvalidOperationException("This transaction has completed.");

    public override void Commit() => Finish("COMMIT");
    public override void Rollback() => Finish("ROLLBACK");

    private void Finish(string statement)
    {
        var connection = Live;
        Run(statement);
        connection.Pending = null;
        _connection = null;
    }

    public override void Save(string savepointName) => Run($"SAVEPOINT {savepointName}");
    public override void Rollback(string savepointName) => Run($"ROLLBACK TO SAVEPOINT {savepointName}");

    private void Run(string statement)
    {
        using var command = Live.CreateCommand();
        command.CommandText = statement;
        command.Transaction = this;
        command.ExecuteNonQuery();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _connection is { } connection && connection.Pending == this)
        {
            if (connection.State != ConnectionState.Open) throw new SimException(-461, "Connection is not open", "08003");
            connection.Reader?.Close();
            Rollback();
        }
        base.Dispose(disposing);
    }
}
