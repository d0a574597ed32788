namespace Akka.Actor;

/// <summary>An actor with timers, which the runtime sets after construction.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>Timers of one actor, known by key; they end with the actor and with its restart.</summary>
public interface ITimerScheduler
{
    IReadOnlyCollection<object> ActiveTimers { get; }
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);
    void StartSingleTimer(object key, object msg, TimeSpan timeout);
    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);
    bool IsTimerActive(object key);
    void Cancel(object key);
    void CancelAll();
}
