using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Gateway.Types;

/// <summary>A growing pooled buffer for encoded values; reused from row to row, so that steady state allocates nothing.</summary>
/// <remarks>Not thread-safe. Spans handed out are valid until the next call.</remarks>
public sealed class ByteWriter(int initialCapacity = 256) : IBufferWriter<byte>, IDisposable
{
    private byte[] _buffer = [];   // rented with the first write, so that an idle writer holds nothing

    public int Length { get; private set; }

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Truncate(int length) => Length = length;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[Length++] = value;
    }

    public void Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), value);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), value);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(Take(8), value);
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Writes the text as UTF-8.</summary>
    public void Utf8(ReadOnlySpan<char> value)
    {
        Reserve(value.Length * 3);
        Length += System.Text.Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    /// <summary>Leaves room for an Int32 to be set later with <see cref="PatchInt32"/>; returns its offset.</summary>
    public int ReserveInt32()
    {
        var at = Length;
        Take(4);
        return at;
    }

    public void PatchInt32(int offset, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(offset, 4), value);

    /// <summary>The next <paramref name="count"/> bytes, to be filled by the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Take(int count)
    {
        Reserve(count);
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(Length);
    }

    public int Capacity => _buffer.Length;

    /// <summary>Gives the buffer back to the pool. The writer may be used again.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (_buffer.Length - Length < count) Grow(count);
    }

    private void Grow(int count)
    {
        var wanted = Math.Max(initialCapacity, (long)Length + count);
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, _buffer.Length * 2L), Array.MaxLength));
        if (larger.Length < wanted) throw new InvalidOperationException("a value is larger than an array can be");
        _buffer.AsSpan(0, Length).CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
