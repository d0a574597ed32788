namespace Akka.Actor;

/// <summary>The directive is for all children, whichever failed.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    private readonly RestartLimit _limit;

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider))
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        Decider = decider;
        _limit = RestartLimit.Of(maxNrOfRetries, withinTimeRange);
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        Decider = decider;
        LoggingEnabled = loggingEnabled;
        _limit = new RestartLimit(maxNrOfRetries, withinTimeMilliseconds);
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider)
    {
    }

    public int MaxNumberOfRetries => _limit.MaxRetries;
    public int WithinTimeRangeMilliseconds => _limit.WithinMilliseconds;
    public override IDecider Decider { get; }

    internal override void Process(ActorCell parent, bool restart, LocalActorRef child, Exception cause)
    {
        var children = parent.GetChildren().Cast<LocalActorRef>().ToArray();
        var allowed = restart && children.All(one => _limit.Allows(one.Cell));
        foreach (var one in children)
        {
            if (!allowed)
            {
                parent.Stop(one);
                continue;
            }
            if (!one.Equals(child)) one.SendSystem(new SuspendSignal());
            one.SendSystem(new RecreateSignal(cause));
        }
    }
}
