using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Routing;
using Gateway.Actors.Statements;

namespace Gateway.Actors.Sessions;

/// <summary>Everything a session starts with, once its client is authenticated.</summary>
/// <param name="ClientGone">Cancelled when the socket is closed by the client or lost.</param>
/// <param name="Ended">Completed when the session is over, after its last byte went to the pipe.</param>
public sealed record SessionStart(
    IDuplexPipe Transport,
    CancellationToken ClientGone,
    SessionState State,
    ReadOnlyMemory<byte> SecretKey,
    Route Route,
    StatementCache Cache,
    SessionServices Services,
    int MaxMessage,
    TaskCompletionSource Ended);

/// <summary>One client connection after authentication: its mailbox hears cancel, time-outs and the end.</summary>
/// <remarks>
/// Bytes do not travel as messages, and statements do not run here: both are the <see cref="Conversation"/>'s, outside the
/// mailbox, so that nothing which blocks or takes long can keep a message waiting.
/// </remarks>
public sealed class SessionActor : UntypedActor, IWithTimers
{
    private readonly SessionStart _start;
    private readonly Conversation _conversation;
    private readonly CancellationTokenRegistration _gone;

    public SessionActor(SessionStart start)
    {
        _start = start;
        _conversation = new Conversation(start, Self);
        _gone = start.ClientGone.UnsafeRegister(static self => ((IActorRef)self!).Tell(ClientGone.Instance, ActorRefs.NoSender), Self);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var state = _start.State;
        _start.Services.Router.Tell(new Enter(_start.Route));
        _start.Services.Cancels.Tell(new RegisterKey(state.ProcessId, _start.SecretKey, Self));
        state.Directory = _start.Services.Directory;
        _start.Services.Directory.Add(state, Self);
        _conversation.Begin();
    }

    // A switch and not Receive<T>: there are thousands of these actors, and each would keep its own handlers.
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CancelQuery:
                var asker = Sender;
                _conversation.Cancel("canceling statement due to user request", () => asker.Tell(Akka.Done.Instance, ActorRefs.NoSender));
                break;

            case SetAlarm alarm: Wake(alarm.After); break;
            case Alarm:
                if (_conversation.Rung() is { } again) Wake(again);
                break;

            case StatementBroke broke: Context.GetLogger().Error(broke.Cause, "A statement failed in an unexpected way"); break;
            case ClientGone: _conversation.ClientGone(); break;
            case EndSession end: _conversation.End(end.Reason); break;
            case ConversationOver: Context.Stop(Self); break;
            case ConversationBroke broke: ExceptionDispatchInfo.Throw(broke.Cause); break;
            default: Unhandled(message); break;
        }
    }

    private void Wake(TimeSpan after) =>
        Timers.StartSingleTimer(nameof(Alarm), Alarm.Instance, after > TimeSpan.Zero ? after : TimeSpan.FromMilliseconds(1));

    protected override void PostStop()
    {
        _gone.Dispose();
        _start.Services.Directory.Remove(_start.State.ProcessId);
        _start.Services.Cancels.Tell(new ForgetKey(_start.State.ProcessId));
        _conversation.Abandon();
    }
}
