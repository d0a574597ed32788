using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Puts everything it receives into the queue of its test kit.</summary>
internal sealed class TestActor(TestQueue queue) : UntypedActor
{
    internal sealed record WatchCommand(IActorRef Subject) : INoSerializationVerificationNeeded;

    internal sealed record UnwatchCommand(IActorRef Subject) : INoSerializationVerificationNeeded;

    internal sealed record IgnoreCommand(Func<object, bool> Ignore) : INoSerializationVerificationNeeded;

    private Func<object, bool> _ignore;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatchCommand watch:
                Context.Watch(watch.Subject);
                Sender.Tell(watch);
                break;
            case UnwatchCommand unwatch:
                Context.Unwatch(unwatch.Subject);
                Sender.Tell(unwatch);
                break;
            case IgnoreCommand command:
                _ignore = command.Ignore;
                break;
            default:
                if (_ignore is null || !_ignore(message)) queue.Add(new Received(message, Sender));
                break;
        }
    }
}
