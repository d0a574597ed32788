using Akka.Event;

namespace Akka.Actor;

/// <summary>What a timer sends to its own actor; it names the timer, so that a replaced or cancelled one is recognized.</summary>
internal sealed class TimerTick(ActorTimer timer) : IAutoReceivedMessage, IDeadLetterSuppression, INoSerializationVerificationNeeded
{
    public ActorTimer Timer => timer;
}

/// <summary>One running timer.</summary>
internal sealed class ActorTimer(object key, object message, bool repeats) : IDisposable
{
    private Timer _timer;

    public object Key => key;
    public object Message => message;
    public bool Repeats => repeats;

    public void Start(LocalActorRef self, IActorRef sender, TimeSpan delay, TimeSpan interval)
    {
        var tick = new TimerTick(this);
        _timer = new Timer(_ => self.Tell(tick, sender), null, Timeout.Infinite, Timeout.Infinite);
        _timer.Change(delay, repeats ? interval : Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}

/// <summary>The timers of one actor, used only in its own turn.</summary>
internal sealed class TimerScheduler(LocalActorRef self) : ITimerScheduler
{
    private readonly Dictionary<object, ActorTimer> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval, self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, initialDelay, interval, self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(new ActorTimer(key, msg, repeats: true), sender, initialDelay, interval);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) =>
        Start(new ActorTimer(key, msg, repeats: false), sender, timeout, Timeout.InfiniteTimeSpan);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer)) timer.Dispose();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values) timer.Dispose();
        _timers.Clear();
    }

    /// <summary>The message of a tick, or null when its timer has been cancelled or replaced.</summary>
    public object Accept(TimerTick tick)
    {
        var timer = tick.Timer;
        if (!_timers.TryGetValue(timer.Key, out var current) || current != timer) return null;
        if (!timer.Repeats) Cancel(timer.Key);
        return timer.Message;
    }

    private void Start(ActorTimer timer, IActorRef sender, TimeSpan delay, TimeSpan interval)
    {
        Cancel(timer.Key);
        _timers[timer.Key] = timer;
        timer.Start(self, sender, delay, interval);
    }
}
