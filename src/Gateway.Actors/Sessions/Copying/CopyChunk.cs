using System.Buffers;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>A piece of what a client copies in, cut anywhere; the last one of a COPY is empty.</summary>
internal sealed class CopyChunk : IDisposable
{
    public const int Size = 64 * 1024;

    private readonly CopyIntake? _intake;
    private byte[] _bytes;

    public CopyChunk(CopyIntake intake)
    {
        _intake = intake;
        _bytes = ArrayPool<byte>.Shared.Rent(Size);
    }

    private CopyChunk() => _bytes = [];

    public static CopyChunk End { get; } = new();

    public bool IsEnd => _intake is null;

    public int Length { get; private set; }

    public int Room => Size - Length;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySequence<byte> data)
    {
        data.CopyTo(_bytes.AsSpan(Length));
        Length += (int)data.Length;
    }

    /// <summary>It has been read: its room is free for what comes next.</summary>
    public void Dispose()
    {
        if (_bytes.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _intake!.Returned();
    }
}
