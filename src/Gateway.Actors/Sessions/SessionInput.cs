using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;

namespace Gateway.Actors.Sessions;

/// <summary>What comes from the client, cut into messages.</summary>
/// <remarks>Used by the conversation alone, which is told through <paramref name="ready"/> that a read it had to wait for is over.</remarks>
internal sealed class SessionInput(PipeReader pipe, int maxMessage, Action ready)
{
    private ReadOnlySequence<byte> _buffer;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;

    /// <summary>There is something that has not been looked at.</summary>
    public bool HasData { get; private set; }

    /// <summary>The client sends no more than what is here.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Nothing is left of what was read last.</summary>
    public bool IsEmpty => _buffer.IsEmpty;

    /// <summary>A read waits for the client.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Bytes still to come of a CopyData message whose first part has been taken already.</summary>
    public int CopyRest { get; private set; }

    /// <returns>False when the read is pending: then <see cref="Await"/> is to be called.</returns>
    /// <exception cref="IOException">The connection is lost, as with every exception of a pipe.</exception>
    public bool Read()
    {
        _read = pipe.ReadAsync().ConfigureAwait(false).GetAwaiter();
        if (!_read.IsCompleted)
        {
            IsReading = true;
            return false;
        }

        Take();
        return true;
    }

    /// <summary>From here on the end of the pending read is told, from any thread.</summary>
    public void Await() => _read.UnsafeOnCompleted(ready);

    /// <summary>Takes what a read has brought.</summary>
    public void Take()
    {
        IsReading = false;
        var result = _read.GetResult();
        _buffer = result.Buffer;
        HasData = true;
        if (result.IsCompleted || result.IsCanceled) IsEnded = true;
    }

    /// <summary>What was seen is not looked at again until more has come.</summary>
    public void Advance()
    {
        pipe.AdvanceTo(_buffer.Start, _buffer.End);
        _buffer = default;
        HasData = false;
    }

    public bool TryPeek(out byte code) => new SequenceReader<byte>(_buffer).TryPeek(out code);

    /// <exception cref="Types.PgException">08P01: its length cannot be.</exception>
    public bool TryRead(out Frame frame) => Frames.TryRead(ref _buffer, maxMessage, out frame);

    /// <summary>Takes the head of a CopyData message.</summary>
    /// <returns>False when it is not all here.</returns>
    /// <exception cref="Types.PgException">08P01: its length cannot be.</exception>
    public bool TryBeginCopyData()
    {
        var reader = new SequenceReader<byte>(_buffer);
        if (!reader.TryRead(out _) || !reader.TryReadBigEndian(out int length)) return false;
        if (length < sizeof(int) || length - sizeof(int) > maxMessage) throw Types.PgException.Protocol($"invalid message length {length}");
        CopyRest = length - sizeof(int);
        _buffer = reader.UnreadSequence;
        return true;
    }

    /// <summary>As much as is here of a CopyData message, up to <paramref name="max"/> bytes.</summary>
    public ReadOnlySequence<byte> TakeCopyData(long max)
    {
        var part = _buffer.Slice(0, Math.Min(Math.Min(_buffer.Length, CopyRest), max));
        CopyRest -= (int)part.Length;
        _buffer = _buffer.Slice(part.End);
        return part;
    }
}
