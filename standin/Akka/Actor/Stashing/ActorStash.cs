namespace Akka.Actor;

/// <summary>The stash of one actor; unstashed messages go before all others, in their order.</summary>
internal sealed class ActorStash(ActorCell cell, int capacity) : IStash
{
    private readonly List<Envelope> _stashed = [];
    private long _stashedTurn = -1;

    public int Count => _stashed.Count;
    public bool IsEmpty => _stashed.Count == 0;
    public bool NonEmpty => _stashed.Count > 0;
    public bool IsFull => capacity >= 0 && _stashed.Count >= capacity;
    public int Capacity => capacity;

    public void Stash()
    {
        var message = cell.CurrentMessage ?? throw new IllegalActorStateException("There is no message to stash.");
        if (_stashedTurn == cell.Turn)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull) throw new StashOverflowException($"Couldn't enqueue message {message} to stash of {cell.Self}");
        _stashed.Add(new Envelope(message, cell.CurrentSender));
        _stashedTurn = cell.Turn;
    }

    public void Unstash()
    {
        if (IsEmpty) return;
        cell.Mailbox.Prepend([_stashed[0]]);
        _stashed.RemoveAt(0);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (IsEmpty) return;
        cell.Mailbox.Prepend(_stashed.Where(predicate).ToArray());
        _stashed.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var stashed = _stashed.ToArray();
        _stashed.Clear();
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes);
}
