using Akka.Actor;

namespace Akka.Streams.Dsl;

/// <summary>A stream with both ends, ready to run.</summary>
public interface IRunnableGraph<TMat> : IGraph<ClosedShape, TMat>
{
    IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func);
    TMat Run(IMaterializer materializer);
    TMat Run(ActorSystem actorSystem);
}

internal sealed class RunnableGraph<TMat>(Func<StreamRun, TMat> start) : IRunnableGraph<TMat>
{
    public ClosedShape Shape => ClosedShape.Instance;
    public IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func) => new RunnableGraph<TMat2>(run => func(start(run)));
    public TMat Run(IMaterializer materializer) => start(((ActorMaterializer)materializer).Begin());
    public TMat Run(ActorSystem actorSystem) => Run(((ActorSystemImpl)actorSystem).Materializer);
}
