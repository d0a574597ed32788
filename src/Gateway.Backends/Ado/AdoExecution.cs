namespace Gateway.Backends.Ado;

/// <summary>A statement that runs, or has run.</summary>
internal sealed class AdoExecution : IExecution
{
    private readonly AdoConnection _connection;
    private readonly AdoReader? _rows;
    private readonly long _affected;
    private bool _ended;

    public AdoExecution(AdoConnection connection, AdoReader rows) => (_connection, _rows) = (connection, rows);

    public AdoExecution(AdoConnection connection, long affected) => (_connection, _affected, _ended) = (connection, affected, true);

    public long RowsAffected => _rows?.RowsAffected ?? _affected;

    public bool Read()
    {
        if (_ended) return false;
        _connection.Enter();
        try
        {
            if (_rows!.Read()) return true;
        }
        catch
        {
            End();
            throw;
        }

        End();
        return false;
    }

    public bool IsNull(int column) => _rows!.IsNull(column);

    public long GetInt64(int column) => _rows!.GetInt64(column);

    public double GetFloat64(int column) => _rows!.GetFloat64(column);

    public ReadOnlySpan<byte> GetSpan(int column) => _rows!.GetSpan(column);

    public void Dispose() => End();

    private void End()
    {
        if (_ended) return;
        _ended = true;
        try
        {
            _rows!.Dispose();
        }
        finally
        {
            _connection.Leave();
        }
    }
}
