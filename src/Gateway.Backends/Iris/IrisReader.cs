using System.Collections.Immutable;
using System.Data.Common;
using Gateway.Backends.Remote;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Iris;

/// <summary>
/// Rows straight from the driver. It allows one open reader a connection: when another statement comes, the rest is put aside.
/// </summary>
internal sealed class IrisReader : RowReader
{
    private readonly IrisConnection _connection;
    private readonly DbCommand _command;
    private readonly DbDataReader _reader;
    private readonly int _width;
    private readonly Source _source;
    private RowStore? _store;
    private RowReader _rows;
    private bool _closed;

    public IrisReader(IrisConnection connection, DbCommand command, DbDataReader reader, ImmutableArray<TypeRef> types)
    {
        (_connection, _command, _reader, _width) = (connection, command, reader, types.Length);
        if (reader.FieldCount < types.Length)
        {
            throw new PgException(SqlStates.InternalError,
                $"IRIS delivers {reader.FieldCount} columns where {types.Length} were asked for");
        }

        _rows = _source = new Source(this, types);
    }

    public override bool Read() => _rows.Read();

    public override bool IsNull(int column) => _rows.IsNull(column);

    public override Carrier CarrierOf(int column) => _rows.CarrierOf(column);

    public override long GetInt64(int column) => _rows.GetInt64(column);

    public override double GetFloat64(int column) => _rows.GetFloat64(column);

    public override ReadOnlySpan<byte> GetSpan(int column) => _rows.GetSpan(column);

    /// <summary>Makes way for another statement. The current row stays.</summary>
    public void PutAside(RowStoreLimits limits)
    {
        if (_closed) return;
        _store = new RowStore(_width, limits);
        using var rest = _source.Rest();
        _store.AddAll(rest);
        Close();
        _source.Then(_store);
    }

    public override void Dispose()
    {
        try
        {
            Close();
        }
        finally
        {
            _rows.Dispose();
            _source.Dispose();
            _store?.Dispose();
            _store = null;
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
        }
        catch (Exception error) when (error is not PgException)
        {
            throw _connection.Failed(error, _command.CommandText);
        }
    }

    /// <summary>The driver's rows, then those put aside.</summary>
    private sealed class Source(IrisReader owner, ImmutableArray<TypeRef> types) : ListReader
    {
        private IrisColumn[]? _columns;
        private RowReader? _rest;
        private readonly ByteWriter _scratch = new();

        public Source Rest() => new(owner, types);

        public void Then(RowStore store) => _rest = store.Read();

        public override bool Read()
        {
            if (_rest is { } rest)
            {
                owner._rows = rest;
                return rest.Read();
            }

            if (owner._closed) return false;
            Row.Clear();
            if (!owner._connection.Fetch(owner._reader, owner._command))
            {
                owner.Close();
                return false;
            }

            _columns ??= [.. types.Select((type, i) => new IrisColumn(i, type, _scratch))];
            try
            {
                foreach (var column in _columns) column.Load(owner._reader, Row);
            }
            catch (Exception error) when (error is not PgException)
            {
                throw owner._connection.Failed(error, owner._command.CommandText);
            }

            return true;
        }

        public override void Dispose()
        {
            _scratch.Dispose();
            base.Dispose();
        }
    }
}
