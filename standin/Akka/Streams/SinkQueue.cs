using System.Threading.Channels;
using Akka.Util;

namespace Akka.Streams;

/// <summary>The queue of Sink.Queue; disposing it ends the stream.</summary>
internal sealed class SinkQueue<T>(ChannelReader<T> reader, KillSignal abandoned) : ISinkQueue<T>, IDisposable
{
    public async Task<Option<T>> PullAsync()
    {
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
            if (reader.TryRead(out var element)) return new Option<T>(element);
        return Option<T>.None;
    }

    public void Dispose()
    {
        abandoned.Set(null);
        // Room for a writer that waits, so that it sees the end.
        while (reader.TryRead(out _))
        {
        }
    }
}
