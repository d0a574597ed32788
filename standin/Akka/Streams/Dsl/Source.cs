using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Akka.Streams.Dsl;

/// <summary>Where streams begin.</summary>
public static class Source
{
    public static Source<T, NotUsed> From<T>(IEnumerable<T> enumerable) => Of(() => Stages.From(enumerable));
    public static Source<T, NotUsed> From<T>(Func<IAsyncEnumerable<T>> asyncEnumerable) => Of(asyncEnumerable);
    public static Source<T, NotUsed> FromEnumerator<T>(Func<IEnumerator<T>> enumeratorFactory) => Of(() => Stages.From(Enumerated(enumeratorFactory)));
    public static Source<T, NotUsed> Single<T>(T element) => From([element]);
    public static Source<T, NotUsed> Empty<T>() => From(Array.Empty<T>());
    public static Source<T, NotUsed> Repeat<T>(T element) => From(Repeating(element));
    public static Source<T, NotUsed> Failed<T>(Exception cause) => Of(() => Fails<T>(cause));
    public static Source<T, NotUsed> Never<T>() => Of(static () => Waits<T>());
    public static Source<T, NotUsed> FromTask<T>(Task<T> task) => Of(() => OfTask(task));
    public static Source<T, NotUsed> ChannelReader<T>(ChannelReader<T> channelReader) => Of(() => channelReader.ReadAllAsync());

    public static Source<T, ChannelWriter<T>> Channel<T>(int bufferSize, bool singleWriter = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        new(_ =>
        {
            var channel = System.Threading.Channels.Channel.CreateBounded<T>(
                new BoundedChannelOptions(bufferSize) { SingleWriter = singleWriter, SingleReader = true, FullMode = fullMode });
            return (channel.Reader.ReadAllAsync(), channel.Writer);
        });

    public static Source<T, ISourceQueueWithComplete<T>> Queue<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bufferSize);
        return new(_ =>
        {
            var queue = new SourceQueue<T>(new StreamBuffer<T>(bufferSize, overflowStrategy), overflowStrategy);
            return (queue.Elements(), queue);
        });
    }

    public static Source<T, NotUsed> FromGraph<T>(IGraph<SourceShape<T>, NotUsed> source) => (Source<T, NotUsed>)source;

    private static Source<T, NotUsed> Of<T>(Func<IAsyncEnumerable<T>> stream) => new(_ => (stream(), NotUsed.Instance));

    private static IEnumerable<T> Repeating<T>(T element)
    {
        while (true) yield return element;
    }

    private static IEnumerable<T> Enumerated<T>(Func<IEnumerator<T>> factory)
    {
        using var elements = factory();
        while (elements.MoveNext()) yield return elements.Current;
    }

    private static async IAsyncEnumerable<T> OfTask<T>(Task<T> task, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return await task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<T> Waits<T>([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        yield break;
    }

    private static async IAsyncEnumerable<T> Fails<T>(Exception cause)
    {
        await Task.FromException(cause).ConfigureAwait(false);
        yield break;
    }
}
