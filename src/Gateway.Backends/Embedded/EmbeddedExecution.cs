using Gateway.Backends.Embedded.Schema;
using Gateway.Sql.Dialects;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded;

/// <summary>A running plan. Disposing a statement that writes runs it to its end; a query is just let go.</summary>
/// <remarks>Reused by its connection after it is disposed.</remarks>
internal sealed class EmbeddedExecution(EmbeddedConnection connection) : IExecution
{
    private Plan _plan = null!;
    private ValueList _parameters = null!;
    private PreparedStatement? _statement;
    private int _next;
    private bool _atomicOpen;
    private SqlStep? _step;
    private string? _change;
    private long _totalBefore;
    private readonly List<byte[]> _kept = [];
    private bool _finished;
    private bool _disposed;

    // The first step of a query is taken by the first Read, that of a statement that writes at once.
    private bool _rowWaiting;

    public long RowsAffected { get; private set; }

    public void Start(Plan plan, ValueList parameters)
    {
        _plan = plan;
        _parameters = parameters;
        _next = 0;
        _finished = _disposed = false;
        _kept.Clear();
        _change = null;
        RowsAffected = 0;
        if (plan.Steps.Length > 1 || plan.Steps[0] is SchemaStep) BeginAtomic(plan.Steps.Select(CommandOf).FirstOrDefault(command => command is not ("SELECT" or "WITH"), "SELECT"));
        Continue();
    }

    public bool Read()
    {
        if (_rowWaiting)
        {
            _rowWaiting = false;
            return true;
        }

        if (_statement is null) return false;
        connection.Enter(this);
        try
        {
            connection.ThrowIfCanceled();
            if (connection.Step(_statement)) return true;
            EndStep();
            Continue();
            return false;
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    public bool IsNull(int column) => Current.IsNull(column);

    public long GetInt64(int column) => Current.GetInt64(column);

    public bool TryGetInt64(int column, out long value) => Current.TryGetInt64(column, out value);

    public double GetFloat64(int column) => Current.GetFloat64(column);

    public ReadOnlySpan<byte> GetSpan(int column) => Current.GetSpan(column);

    /// <exception cref="PgException">A statement that writes was not read to its end and failed on the way there.</exception>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_finished) Close();
        _plan = null!;
        _parameters = null!;   // they are the session's, and may be large
        _kept.Clear();
        connection.Recycle(this);
    }

    /// <summary>After an error: undoes what the plan did, keeps the transaction.</summary>
    public void Abandon()
    {
        if (_finished) return;
        Release();
        _finished = true;
        try
        {
            if (_atomicOpen) connection.AbortAtomic();
            else connection.NoticeLoss();
        }
        finally
        {
            _atomicOpen = false;
            connection.EndAutocommit();
            connection.Leave(this);
        }
    }

    private void Close()
    {
        if (_statement is { ReadOnly: true } && !_atomicOpen)
        {
            Finish();
            return;
        }

        while (Read())
        {
        }
    }

    private PreparedStatement Current =>
        _statement ?? throw new InvalidOperationException("there is no current row");

    private void BeginAtomic(string command)
    {
        connection.BeginAtomic(command);
        _atomicOpen = true;
    }

    /// <summary>Runs steps until one has rows to hand out or none is left.</summary>
    private void Continue()
    {
        while (_next < _plan.Steps.Length)
        {
            connection.ThrowIfCanceled();
            switch (_plan.Steps[_next++])
            {
                case SqlStep step:
                    if (Run(step)) return;
                    break;
                case SchemaStep step:
                    connection.ForgetCounts();
                    RowsAffected = new SchemaChange(connection).Apply(step.Statement, _parameters);
                    break;
                case var other:
                    throw PgException.Unsupported($"plan step {other.GetType().Name}");
            }
        }

        Finish();
    }

    /// <summary>True when the step's rows are for the client and more may come.</summary>
    private bool Run(SqlStep step)
    {
        _statement = connection.Prepare(step.Sql);
        _step = step;
        if (step.Change is not null) _totalBefore = Native.sqlite3_total_changes64(connection.RawHandle);
        Bind(step);
        if (!_statement.ReadOnly && !_atomicOpen)
        {
            var command = CommandOf(step);
            // Outside a transaction too a change runs inside BEGIN and COMMIT: sequences are saved by the same commit.
            if (!connection.InTransaction && (command is "INSERT" or "UPDATE" or "DELETE")) BeginAtomic(command);
            else connection.PrepareToWrite(command);
        }

        if (step.ReturnsRows && _statement.ReadOnly) return true;

        if (step.ReturnsRows)
        {
            // All the changes are made by the first step; the rows it returns wait in memory.
            _rowWaiting = connection.Step(_statement);
            if (_rowWaiting) return true;
        }
        else if (step.Keeps)
        {
            _kept.Add(KeptRows.Read(connection, _statement));
        }
        else
        {
            while (connection.Step(_statement))
            {
            }
        }

        EndStep();
        return false;
    }

    private void EndStep()
    {
        if (!_statement!.ReadOnly)
        {
            _change = _statement.Sql;
            var rows = Native.sqlite3_changes64(connection.RawHandle);
            if (!_step!.Aside) RowsAffected += rows;
            if (_step.Change is { } counted) connection.Count(counted, rows, Native.sqlite3_total_changes64(connection.RawHandle) - _totalBefore);
        }

        Release();
    }

    private void Bind(SqlStep step)
    {
        var statement = _statement!;
        for (var i = 0; i < step.Parameters.Length; i++)
        {
            var number = step.Parameters[i];
            var error = number <= _parameters.Count
                ? statement.Bind(i + 1, _parameters, number - 1)
                : statement.BindText(i + 1, _kept[number - _parameters.Count - 1]);
            if (error != SQLitePCL.raw.SQLITE_OK) throw SqliteErrors.Map(connection, error);
        }
    }

    private void Finish()
    {
        Release();
        if (_change is not null) connection.CheckKeys(_change);
        if (_atomicOpen)
        {
            // A failing commit has already been rolled back by the connection.
            _atomicOpen = false;
            try
            {
                connection.EndAtomic();
            }
            catch
            {
                _finished = true;
                connection.Leave(this);
                throw;
            }
        }

        _finished = true;
        connection.EndAutocommit();
        connection.Leave(this);
    }

    private void Release()
    {
        if (_statement is null) return;
        connection.Return(_statement);
        _statement = null;
        _rowWaiting = false;
    }

    private static string CommandOf(PlanStep step) => step switch
    {
        SqlStep sql => SqliteErrors.CommandOf(sql.Sql),
        SchemaStep schema => CommandTag.Of(schema.Statement).Name,
        _ => step.GetType().Name,
    };
}
