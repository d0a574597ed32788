using Akka.Event;

namespace Akka.Actor;

/// <summary>Start, failure, restart and end.</summary>
internal sealed partial class ActorCell
{
    private enum Pending : byte { Nothing, Restart, End }

    private bool _failed;
    private bool _ended;
    private Pending _pending;
    private Exception _restartCause;

    public void Start()
    {
        Mailbox.PostSystem(new CreateSignal());
    }

    public void Create()
    {
        try
        {
            NewInstance();
            _actor.AroundPreStart();
        }
        catch (Exception failure)
        {
            if (failure is not ActorInitializationException)
                failure = new ActorInitializationException(_self, "Exception during creation", Unwrap(failure));
            DropInstance();
            Fail(failure);
        }
    }

    private void NewInstance()
    {
        IsConstructing = true;
        try
        {
            _actor = null;
            _behavior = null;
            _outerBehaviors = null;
            var actor = Props.NewActor();
            // Become may have been called from the constructor; it counts.
            if (_behavior is null) _behavior = actor.DefaultBehavior;
            _actor = actor;
            if (actor is ReceiveActor receiving) receiving.CloseConfiguration();
            if (actor is IActorStash stashing) stashing.Stash = Stash;
            if (actor is IWithTimers timed) timed.Timers = Timers;
        }
        finally
        {
            IsConstructing = false;
        }
    }

    private void DropInstance()
    {
        _actor = null;
        _behavior = null;
    }

    private static Exception Unwrap(Exception failure) => failure is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : failure;

    /// <summary>Suspends this actor and its children until the parent has decided.</summary>
    private void Fail(Exception cause, LocalActorRef perpetrator = null)
    {
        if (_failed || _ended) return;
        _failed = true;
        Mailbox.Suspensions++;
        SuspendChildren(perpetrator);
        if (_parent is null) SystemImpl.OnRootFailure(cause);
        else _parent.SendSystem(new FailedSignal(_self, cause));
    }

    public void SuspendAll()
    {
        Mailbox.Suspensions++;
        SuspendChildren(null);
    }

    public void ResumeAll(Exception causedByFailure)
    {
        if (_actor is null && causedByFailure is not null)
        {
            CreateAgain();
            return;
        }
        ForgetMessage();
        Resume(causedByFailure is not null);
        if (_children is not null)
            foreach (var child in _children.Values.ToArray()) child.SendSystem(new ResumeSignal(causedByFailure));
    }

    private void Resume(bool clearFailure)
    {
        if (clearFailure) _failed = false;
        if (Mailbox.Suspensions > 0) Mailbox.Suspensions--;
    }

    private void CreateAgain()
    {
        StopChildren();
        Resume(clearFailure: true);
        Create();
    }

    public void Recreate(Exception cause)
    {
        if (_pending != Pending.Nothing) return;
        if (_actor is null)
        {
            CreateAgain();
            return;
        }

        var (actor, message) = (_actor, _message);
        AbandonTasks();
        try
        {
            actor.AroundPreRestart(cause, message);
        }
        catch (Exception failure)
        {
            LogError(new PreRestartException(_self, failure, cause, message), "PreRestart failed");
        }
        finally
        {
            _stash?.UnstashAll();
            _timers?.CancelAll();
            CancelReceiveTimeout();
            ForgetMessage();
        }

        _restartCause = cause;
        _pending = Pending.Restart;
        if (_dying is not { Count: > 0 }) FinishRecreate();
    }

    private void FinishRecreate()
    {
        var (cause, survivors) = (_restartCause, _children?.Values.ToArray() ?? []);
        _pending = Pending.Nothing;
        _restartCause = null;
        Resume(clearFailure: true);
        try
        {
            NewInstance();
            _actor.AroundPostRestart(cause, null);
        }
        catch (Exception failure)
        {
            DropInstance();
            Fail(new PostRestartException(_self, Unwrap(failure), cause));
            return;
        }
        _deferredFailures = null;
        foreach (var child in survivors) child.SendSystem(new RecreateSignal(cause));
    }

    public void Terminate()
    {
        if (_pending == Pending.End || _ended) return;
        lock (_self)
        {
            _pending = Pending.End;
        }
        Mailbox.Suspensions++;
        CancelReceiveTimeout();
        _timers?.CancelAll();
        StopChildren();
        if (_children is not { Count: > 0 }) FinishTerminate();
    }

    private void FinishTerminate()
    {
        _ended = true;
        var actor = _actor;
        ForgetMessage();
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception failure)
        {
            LogError(failure, failure.Message);
        }
        finally
        {
            _timers?.CancelAll();
            CancelReceiveTimeout();
            _stash?.UnstashAll();
            if (_self.IsSubscribed) SystemImpl.EventStream.Unsubscribe(_self);
            Mailbox.Close();
            TellOfOwnDeath();
            Dispatcher.Release();
            _actor = null;
            _behavior = null;
            _outerBehaviors = null;
        }
    }

    private void LogError(Exception cause, string message) =>
        SystemImpl.EventStream.Publish(new Error(cause, _self.Path.ToString(), _actor?.GetType() ?? Props.Type, message));
}
