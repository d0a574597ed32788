using Akka.Actor;

namespace Gateway.Actors.Sessions;

/// <summary>End every session; answered with <see cref="AllSessionsEnded"/>.</summary>
public sealed class EndAllSessions
{
    public static readonly EndAllSessions Instance = new();
}

public sealed record AllSessionsEnded;

/// <summary>The parent of all sessions: starts them, and stops one that fails in an unexpected way, and only that one.</summary>
public sealed class SessionsActor : ReceiveActor
{
    private IActorRef? _asker;
    private int _count;
    private bool _ending;

    public SessionsActor()
    {
        Receive<SessionStart>(start =>
        {
            _count++;
            var session = Context.Watch(Context.ActorOf(Props.Create(typeof(SessionActor), start)));
            if (_ending) session.Tell(EndSession.ByAdministrator);
        });
        Receive<Terminated>(_ =>
        {
            _count--;
            AnswerIfEmpty();
        });
        Receive<EndAllSessions>(_ =>
        {
            _asker = Sender;
            _ending = true;
            foreach (var session in Context.GetChildren()) session.Tell(EndSession.ByAdministrator);
            AnswerIfEmpty();
        });
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(_ => Directive.Stop);

    private void AnswerIfEmpty()
    {
        if (_count == 0) _asker?.Tell(new AllSessionsEnded());
    }
}
