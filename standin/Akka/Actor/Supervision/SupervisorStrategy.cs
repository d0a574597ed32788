using Akka.Event;

namespace Akka.Actor;

/// <summary>How an actor answers the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    public static readonly IDecider DefaultDecider = Actor.Decider.From(static cause =>
        cause is ActorInitializationException or ActorKilledException or DeathPactException ? Directive.Stop : Directive.Restart);

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);
    public static readonly OneForOneStrategy StoppingStrategy = new(static _ => Directive.Stop);

    public abstract IDecider Decider { get; }
    protected bool LoggingEnabled { get; init; } = true;

    protected virtual Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    /// <summary>Acts on the failure; false means that the parent itself shall fail.</summary>
    internal bool HandleFailure(ActorCell parent, LocalActorRef child, Exception cause)
    {
        var directive = Handle(child, cause);
        if (LoggingEnabled) LogFailure(parent, child, cause, directive);
        switch (directive)
        {
            case Directive.Resume:
                child.SendSystem(new ResumeSignal(cause));
                return true;
            case Directive.Restart:
                Process(parent, restart: true, child, cause);
                return true;
            case Directive.Stop:
                Process(parent, restart: false, child, cause);
                return true;
            default:
                return false;
        }
    }

    internal abstract void Process(ActorCell parent, bool restart, LocalActorRef child, Exception cause);

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogEvent report = directive switch
        {
            Directive.Resume => new Warning(child.Path.ToString(), GetType(), message),
            Directive.Escalate => null,
            _ => new Error(cause, child.Path.ToString(), GetType(), message),
        };
        if (report is not null && context.System.EventStream.LogLevel <= report.LogLevel()) context.System.EventStream.Publish(report);
    }
}
