namespace Akka.Actor;

/// <summary>Messages set aside by an actor.</summary>
public interface IStash
{
    int Count { get; }
    bool IsEmpty { get; }
    bool NonEmpty { get; }
    bool IsFull { get; }
    int Capacity { get; }
    void Stash();
    void Unstash();
    void UnstashAll();
    void UnstashAll(Func<Envelope, bool> predicate);
    IEnumerable<Envelope> ClearStash();
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor with a stash, which the runtime sets after construction.</summary>
public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash;

/// <summary>An actor with a stash.</summary>
public interface IWithStash : IWithUnrestrictedStash;

/// <summary>An actor with a stash without limit.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash;
