using System.Buffers;

namespace Gateway.Protocol.Copy;

/// <summary>The bytes that came and are still needed, in one pooled array: from the current row's first byte on.</summary>
/// <remarks>Offsets into it count from the row's beginning, so that they stay right when the bytes move.</remarks>
internal sealed class CopyBuffer : IDisposable
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, _end - _start);

    public void Drop(int count) => _start += count;

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_start == _end) _start = _end = 0;
        if (_bytes.Length - _end < data.Length) MakeRoom(data.Length);
        data.CopyTo(_bytes.AsSpan(_end));
        _end += data.Length;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = _end = 0;
    }

    private void MakeRoom(int count)
    {
        var held = Length;
        var wanted = (long)held + count;
        if (wanted > CopyErrors.MaxRow + 0x1000000L) throw CopyErrors.TooLong(held, count);
        var old = _bytes;
        if (wanted > old.Length) _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(wanted, old.Length * 2L), Array.MaxLength));
        old.AsSpan(_start, held).CopyTo(_bytes);
        if (old != _bytes && old.Length > 0) ArrayPool<byte>.Shared.Return(old);
        _start = 0;
        _end = held;
    }
}
