using System.Data.Common;
using Gateway.Backends.Remote;
using Gateway.Types;

namespace Gateway.Backends.Ado;

/// <summary>Rows straight from the provider. It allows one open reader a connection: when another statement comes, the rest is put aside.</summary>
internal sealed class AdoReader : ListReader
{
    private readonly AdoConnection _connection;
    private readonly AdoCommand _command;
    private readonly DbDataReader _reader;
    private readonly bool _writes;
    private readonly FormatSettings _format;
    private RowStore? _store;
    private RowReader? _rest;
    private RowReader? _current;
    private bool _ended;
    private bool _closed;

    public AdoReader(AdoConnection connection, AdoCommand command, DbDataReader reader, bool writes, FormatSettings format)
    {
        (_connection, _command, _reader, _writes, _format) = (connection, command, reader, writes, format);
        try
        {
            if (reader.FieldCount != command.Columns.Length)
                throw new PgException(SqlStates.InternalError, $"the server delivers {reader.FieldCount} columns where {command.Columns.Length} were expected");
            foreach (var column in command.Columns) column.Check(reader);
        }
        catch
        {
            _connection.Close(reader, command, finished: writes);
            throw;
        }
    }

    /// <summary>Rows changed; final when everything has been read.</summary>
    public long RowsAffected { get; private set; }

    public override bool Read()
    {
        if (_rest is { } rest)
        {
            _current = rest;
            return rest.Read();
        }

        return !_closed && Next();
    }

    public override bool IsNull(int column) => _current?.IsNull(column) ?? base.IsNull(column);

    public override Carrier CarrierOf(int column) => _current?.CarrierOf(column) ?? base.CarrierOf(column);

    public override long GetInt64(int column) => _current?.GetInt64(column) ?? base.GetInt64(column);

    public override double GetFloat64(int column) => _current?.GetFloat64(column) ?? base.GetFloat64(column);

    public override ReadOnlySpan<byte> GetSpan(int column) => _current is { } current ? current.GetSpan(column) : base.GetSpan(column);

    /// <summary>Makes way for another statement. The current row stays.</summary>
    public void PutAside(RowStoreLimits limits)
    {
        if (_closed) return;
        _store = new RowStore(_command.Columns.Length, limits);
        using (var rest = new Remainder(this)) _store.AddAll(rest);
        Close();
        _rest = _store.Read();
    }

    public override void Dispose()
    {
        try
        {
            if (!_closed) Abandon();
        }
        finally
        {
            _rest?.Dispose();
            _store?.Dispose();
            _store = null;
            base.Dispose();
        }
    }

    private bool Next()
    {
        Row.Clear();
        if (Load(Row)) return true;
        Close();
        return false;
    }

    private bool Load(ValueList row)
    {
        if (!Fetch()) return false;
        try
        {
            foreach (var column in _command.Columns) column.Load(_reader, row, _format);
            return true;
        }
        catch (Exception error) when (error is not PgException)
        {
            throw _connection.Failed(error);
        }
    }

    private bool Fetch()
    {
        _connection.ThrowIfCanceled();
        try
        {
            _ended = !_connection.Fetch(_reader);
        }
        catch
        {
            // The statement is over, for the server too.
            _ended = true;
            throw;
        }

        return !_ended;
    }

    /// <summary>Nobody wants the rest.</summary>
    private void Abandon()
    {
        // Stopping the statement would end the transaction around it, so a moderate rest is read.
        if (!_ended && !_writes && _connection is { InTransaction: true, IsBroken: false, IsStopping: false })
        {
            for (var rows = 0L; rows < _connection.Options.DrainRows && Fetch(); rows++)
            {
            }
        }

        Close();
    }

    private void Close()
    {
        if (_closed) return;
        _closed = true;
        _connection.Closed(this);
        _connection.Close(_reader, _command, _ended || _writes);
        RowsAffected = Math.Max(0, _reader.RecordsAffected);
    }

    /// <summary>The rows that have not been read, without touching the current one.</summary>
    private sealed class Remainder(AdoReader owner) : ListReader
    {
        public override bool Read()
        {
            Row.Clear();
            return owner.Load(Row);
        }
    }
}
