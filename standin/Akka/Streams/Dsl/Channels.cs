using System.Threading.Channels;

namespace Akka.Streams.Dsl;

/// <summary>Streams that begin at a channel.</summary>
public static class ChannelSource
{
    public static Source<T, NotUsed> FromReader<T>(ChannelReader<T> reader) => Source.ChannelReader(reader);

    public static Source<T, ChannelWriter<T>> Create<T>(int bufferSize, bool singleWriter = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        Source.Channel<T>(bufferSize, singleWriter, fullMode);
}

/// <summary>Streams that end at a channel.</summary>
public static class ChannelSink
{
    /// <summary>Writes to the channel, and as its owner completes it when the stream ends.</summary>
    public static Sink<T, NotUsed> FromWriter<T>(ChannelWriter<T> writer, bool isOwner) => new((run, stream) =>
    {
        _ = run.ForEach(stream, element => writer.WriteAsync(element)).ContinueWith(
            ended =>
            {
                if (isOwner) writer.TryComplete(ended.Exception?.InnerException);
                else _ = ended.Exception;
            },
            TaskContinuationOptions.ExecuteSynchronously);
        return NotUsed.Instance;
    });

    public static Sink<T, ChannelReader<T>> AsReader<T>(int bufferSize, bool singleReader = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        new((run, stream) =>
        {
            var channel = Channel.CreateBounded<T>(
                new BoundedChannelOptions(bufferSize) { SingleReader = singleReader, SingleWriter = true, FullMode = fullMode });
            FromWriter(channel.Writer, isOwner: true).Start(run, stream);
            return channel.Reader;
        });
}
