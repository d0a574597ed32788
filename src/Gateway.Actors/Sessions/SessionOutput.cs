using System.Buffers;
using System.IO.Pipelines;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>What goes to the client: gathered here, pushed into the pipe in one piece per batch.</summary>
/// <remarks>Used by the conversation or by its run, never by both at once. Holds no buffer while the session is idle.</remarks>
internal sealed class SessionOutput(PipeWriter pipe)
{
    // A result pushes when it has gathered this much: large enough to be cheap, small enough to be soon.
    private const int PushAt = 32 * 1024;

    public ByteWriter Buffer { get; } = new(4096);

    public bool IsFull => Buffer.Length >= PushAt;

    public bool IsEmpty => Buffer.Length == 0;

    public void Write<T>(T message) where T : struct, IBackendMessage, allows ref struct => Buffer.Write(message);

    /// <summary>Moves what was gathered to the client. Not complete while the client's socket has no room.</summary>
    public ValueTask<FlushResult> Push()
    {
        pipe.Write(Buffer.WrittenSpan);
        if (Buffer.Capacity > 2 * PushAt) Buffer.Dispose();
        else Buffer.Clear();
        return pipe.FlushAsync();
    }

    /// <summary>A push that waits for the client is over at once; what it pushed stays on its way. From any thread.</summary>
    /// <remarks>Elsewhere, because the pipe continues who waits on the caller's thread.</remarks>
    public void Interrupt() => ThreadPool.UnsafeQueueUserWorkItem(static pipe => pipe.CancelPendingFlush(), pipe, preferLocal: false);

    /// <summary>The session waits for its client: the buffer goes back to where others find it.</summary>
    public void Rest() => Buffer.Dispose();
}
