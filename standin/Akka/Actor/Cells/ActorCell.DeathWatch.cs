namespace Akka.Actor;

/// <summary>Watching others end, and telling those who watch this actor.</summary>
internal sealed partial class ActorCell
{
    private sealed class Watches
    {
        /// <summary>Watched actors and the message wanted instead of Terminated, or null.</summary>
        public readonly Dictionary<IActorRef, object> Watching = [];

        /// <summary>Ended actors whose Terminated lies in the mailbox.</summary>
        public readonly Dictionary<IActorRef, object> Queued = [];
        public readonly List<IInternalActorRef> WatchedBy = [];
    }

    private Watches _watches;

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    private IActorRef Watch(IActorRef subject, object message)
    {
        if (subject.Equals(_self)) return subject;
        _watches ??= new Watches();
        if (_watches.Watching.TryGetValue(subject, out var already))
        {
            if (!Equals(already, message))
                throw new InvalidOperationException($"Watch({Self}, {subject}) termination message was not overwritten; call Unwatch first.");
            return subject;
        }
        _watches.Watching[subject] = message;
        (subject as IInternalActorRef)?.SendSystem(new WatchSignal(_self));
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (_watches is null) return subject;
        if (_watches.Watching.Remove(subject)) (subject as IInternalActorRef)?.SendSystem(new UnwatchSignal(_self));
        _watches.Queued.Remove(subject);
        return subject;
    }

    public void AddWatcher(IInternalActorRef watcher)
    {
        _watches ??= new Watches();
        if (!_watches.WatchedBy.Contains(watcher)) _watches.WatchedBy.Add(watcher);
    }

    public void RemoveWatcher(IInternalActorRef watcher) => _watches?.WatchedBy.Remove(watcher);

    public void OnDeath(IActorRef dead, bool existenceConfirmed)
    {
        if (_watches is not null && _watches.Watching.Remove(dead, out var message) && _pending != Pending.End)
        {
            _watches.Queued[dead] = message;
            _self.Tell(new Terminated(dead, existenceConfirmed, addressTerminated: false), dead);
        }
        RemoveChild(dead);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        // Unwatch takes back what is already in the mailbox.
        if (_watches is null || !_watches.Queued.Remove(terminated.ActorRef, out var message)) return;
        DeliverToBehavior(message ?? terminated);
    }

    private void TellOfOwnDeath()
    {
        if (_watches is not null)
        {
            foreach (var watcher in _watches.WatchedBy)
                if (_parent is null || !watcher.Equals(_parent)) watcher.SendSystem(new DeathNotice(_self, existenceConfirmed: true));
            foreach (var subject in _watches.Watching.Keys)
                (subject as IInternalActorRef)?.SendSystem(new UnwatchSignal(_self));
            _watches = null;
        }
        if (_parent is null) SystemImpl.OnRootEnded();
        else _parent.SendSystem(new DeathNotice(_self, existenceConfirmed: true));
    }
}
