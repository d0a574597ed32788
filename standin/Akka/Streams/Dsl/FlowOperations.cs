namespace Akka.Streams.Dsl;

/// <summary>What can be done between the ends of a stream, on a flow.</summary>
public static class FlowOperations
{
    public static Flow<T, TOut, TMat> Select<T, TIn, TOut, TMat>(this Flow<T, TIn, TMat> flow, Func<TIn, TOut> mapper) =>
        flow.Then(stream => Stages.Select(stream, mapper));

    public static Flow<T, TOut, TMat> SelectMany<T, TIn, TOut, TMat>(this Flow<T, TIn, TMat> flow, Func<TIn, IEnumerable<TOut>> mapConcater) =>
        flow.Then(stream => Stages.SelectMany(stream, mapConcater));

    public static Flow<T, TOut, TMat> SelectAsync<T, TIn, TOut, TMat>(this Flow<T, TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Then(stream => Stages.SelectAsync(stream, parallelism, asyncMapper, ordered: true));

    public static Flow<T, TOut, TMat> SelectAsyncUnordered<T, TIn, TOut, TMat>(this Flow<T, TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Then(stream => Stages.SelectAsync(stream, parallelism, asyncMapper, ordered: false));

    public static Flow<TIn, TOut, TMat> Where<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Then(stream => Stages.Where(stream, predicate));

    public static Flow<TIn, TOut, TMat> TakeWhile<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate, bool inclusive = false) =>
        flow.Then(stream => Stages.TakeWhile(stream, predicate, inclusive));

    public static Flow<TIn, TOut, TMat> Take<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, long n) =>
        flow.Then(stream => Stages.Take(stream, n));

    public static Flow<TIn, TOut, TMat> Skip<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, long n) =>
        flow.Then(stream => Stages.Skip(stream, n));

    public static Flow<TIn, IEnumerable<TOut>, TMat> Grouped<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, int n) =>
        flow.Then(stream => Stages.Grouped(stream, n));

    public static Flow<TIn, IEnumerable<TOut>, TMat> GroupedWithin<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, int n, TimeSpan timeout) =>
        flow.Then(stream => Stages.GroupedWithin(stream, n, timeout));

    public static Flow<TIn, TOut, TMat> Buffer<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Then(stream => Stages.Buffer(stream, size, strategy));

    public static Flow<TIn, TOut2, TMat> Batch<TIn, TOut, TOut2, TMat>(this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, max, static _ => 1, seed, aggregate));

    public static Flow<TIn, TOut2, TMat> BatchWeighted<TIn, TOut, TOut2, TMat>(this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, long> costFunction, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, max, costFunction, seed, aggregate));

    public static Flow<TIn, TSeed, TMat> ConflateWithSeed<TIn, TOut, TMat, TSeed>(this Flow<TIn, TOut, TMat> flow, Func<TOut, TSeed> seed, Func<TSeed, TOut, TSeed> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, long.MaxValue, static _ => 0, seed, aggregate));

    public static Flow<TIn, TOut, TMat> Conflate<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, Func<TOut, TOut, TOut> aggregate) =>
        flow.Then(stream => Stages.Batch(stream, long.MaxValue, static _ => 0, static first => first, aggregate));

    public static Flow<TIn, TOut, TMat2> WatchTermination<TIn, TOut, TMat, TMat2>(this Flow<TIn, TOut, TMat> flow, Func<TMat, Task<Done>, TMat2> materializerFunction) => new((run, input) =>
    {
        var (stream, value) = flow.Start(run, input);
        var ended = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Stages.Watched(stream, ended), materializerFunction(value, ended.Task));
    });
}
