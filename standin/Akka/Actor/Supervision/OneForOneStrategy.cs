namespace Akka.Actor;

/// <summary>The directive is for the child that failed.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    private readonly RestartLimit _limit;

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider))
    {
    }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
    {
        Decider = decider;
        _limit = RestartLimit.Of(maxNrOfRetries, withinTimeRange);
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        Decider = decider;
        LoggingEnabled = loggingEnabled;
        _limit = new RestartLimit(maxNrOfRetries, withinTimeMilliseconds);
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider)
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, -1, localOnlyDecider, loggingEnabled)
    {
    }

    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider)
    {
    }

    public int MaxNumberOfRetries => _limit.MaxRetries;
    public int WithinTimeRangeMilliseconds => _limit.WithinMilliseconds;
    public override IDecider Decider { get; }

    internal override void Process(ActorCell parent, bool restart, LocalActorRef child, Exception cause)
    {
        if (restart && _limit.Allows(child.Cell)) child.SendSystem(new RecreateSignal(cause));
        else parent.Stop(child);
    }
}
