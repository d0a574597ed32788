namespace Akka.Streams.Dsl;

/// <summary>What can be done between the ends of a stream, on a source.</summary>
public static class SourceOperations
{
    public static Source<TOut, TMat> Select<TIn, TOut, TMat>(this Source<TIn, TMat> flow, Func<TIn, TOut> mapper) =>
        flow.Then(stream => Stages.Select(stream, mapper));

    public static Source<TOut, TMat> SelectMany<TIn, TOut, TMat>(this Source<TIn, TMat> flow, Func<TIn, IEnumerable<TOut>> mapConcater) =>
        flow.Then(stream => Stages.SelectMany(stream, mapConcater));

    public static Source<TOut, TMat> SelectAsync<TIn, TOut, TMat>(this Source<TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Then(stream => Stages.SelectAsync(stream, parallelism, asyncMapper, ordered: true));

    public static Source<TOut, TMat> SelectAsyncUnordered<TIn, TOut, TMat>(this Source<TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Then(stream => Stages.SelectAsync(stream, parallelism, asyncMapper, ordered: false));

    public static Source<TOut, TMat> Where<TOut, TMat>(this Source<TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Then(stream => Stages.Where(stream, predicate));

    public static Source<TOut, TMat> TakeWhile<TOut, TMat>(this Source<TOut, TMat> flow, Predicate<TOut> predicate, bool inclusive = false) =>
        flow.Then(stream => Stages.TakeWhile(stream, predicate, inclusive));

    public static Source<TOut, TMat> Take<TOut, TMat>(this Source<TOut, TMat> flow, long n) =>
        flow.Then(stream => Stages.Take(stream, n));

    public static Source<TOut, TMat> Skip<TOut, TMat>(this Source<TOut, TMat> flow, long n) =>
        flow.Then(stream => Stages.Skip(stream, n));

    public static Source<IEnumerable<TOut>, TMat> Grouped<TOut, TMat>(this Source<TOut, TMat> flow, int n) =>
        flow.Then(stream => Stages.Grouped(stream, n));

    public static Source<IEnumerable<TOut>, TMat> GroupedWithin<TOut, TMat>(this Source<TOut, TMat> flow, int n, TimeSpan timeout) =>
        flow.Then(stream => Stages.GroupedWithin(stream, n, timeout));

    public static Source<TOut, TMat> Buffer<TOut, TMat>(this Source<TOut, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Then(stream => Stages.Buffer(stream, size, strategy));

    public static Source<TOut2, TMat> Batch<TOut, TOut2, TMat>(this Source<TOut, TMat> flow, long max, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, max, static _ => 1, seed, aggregate));

    public static Source<TOut2, TMat> BatchWeighted<TOut, TOut2, TMat>(this Source<TOut, TMat> flow, long max, Func<TOut, long> costFunction, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, max, costFunction, seed, aggregate));

    public static Source<TSeed, TMat> ConflateWithSeed<TOut, TMat, TSeed>(this Source<TOut, TMat> flow, Func<TOut, TSeed> seed, Func<TSeed, TOut, TSeed> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, long.MaxValue, static _ => 0, seed, aggregate));

    public static Source<TOut, TMat> Conflate<TOut, TMat>(this Source<TOut, TMat> flow, Func<TOut, TOut, TOut> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, long.MaxValue, static _ => 0, static first => first, aggregate));

    public static Source<TOut, TMat> Concat<TOut, TMat>(this Source<TOut, TMat> flow, IGraph<SourceShape<TOut>, TMat> other) => new(run =>
    {
        var (stream, value) = flow.Start(run);
        return (Stages.Concat(stream, ((Source<TOut, TMat>)other).Start(run).Stream), value);
    });

    /// <summary>Tells how the stream ended at this place.</summary>
    public static Source<TOut, TMat2> WatchTermination<TOut, TMat, TMat2>(this Source<TOut, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) => new(run =>
    {
        var (stream, value) = flow.Start(run);
        var ended = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Stages.Watched(stream, ended), materializerFunction(value, ended.Task));
    });
}
