using System.Diagnostics;

namespace Akka.Actor;

/// <summary>A scheduler over the timers of the runtime.</summary>
internal sealed class TimerQueueScheduler(Action<Exception> report) : IScheduler, IAdvancedScheduler, IDisposable
{
    private readonly HashSet<Job> _jobs = [];
    private readonly Action<Exception> _report = report;
    private bool _disposed;

    public IAdvancedScheduler Advanced => this;
    public DateTimeOffset Now => DateTimeOffset.UtcNow;
    public TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(0);
    public TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(0);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        if (interval <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(interval), $"Interval must be positive, was {interval}.");
        Schedule(initialDelay, interval, action, cancelable);
    }

    public void Dispose()
    {
        Job[] jobs;
        lock (_jobs)
        {
            _disposed = true;
            jobs = _jobs.ToArray();
            _jobs.Clear();
        }
        foreach (var job in jobs) job.Dispose();
    }

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        if (delay < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(delay), $"Delay must not be negative, was {delay}.");
        if (cancelable is { IsCancellationRequested: true }) return;
        var job = new Job(this, action, once: interval == Timeout.InfiniteTimeSpan, cancelable);
        lock (_jobs)
        {
            if (_disposed) throw new SchedulerException("Cannot schedule: the scheduler has been shut down.");
            _jobs.Add(job);
        }
        job.Start(delay, interval);
    }

    private void Forget(Job job)
    {
        lock (_jobs)
        {
            _jobs.Remove(job);
        }
    }

    private sealed class Job(TimerQueueScheduler scheduler, Action action, bool once, ICancelable cancelable) : IDisposable
    {
        private Timer _timer;
        private CancellationTokenRegistration _registration;
        private bool _disposed;

        public void Start(TimeSpan delay, TimeSpan interval)
        {
            _timer = new Timer(static state => ((Job)state).Run(), this, Timeout.Infinite, Timeout.Infinite);
            if (cancelable is not null) _registration = cancelable.Token.UnsafeRegister(static state => ((Job)state).Dispose(), this);
            if (!Volatile.Read(ref _disposed)) _timer.Change(delay, interval);
        }

        public void Dispose()
        {
            Volatile.Write(ref _disposed, true);
            _timer?.Dispose();
            _registration.Unregister();
            scheduler.Forget(this);
        }

        private void Run()
        {
            if (Volatile.Read(ref _disposed) || cancelable is { IsCancellationRequested: true }) return;
            if (once) Dispose();
            try
            {
                action();
            }
            catch (Exception failure)
            {
                // As documented: an action that throws is not repeated.
                Dispose();
                scheduler._report(failure);
            }
        }
    }
}
