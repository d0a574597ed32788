using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Util;

namespace Akka.Streams.Dsl;

/// <summary>Where streams end.</summary>
public static class Sink
{
    public static Sink<TIn, Task<Done>> ForEach<TIn>(Action<TIn> action) => new((run, stream) => run.ForEach(stream, element =>
    {
        action(element);
        return ValueTask.CompletedTask;
    }));

    public static Sink<TIn, Task<Done>> ForEachAsync<TIn>(int parallelism, Func<TIn, Task> action) => new((run, stream) =>
        run.ForEach(Stages.SelectAsync(stream, parallelism, async element =>
        {
            await action(element).ConfigureAwait(false);
            return Done.Instance;
        }, ordered: false), static _ => ValueTask.CompletedTask));

    public static Sink<TIn, Task<Done>> Ignore<TIn>() => new((run, stream) => run.ForEach(stream, static _ => ValueTask.CompletedTask));

    public static Sink<TIn, Task<IImmutableList<TIn>>> Seq<TIn>() => new((run, stream) => run.Consume(stream, static async elements =>
    {
        var list = ImmutableList.CreateBuilder<TIn>();
        await foreach (var element in elements.ConfigureAwait(false)) list.Add(element);
        return (IImmutableList<TIn>)list.ToImmutable();
    }));

    public static Sink<TIn, Task<TOut>> Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) =>
        new((run, stream) => run.Consume(stream, async elements =>
        {
            var result = zero;
            await foreach (var element in elements.ConfigureAwait(false)) result = aggregate(result, element);
            return result;
        }));

    public static Sink<TIn, Task<TIn>> First<TIn>() => new((run, stream) => run.Consume(stream, static async elements =>
    {
        await foreach (var element in elements.ConfigureAwait(false)) return element;
        throw new NoSuchElementException("First of empty stream");
    }));

    public static Sink<TIn, Task<TIn>> FirstOrDefault<TIn>() => new((run, stream) => run.Consume(stream, static async elements =>
    {
        await foreach (var element in elements.ConfigureAwait(false)) return element;
        return default(TIn);
    }));

    public static Sink<TIn, Task<TIn>> Last<TIn>() => new((run, stream) => run.Consume(stream, static async elements =>
    {
        var last = Option<TIn>.None;
        await foreach (var element in elements.ConfigureAwait(false)) last = new Option<TIn>(element);
        return last.HasValue ? last.Value : throw new NoSuchElementException("Last of empty stream");
    }));

    public static Sink<TIn, NotUsed> Cancelled<TIn>() => new((run, stream) =>
    {
        _ = run.Consume(stream, async elements =>
        {
            await elements.GetAsyncEnumerator().DisposeAsync().ConfigureAwait(false);
            return Done.Instance;
        });
        return NotUsed.Instance;
    });

    public static Sink<TIn, NotUsed> OnComplete<TIn>(Action success, Action<Exception> failure) => new((run, stream) =>
    {
        _ = run.ForEach(stream, static _ => ValueTask.CompletedTask).ContinueWith(ended =>
        {
            if (ended.IsFaulted) failure(ended.Exception.InnerException);
            else success();
        });
        return NotUsed.Instance;
    });

    public static Sink<TIn, ISinkQueue<TIn>> Queue<TIn>() => new((run, stream) =>
    {
        var abandoned = new KillSignal();
        var reader = ChannelSink.AsReader<TIn>(16, singleReader: true).Start(run, Stages.Until(stream, abandoned.Task, static () => null));
        return new SinkQueue<TIn>(reader, abandoned);
    });

    public static Sink<T, ChannelReader<T>> ChannelReader<T>(int bufferSize, bool singleReader, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        ChannelSink.AsReader<T>(bufferSize, singleReader, fullMode);

    public static Sink<T, NotUsed> FromWriter<T>(ChannelWriter<T> writer, bool isOwner) => ChannelSink.FromWriter(writer, isOwner);
    public static Sink<TIn, TMat> FromGraph<TIn, TMat>(IGraph<SinkShape<TIn>, TMat> graph) => (Sink<TIn, TMat>)graph;
}
