using Akka.Actor;

namespace Akka.Event;

/// <summary>The first message a logger gets.</summary>
public class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    public LoggingBus LoggingBus { get; } = loggingBus;
}

/// <summary>What a logger answers to <see cref="InitializeLogger"/>.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Prints log events on the standard output.</summary>
public class DefaultLogger : ActorBase
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent) => Console.Out.WriteLine(logEvent.ToString());
}

/// <summary>Logs the first dead letters, as many as akka.log-dead-letters says.</summary>
internal sealed class DeadLetterListener : ReceiveActor
{
    private int _seen;

    public DeadLetterListener()
    {
        var limit = ((ActorSystemImpl)Context.System).Settings.LogDeadLetters;
        var log = Context.GetLogger();
        Receive<DeadLetter>(letter =>
        {
            if (_seen == limit) return;
            _seen++;
            log.Info("Message [{0}] from {1} to {2} was not delivered. [{3}] dead letters encountered{4}.",
                letter.Message.GetType().Name, letter.Sender, letter.Recipient, _seen, _seen == limit ? ", no more will be logged" : "");
        });
    }
}
