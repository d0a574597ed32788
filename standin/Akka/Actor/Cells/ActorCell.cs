using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One actor's place in the tree: its mailbox, its instance and everything around it.</summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell t_current;

    private readonly LocalActorRef _self;
    private readonly LocalActorRef _parent;
    private ActorBase _actor;
    private Receive _behavior;
    private Stack<Receive> _outerBehaviors;
    private object _message;
    private IActorRef _sender;

    public ActorCell(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, LocalActorRef self, LocalActorRef parent)
    {
        SystemImpl = system;
        Props = props;
        Dispatcher = dispatcher;
        _self = self;
        _parent = parent;
        Mailbox = new Mailbox(this);
    }

    /// <summary>The actor whose turn runs on this thread.</summary>
    public static ActorCell Current
    {
        get => t_current;
        set => t_current = value;
    }

    public ActorSystemImpl SystemImpl { get; }
    public Props Props { get; }
    public MessageDispatcher Dispatcher { get; }
    public Mailbox Mailbox { get; }
    public bool IsConstructing { get; private set; }

    public ActorSystem System => SystemImpl;
    public IActorRef Self => _self;
    public IActorRef Parent => _parent ?? (IActorRef)ActorRefs.Nobody;
    public IActorRef Sender => _sender ?? SystemImpl.DeadLetters;
    internal long Turn { get; private set; }
    internal object CurrentMessage => _message;
    internal IActorRef CurrentSender => _sender;

    public void Invoke(object message, IActorRef sender)
    {
        _message = message;
        _sender = sender;
        Turn++;
        try
        {
            if (message is IAutoReceivedMessage auto) AutoReceive(auto);
            else _actor.AroundReceive(_behavior, message);
        }
        catch (Exception failure)
        {
            Fail(failure);
            return;
        }
        if (_idle is not null) NoteActivity(message);
        if (_awaiting == 0) ForgetMessage();
    }

    public void Invoke(SystemMessage signal)
    {
        try
        {
            signal.Apply(this);
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void AutoReceive(IAutoReceivedMessage message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop(_self);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case TimerTick tick:
                if (_timers?.Accept(tick) is { } due)
                {
                    _message = due;
                    if (due is IAutoReceivedMessage auto) AutoReceive(auto);
                    else _actor.AroundReceive(_behavior, due);
                }
                break;
            default:
                _actor.AroundReceive(_behavior, message);
                break;
        }
    }

    internal void DeliverToBehavior(object message)
    {
        _message = message;
        _actor.AroundReceive(_behavior, message);
    }

    private void ForgetMessage()
    {
        _message = null;
        _sender = null;
    }

    public void Become(Receive receive) => _behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (_outerBehaviors ??= new Stack<Receive>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked() =>
        _behavior = _outerBehaviors is { Count: > 0 } ? _outerBehaviors.Pop() : _actor.DefaultBehavior;

    public void Become(UntypedReceive receive) => Become(Returning(receive));
    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(Returning(receive));

    private static Receive Returning(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
