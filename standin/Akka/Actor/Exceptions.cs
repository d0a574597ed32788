namespace Akka.Actor;

/// <summary>The base of the exceptions this runtime throws.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string message, Exception cause = null) : base(message, cause)
    {
    }

    protected Exception Cause => InnerException;
}

/// <summary>An actor could not be constructed or started.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException()
    {
    }

    public ActorInitializationException(string message) : base(message)
    {
    }

    public ActorInitializationException(string message, Exception cause) : base(message, cause)
    {
    }

    public ActorInitializationException(IActorRef actor, string message, Exception cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef Actor { get; set; }

    public override string ToString() => Actor is null ? base.ToString() : Actor + ": " + base.ToString();
}

/// <summary>A restarted actor could not be constructed or started again.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, "Exception post restart (" + originalCause?.GetType() + ")", cause) => OriginalCause = originalCause;

    public Exception OriginalCause { get; }
}

/// <summary>PreRestart threw while an actor was about to be restarted.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object optionalMessage)
        : base(actor, "Exception in PreRestart (" + restartException?.GetType() + ")", cause) =>
        OptionalMessage = optionalMessage;

    public object OptionalMessage { get; }
}

/// <summary>An actor received <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message) : base(message)
    {
    }
}

/// <summary>A watched actor ended and the watcher did not handle <see cref="Terminated"/>.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    public IActorRef DeadActor { get; }
}

/// <summary>A name that is malformed or already taken.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message) : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A message that cannot be sent, that is null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
    {
    }

    public InvalidMessageException(string message) : base(message)
    {
    }
}

/// <summary>An actor was asked for something its state does not allow.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message) : base(message)
    {
    }
}

/// <summary>An Ask was not answered in time.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message) : base(message)
    {
    }
}

/// <summary>The scheduler refused a task.</summary>
public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string message) : base(message)
    {
    }
}

/// <summary>A bounded stash is full.</summary>
public class StashOverflowException : AkkaException
{
    public StashOverflowException(string message, Exception cause = null) : base(message, cause)
    {
    }
}
