using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Backends.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado.Generic;

/// <summary>Rows straight from the provider; put aside when another statement comes, as many providers allow one open reader a connection.</summary>
internal sealed class GenericReader : ListReader
{
    private readonly GenericConnection _connection;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private readonly ImmutableArray<NativeColumn> _columns;
    private RowStore? _store;
    private RowReader? _rest;
    private RowReader? _current;
    private bool _closed;

    public GenericReader(GenericConnection connection, DbCommand command, DbDataReader reader, ImmutableArray<TypeRef> types)
    {
        (_connection, _command, _reader) = (connection, command, reader);
        _columns = [.. types.Select((type, i) => new NativeColumn(i, type))];
        if (reader.FieldCount == types.Length) return;
        Close();
        throw new PgException(SqlStates.InternalError, $"the server delivers {reader.FieldCount} columns where {types.Length} were asked for");
    }

    public override bool Read()
    {
        if (_rest is { } rest)
        {
            _current = rest;
            return rest.Read();
        }

        if (_closed) return false;
        Row.Clear();
        if (Load(Row)) return true;
        Close();
        return false;
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
        _store = new RowStore(_columns.Length, limits);
        using (var rest = new Remainder(this)) _store.AddAll(rest);
        Close();
        _rest = _store.Read();
    }

    public override void Dispose()
    {
        Close();
        _rest?.Dispose();
        _store?.Dispose();
        _store = null;
        base.Dispose();
    }

    private bool Load(ValueList row)
    {
        if (!_connection.Fetch(_reader, _command)) return false;
        try
        {
            foreach (var column in _columns) column.Load(_reader, row);
            return true;
        }
        catch (Exception error) when (error is not PgException)
        {
            throw _connection.Failed(error);
        }
    }

    private void Close()
    {
        if (_closed) return;
        _closed = true;
        _connection.Closed(this);
        try
        {
            _reader.Dispose();
            _command.Dispose();
        }
        catch (Exception error) when (error is not PgException)
        {
            throw _connection.Failed(error);
        }
    }

    /// <summary>The rows that have not been read, without touching the current one.</summary>
    private sealed class Remainder(GenericReader owner) : ListReader
    {
        public override bool Read()
        {
            Row.Clear();
            return owner.Load(Row);
        }
    }
}
