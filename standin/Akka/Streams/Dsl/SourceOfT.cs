using Akka.Actor;

namespace Akka.Streams.Dsl;

/// <summary>A stream part with one way out.</summary>
public sealed class Source<TOut, TMat> : IGraph<SourceShape<TOut>, TMat>
{
    private readonly Func<StreamRun, (IAsyncEnumerable<TOut> Stream, TMat Value)> _start;

    internal Source(Func<StreamRun, (IAsyncEnumerable<TOut> Stream, TMat Value)> start) => _start = start;

    public SourceShape<TOut> Shape => SourceShape<TOut>.Instance;

    internal (IAsyncEnumerable<TOut> Stream, TMat Value) Start(StreamRun run) => _start(run);

    internal Source<TOut2, TMat> Then<TOut2>(Func<IAsyncEnumerable<TOut>, IAsyncEnumerable<TOut2>> stage) => new(run =>
    {
        var (stream, value) = _start(run);
        return (stage(stream), value);
    });

    public Source<T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) => ViaMaterialized(flow, Keep.Left);

    public Source<TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => new(run =>
    {
        var (stream, value) = _start(run);
        var (next, other) = ((Flow<TOut, TOut2, TMat2>)flow).Start(run, stream);
        return (next, combine(value, other));
    });

    public IRunnableGraph<TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public IRunnableGraph<TMat3> ToMaterialized<TMat2, TMat3>(IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(run =>
        {
            var (stream, value) = _start(run);
            return combine(value, ((Sink<TOut, TMat2>)sink).Start(run, stream));
        });

    public Source<TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new(run =>
    {
        var (stream, value) = _start(run);
        return (stream, mapFunc(value));
    });

    /// <summary>A boundary: what is before runs ahead of what is after by a few elements.</summary>
    public Source<TOut, TMat> Async() => Then(stream => Stages.Buffer(stream, 16, OverflowStrategy.Backpressure));

    public Source<TOut, TMat> Named(string name) => this;

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, ActorSystem materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    public Task RunForeach(Action<TOut> action, IMaterializer materializer) => RunWith(Sink.ForEach(action), materializer);
    public Task RunForeach(Action<TOut> action, ActorSystem materializer) => RunWith(Sink.ForEach(action), materializer);

    public Task<TOut2> RunAggregate<TOut2>(TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, IMaterializer materializer) =>
        RunWith(Sink.Aggregate(zero, aggregate), materializer);

    public IAsyncEnumerable<TOut> RunAsAsyncEnumerable(IMaterializer materializer) => Enumerate(materializer);

    private async IAsyncEnumerable<TOut> Enumerate(IMaterializer materializer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var queue = RunWith(Sink.Queue<TOut>(), materializer);
        using var _ = (IDisposable)queue;
        while (true)
        {
            var next = await queue.PullAsync().WaitAsync(cancellation).ConfigureAwait(false);
            if (!next.HasValue) yield break;
            yield return next.Value;
        }
    }
}
