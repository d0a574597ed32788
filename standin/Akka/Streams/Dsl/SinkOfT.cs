namespace Akka.Streams.Dsl;

/// <summary>A stream part with one way in.</summary>
public sealed class Sink<TIn, TMat> : IGraph<SinkShape<TIn>, TMat>
{
    private readonly Func<StreamRun, IAsyncEnumerable<TIn>, TMat> _start;

    internal Sink(Func<StreamRun, IAsyncEnumerable<TIn>, TMat> start) => _start = start;

    public SinkShape<TIn> Shape => SinkShape<TIn>.Instance;

    internal TMat Start(StreamRun run, IAsyncEnumerable<TIn> stream) => _start(run, stream);

    public Sink<TIn2, TMat> ContraMap<TIn2>(Func<TIn2, TIn> function) => new((run, stream) => _start(run, Stages.Select(stream, function)));
    public Sink<TIn, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> fn) => new((run, stream) => fn(_start(run, stream)));
    public Sink<TIn, TMat> Named(string name) => this;

    public TMat2 RunWith<TMat2>(IGraph<SourceShape<TIn>, TMat2> source, IMaterializer materializer) =>
        ((Source<TIn, TMat2>)source).To(this).Run(materializer);
}
