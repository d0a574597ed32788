using System.Runtime.CompilerServices;

namespace Akka.Actor;

/// <summary>Two queues with many producers and one consumer: messages in order, and signals that overtake them.</summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Idle = 0, Scheduled = 1, Closed = 2;

    private sealed class Node(object message, IActorRef sender)
    {
        public object Message = message;
        public IActorRef Sender = sender;
        public Node Next;
    }

    private readonly ActorCell _cell;
    private Node _tail;               // producers exchange it
    private Node _head;               // owned by the consumer; its message is already taken
    private Node _front;              // owned by the consumer: unstashed messages, before all others
    private SystemMessage _signals;   // newest first
    private int _status;

    public Mailbox(ActorCell cell)
    {
        _cell = cell;
        _head = _tail = new Node(null, null);
    }

    /// <summary>Above zero messages wait; only the actor's own turn changes it.</summary>
    public int Suspensions { get; set; }

    public bool IsClosed => Volatile.Read(ref _status) == Closed;

    public void Post(object message, IActorRef sender)
    {
        if (IsClosed)
        {
            ToDeadLetters(message, sender);
            return;
        }

        var node = new Node(message, sender);
        // The exchange is a full fence: whoever set the status idle or closed before it is seen below, after it sees the node.
        var previous = Interlocked.Exchange(ref _tail, node);
        Volatile.Write(ref previous.Next, node);

        var status = Volatile.Read(ref _status);
        if (status == Idle) Schedule();
        else if (status == Closed) Drain();
    }

    public void PostSystem(SystemMessage signal)
    {
        SystemMessage newest;
        do
        {
            newest = Volatile.Read(ref _signals);
            signal.Next = newest;
        }
        while (Interlocked.CompareExchange(ref _signals, signal, newest) != newest);

        var status = Volatile.Read(ref _status);
        if (status == Idle) Schedule();
        else if (status == Closed) Drain();
    }

    /// <summary>Puts messages before everything that waits; called from the actor's own turn.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
            _front = new Node(envelopes[i].Message, envelopes[i].Sender) { Next = _front };
    }

    public void Execute()
    {
        var outer = ActorCell.Current;
        ActorCell.Current = _cell;
        var exhausted = true;
        try
        {
            ProcessSignals();
            for (var left = _cell.Dispatcher.Throughput; left > 0; left--)
            {
                if (Suspensions > 0 || IsClosed || !TryTake(out var message, out var sender))
                {
                    exhausted = false;
                    break;
                }
                _cell.Invoke(message, sender);
                if (_signals is not null) ProcessSignals();
            }
        }
        finally
        {
            ActorCell.Current = outer;
        }

        if (Interlocked.CompareExchange(ref _status, Idle, Scheduled) != Scheduled) return;
        if (HasWork) Schedule(yield: exhausted);
    }

    /// <summary>Ends the mailbox; what is left in it and all that still comes goes to the dead letters.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _status, Closed);
        Drain();
    }

    private bool HasWork =>
        Volatile.Read(ref _signals) is not null || Suspensions == 0 && (_front is not null || Volatile.Read(ref _tail) != _head);

    private void Schedule(bool yield = false)
    {
        if (Interlocked.CompareExchange(ref _status, Scheduled, Idle) == Idle) _cell.Dispatcher.Execute(this, yield);
    }

    private void ProcessSignals()
    {
        while (TakeSignals() is { } signal)
            for (SystemMessage next; signal is not null; signal = next)
            {
                next = signal.Next;
                signal.Next = null;
                if (IsClosed) signal.AnswerForTheDead(_cell.Self, existed: true);
                else _cell.Invoke(signal);
            }
    }

    private SystemMessage TakeSignals()
    {
        var newestFirst = Interlocked.Exchange(ref _signals, null);
        SystemMessage oldestFirst = null;
        while (newestFirst is not null)
            (newestFirst.Next, oldestFirst, newestFirst) = (oldestFirst, newestFirst, newestFirst.Next);
        return oldestFirst;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(out object message, out IActorRef sender)
    {
        if (_front is { } front)
        {
            (message, sender) = (front.Message, front.Sender);
            _front = front.Next;
            return true;
        }

        var head = _head;
        var next = Volatile.Read(ref head.Next);
        if (next is null)
        {
            if (head == Volatile.Read(ref _tail))
            {
                (message, sender) = (null, null);
                return false;
            }
            // A producer stands between its exchange and its link; it needs no lock of ours to go on.
            var spin = new SpinWait();
            while ((next = Volatile.Read(ref head.Next)) is null) spin.SpinOnce();
        }
        (message, sender) = (next.Message, next.Sender);
        next.Message = null;
        next.Sender = null;
        _head = next;
        return true;
    }

    private void Drain()
    {
        lock (_cell)
        {
            while (TryTake(out var message, out var sender)) ToDeadLetters(message, sender);
        }
        for (var signal = TakeSignals(); signal is not null; signal = signal.Next)
            signal.AnswerForTheDead(_cell.Self, existed: true);
    }

    private void ToDeadLetters(object message, IActorRef sender) =>
        _cell.SystemImpl.PublishDeadLetter(message, sender, _cell.Self);
}
