namespace Akka.Streams.Dsl;

/// <summary>A stream part with one way in and one way out.</summary>
public sealed class Flow<TIn, TOut, TMat> : IGraph<FlowShape<TIn, TOut>, TMat>
{
    private readonly Func<StreamRun, IAsyncEnumerable<TIn>, (IAsyncEnumerable<TOut> Stream, TMat Value)> _start;

    internal Flow(Func<StreamRun, IAsyncEnumerable<TIn>, (IAsyncEnumerable<TOut> Stream, TMat Value)> start) => _start = start;

    public FlowShape<TIn, TOut> Shape => FlowShape<TIn, TOut>.Instance;

    internal (IAsyncEnumerable<TOut> Stream, TMat Value) Start(StreamRun run, IAsyncEnumerable<TIn> stream) => _start(run, stream);

    internal Flow<TIn, TOut2, TMat> Then<TOut2>(Func<IAsyncEnumerable<TOut>, IAsyncEnumerable<TOut2>> stage) => new((run, input) =>
    {
        var (stream, value) = _start(run, input);
        return (stage(stream), value);
    });

    public Flow<TIn, T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) => ViaMaterialized(flow, Keep.Left);

    public Flow<TIn, TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => new((run, input) =>
    {
        var (stream, value) = _start(run, input);
        var (next, other) = ((Flow<TOut, TOut2, TMat2>)flow).Start(run, stream);
        return (next, combine(value, other));
    });

    public Sink<TIn, TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public Sink<TIn, TMat3> ToMaterialized<TMat2, TMat3>(IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) => new((run, input) =>
    {
        var (stream, value) = _start(run, input);
        return combine(value, ((Sink<TOut, TMat2>)sink).Start(run, stream));
    });

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new((run, input) =>
    {
        var (stream, value) = _start(run, input);
        return (stream, mapFunc(value));
    });

    public Flow<TIn, TOut, TMat> Async() => Then(stream => Stages.Buffer(stream, 16, OverflowStrategy.Backpressure));
    public Flow<TIn, TOut, TMat> Named(string name) => this;
}

/// <summary>Beginnings of flows.</summary>
public static class Flow
{
    public static Flow<T, T, NotUsed> Create<T>() => new((_, stream) => (stream, NotUsed.Instance));
    public static Flow<T, T, NotUsed> Identity<T>() => Create<T>();
    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) => Create<TIn>().Select(function);
    public static Flow<TIn, TOut, TMat> FromGraph<TIn, TOut, TMat>(IGraph<FlowShape<TIn, TOut>, TMat> graph) => (Flow<TIn, TOut, TMat>)graph;
}
