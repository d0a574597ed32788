using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Gateway.Actors.Buffers;
using Gateway.Actors.Settings;
using Gateway.Protocol.Messages;
using Gateway.Protocol.Wire;
using Gateway.Types;

namespace Gateway.Actors.Sessions;

/// <summary>What goes to the client: gathered here, pushed into the pipe in one piece per batch.</summary>
/// <remarks>Used by the conversation or by its run, never by both at once. Holds no buffer while the session is idle.</remarks>
internal sealed class SessionOutput(PipeWriter pipe, BufferLimits limits, SessionSettings settings)
{
    // What a result makes do with when the node has no more to give.
    private const int Least = 4096;

    public ByteWriter Buffer { get; } = new(4096);

    public bool IsFull => Buffer.Length >= limits.Output || (Buffer.Length >= Least && limits.Node.IsSpent);

    public bool IsEmpty => Buffer.Length == 0;

    /// <exception cref="PgException">22P05 for text the client's encoding does not have; then nothing is written.</exception>
    public void Write<T>(T message) where T : struct, IBackendMessage, allows ref struct
    {
        var start = Buffer.Length;
        Buffer.Write(message);
        if (settings.Format.Encoding is not { } encoding) return;
        try
        {
            MessageText.ToClient(Buffer, start, encoding);
        }
        catch
        {
            Buffer.Truncate(start);
            throw;
        }
    }

    /// <summary>Moves what was gathered to the client. Not complete while the client's socket has no room.</summary>
    public ValueTask<FlushResult> Push()
    {
        var length = Buffer.Length;
        pipe.Write(Buffer.WrittenSpan);
        if (Buffer.Capacity > 2 * limits.Output) Buffer.Dispose();
        else Buffer.Clear();
        var flush = pipe.FlushAsync();
        return flush.IsCompleted ? flush : Counted(flush, length);
    }

    /// <summary>A push that waits for the client is over at once; what it pushed stays on its way. From any thread.</summary>
    /// <remarks>Elsewhere, because the pipe continues who waits on the caller's thread.</remarks>
    public void Interrupt() => ThreadPool.UnsafeQueueUserWorkItem(static pipe => pipe.CancelPendingFlush(), pipe, preferLocal: false);

    /// <summary>The session waits for its client: the buffer goes back to where others find it.</summary>
    public void Rest() => Buffer.Dispose();

    /// <summary>The client does not keep up: what waits for it counts.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> Counted(ValueTask<FlushResult> flush, int length)
    {
        // The pipe lets nobody write while it holds as much as its limit, which is that of the output.
        var held = length + limits.Output;
        limits.Node.Take(held);
        try
        {
            var outcome = await flush.ConfigureAwait(false);

            // Whoever told that the socket has room is not the one to run what follows.
            await Task.Yield();
            return outcome;
        }
        finally
        {
            limits.Node.Give(held);
        }
    }
}
