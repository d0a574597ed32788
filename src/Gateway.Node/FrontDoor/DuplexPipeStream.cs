using System.Buffers;
using System.IO.Pipelines;

namespace Gateway.Node.FrontDoor;

/// <summary>Two pipes as one stream, which is what SslStream wants underneath.</summary>
internal sealed class DuplexPipeStream(IDuplexPipe pipes) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = pipes.Input.ReadAsync(cancellationToken);
        var hasCome = reading.IsCompleted;
        var result = await reading.ConfigureAwait(false);

        // Off the thread that watches the sockets: a handshake takes its time.
        if (!hasCome) await Task.Yield();
        var count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        var taken = result.Buffer.Slice(0, count);
        taken.CopyTo(buffer.Span);

        // A read of nothing asks whether there is something: what is there stays unexamined.
        pipes.Input.AdvanceTo(taken.End);
        return count;
    }

    // Not cancellable: TLS could not go on after a record that was written in part.
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await pipes.Output.WriteAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        if (result.IsCompleted) throw new IOException("the client went away");
    }

    public override async Task FlushAsync(CancellationToken cancellationToken) =>
        await pipes.Output.FlushAsync(cancellationToken).ConfigureAwait(false);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only asynchronous");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
