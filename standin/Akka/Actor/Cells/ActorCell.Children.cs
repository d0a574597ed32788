namespace Akka.Actor;

/// <summary>Children: names, creation, supervision.</summary>
internal sealed partial class ActorCell
{
    private Dictionary<string, LocalActorRef> _children;
    private HashSet<LocalActorRef> _dying;
    private Queue<(LocalActorRef Child, Exception Cause)> _deferredFailures;
    private long _unnamed;

    // Owned by the parent: how often this actor has been restarted, and since when the window runs.
    internal int RestartCount { get; set; }
    internal long RestartWindowStart { get; set; }

    public IActorRef ActorOf(Props props, string name = null)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null) CheckName(name);
        return AddChild(props, name);
    }

    internal LocalActorRef AddChild(Props props, string name)
    {
        var dispatcher = SystemImpl.Dispatchers.LookupForActor(props.Dispatcher, _self.Path, name);

        // The user guardian's children are created from any thread; everyone else's in the actor's own turn.
        LocalActorRef child;
        lock (_self)
        {
            if (_pending == Pending.End || _ended)
                throw new InvalidOperationException("Cannot create children while terminating or terminated");
            name ??= UnnamedChild();
            _children ??= [];
            if (_children.ContainsKey(name)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            child = new LocalActorRef(SystemImpl, props, dispatcher, _self, new ChildActorPath(_self.Path, name, SystemImpl.NextUid()));
            _children.Add(name, child);
        }
        dispatcher.Occupy();
        child.Cell.Start();
        return child;
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException(
                $"Illegal actor name [{name}]. Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }

    private string UnnamedChild()
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        var text = new System.Text.StringBuilder("$");
        var number = _unnamed++;
        do
        {
            text.Append(Digits[(int)(number & 63)]);
            number >>= 6;
        }
        while (number != 0);
        return text.ToString();
    }

    public IActorRef Child(string name)
    {
        lock (_self)
        {
            return _children is not null && _children.TryGetValue(name, out var child) ? child : ActorRefs.Nobody;
        }
    }

    public IEnumerable<IActorRef> GetChildren()
    {
        lock (_self)
        {
            return _children is null ? [] : _children.Values.ToArray<IActorRef>();
        }
    }

    public void Stop(IActorRef child)
    {
        if (child is LocalActorRef local && _children is not null && _children.TryGetValue(local.Path.Name, out var own) && own.Equals(local))
            (_dying ??= []).Add(local);
        (child as IInternalActorRef)?.SendSystem(new TerminateSignal());
    }

    private void StopChildren()
    {
        foreach (var child in GetChildren()) Stop(child);
    }

    private void SuspendChildren(LocalActorRef except)
    {
        if (_children is null) return;
        foreach (var child in GetChildren())
            if (!child.Equals(except)) ((LocalActorRef)child).SendSystem(new SuspendSignal());
    }

    private bool IsChild(LocalActorRef child) =>
        _children is not null && _children.TryGetValue(child.Path.Name, out var own) && own.Equals(child);

    public void HandleFailure(LocalActorRef child, Exception cause)
    {
        if (!IsChild(child)) return;
        if (_awaiting > 0 && _pending != Pending.End)
        {
            // The strategy is the actor's code: it does not run between the two halves of a handler.
            (_deferredFailures ??= []).Enqueue((child, cause));
            return;
        }
        var strategy = _actor?.Strategy ?? SupervisorStrategy.DefaultStrategy;
        if (_pending == Pending.End)
        {
            child.SendSystem(new TerminateSignal());
            return;
        }

        bool handled;
        try
        {
            handled = strategy.HandleFailure(this, child, cause);
        }
        catch (Exception failure)
        {
            Fail(failure, child);
            return;
        }
        if (!handled) Fail(cause, child);
    }

    private void AnswerDeferredFailures()
    {
        while (_awaiting == 0 && _deferredFailures is not null && _deferredFailures.TryDequeue(out var failure))
            HandleFailure(failure.Child, failure.Cause);
    }

    private void RemoveChild(IActorRef dead)
    {
        if (dead is not LocalActorRef child || !IsChild(child)) return;
        lock (_self)
        {
            _children.Remove(child.Path.Name);
        }
        _dying?.Remove(child);
        if (_pending == Pending.Restart && _dying is not { Count: > 0 }) FinishRecreate();
        else if (_pending == Pending.End && _children.Count == 0) FinishTerminate();
    }
}
