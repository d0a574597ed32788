using System.Buffers;
using System.Buffers.Binary;
using Gateway.Types;

namespace Gateway.Backends.Remote;

/// <summary>Rows put aside, in the order they came: in memory up to a size, then in a temporary file up to a limit.</summary>
/// <remarks>
/// A row is its values one after the other: a byte (the carrier, or 255 for NULL with the carrier behind it) and eight
/// bytes, or a length of four and the bytes. Rows never cross the border of a chunk.
/// </remarks>
internal sealed class RowStore(int columns, RowStoreLimits limits) : IDisposable
{
    private const byte Null = 0xFF;
    private const int ChunkSize = 256 << 10;

    private readonly List<Chunk> _chunks = [];
    private byte[] _buffer = [];
    private int _used;
    private FileStream? _file;
    private long _memory;
    private long _fileEnd;

    public long Count { get; private set; }

    public long Bytes { get; private set; }

    private sealed record Chunk(byte[]? Data, long Offset, int Length);

    /// <exception cref="PgException">54000 beyond the limit.</exception>
    public void Add(RowReader row)
    {
        var size = 0L;
        for (var i = 0; i < columns; i++)
            size += row.IsNull(i) ? 2 : row.CarrierOf(i) is Carrier.Int64 or Carrier.Float64 ? 9 : 5 + row.GetSpan(i).Length;
        if (Bytes + size > limits.Total || size > int.MaxValue)
            throw new PgException(SqlStates.ProgramLimitExceeded,
                $"a statement needs more than {limits.Total >> 20} MB of rows to be put aside");
        if (size > _buffer.Length - _used) NewChunk((int)size);
        for (var i = 0; i < columns; i++) Write(row, i);
        Bytes += size;
        Count++;
    }

    public void AddAll(RowReader rows)
    {
        while (rows.Read()) Add(rows);
    }

    /// <summary>The rows from the first on. Several readers may be at work; nothing may be added meanwhile.</summary>
    public RowReader Read() => new Reader(this, columns);

    public void Dispose()
    {
        foreach (var chunk in _chunks)
            if (chunk.Data is { } data) ArrayPool<byte>.Shared.Return(data);
        _chunks.Clear();
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _used = 0;
        _file?.Dispose();
        _file = null;
    }

    private void Write(RowReader row, int column)
    {
        var carrier = row.CarrierOf(column);
        if (row.IsNull(column))
        {
            _buffer[_used++] = Null;
            _buffer[_used++] = (byte)carrier;
            return;
        }

        _buffer[_used++] = (byte)carrier;
        if (carrier is Carrier.Int64 or Carrier.Float64)
        {
            var bits = carrier == Carrier.Int64 ? row.GetInt64(column) : BitConverter.DoubleToInt64Bits(row.GetFloat64(column));
            BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_used), bits);
            _used += 8;
            return;
        }

        var span = row.GetSpan(column);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_used), span.Length);
        span.CopyTo(_buffer.AsSpan(_used + 4));
        _used += 4 + span.Length;
    }

    private void NewChunk(int size)
    {
        Seal();
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(size, Count == 0 ? Math.Max(4096, size) : ChunkSize));
        _used = 0;
    }

    private void Seal()
    {
        if (_used == 0)
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            return;
        }

        if (_memory + _used <= limits.Memory)
        {
            _memory += _used;
            _chunks.Add(new Chunk(_buffer, 0, _used));
            return;
        }

        _file ??= new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1,
            FileOptions.DeleteOnClose);
        _chunks.Add(new Chunk(null, _fileEnd, _used));
        RandomAccess.Write(_file.SafeFileHandle, _buffer.AsSpan(0, _used), _fileEnd);
        _fileEnd += _used;
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private sealed class Reader(RowStore store, int columns) : ListReader
    {
        private int _next;
        private byte[] _data = [];
        private byte[] _rented = [];
        private int _at;
        private int _end;

        public override bool Read()
        {
            Row.Clear();
            while (_at == _end)
                if (!NextChunk()) return false;
            for (var i = 0; i < columns; i++) Load();
            return true;
        }

        public override void Dispose()
        {
            if (_rented.Length > 0) ArrayPool<byte>.Shared.Return(_rented);
            _rented = [];
            base.Dispose();
        }

        private bool NextChunk()
        {
            if (_next > store._chunks.Count) return false;
            _at = 0;
            if (_next == store._chunks.Count)
            {
                _next++;
                (_data, _end) = (store._buffer, store._used);
                return _end > 0;
            }

            var chunk = store._chunks[_next++];
            _end = chunk.Length;
            if (chunk.Data is { } data)
            {
                _data = data;
                return true;
            }

            if (_rented.Length < chunk.Length)
            {
                if (_rented.Length > 0) ArrayPool<byte>.Shared.Return(_rented);
                _rented = ArrayPool<byte>.Shared.Rent(chunk.Length);
            }

            _data = _rented;
            for (var read = 0; read < chunk.Length;)
            {
                var count = RandomAccess.Read(store._file!.SafeFileHandle, _data.AsSpan(read, chunk.Length - read), chunk.Offset + read);
                if (count == 0) throw new PgException(SqlStates.IoError, "rows put aside in a temporary file cannot be read back");
                read += count;
            }

            return true;
        }

        private void Load()
        {
            var carrier = _data[_at++];
            switch (carrier)
            {
                case Null:
                    Row.AddNull((Carrier)_data[_at++]);
                    break;
                case (byte)Carrier.Int64:
                    Row.Add(BinaryPrimitives.ReadInt64LittleEndian(_data.AsSpan(_at)));
                    _at += 8;
                    break;
                case (byte)Carrier.Float64:
                    Row.Add(BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(_data.AsSpan(_at))));
                    _at += 8;
                    break;
                default:
                    var length = BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(_at));
                    Row.Add((Carrier)carrier, _data.AsSpan(_at + 4, length));
                    _at += 4 + length;
                    break;
            }
        }
    }
}

/// <summary>How much of a statement's rows may be put aside.</summary>
/// <param name="Memory">Bytes of one store in memory; what is beyond goes into a temporary file.</param>
/// <param name="Total">Bytes of one store, after which the statement fails with 54000.</param>
public sealed record RowStoreLimits(long Memory = 32 << 20, long Total = 1L << 30);
