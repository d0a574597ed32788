using System.Diagnostics;

namespace Akka.Actor;

/// <summary>The receive timeout: one timer, moved on only when it fires.</summary>
internal sealed partial class ActorCell
{
    private sealed class Idleness(ActorCell cell, TimeSpan limit) : IDisposable
    {
        private Timer _timer;
        private long _last = Stopwatch.GetTimestamp();
        private int _fired;

        public TimeSpan Limit => limit;

        public void Start() => _timer = new Timer(static state => ((Idleness)state).Check(), this, limit, Timeout.InfiniteTimeSpan);

        public void Touch()
        {
            Volatile.Write(ref _last, Stopwatch.GetTimestamp());
            if (Interlocked.Exchange(ref _fired, 0) == 1) Rearm(limit);
        }

        public void Dispose() => _timer.Dispose();

        private void Check()
        {
            var left = limit - Stopwatch.GetElapsedTime(Volatile.Read(ref _last));
            if (left > TimeSpan.FromMilliseconds(1))
            {
                Rearm(left);
                return;
            }
            Volatile.Write(ref _fired, 1);
            cell._self.Tell(ReceiveTimeout.Instance, cell._self);
        }

        private void Rearm(TimeSpan due)
        {
            try
            {
                _timer.Change(due, Timeout.InfiniteTimeSpan);
            }
            catch (ObjectDisposedException)
            {
                // Cancelled meanwhile.
            }
        }
    }

    private Idleness _idle;

    TimeSpan? IActorContext.ReceiveTimeout => _idle?.Limit;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        CancelReceiveTimeout();
        if (timeout is not { } limit || limit == Timeout.InfiniteTimeSpan) return;
        _idle = new Idleness(this, limit);
        _idle.Start();
    }

    private void CancelReceiveTimeout()
    {
        _idle?.Dispose();
        _idle = null;
    }

    private void NoteActivity(object message)
    {
        if (message is not INotInfluenceReceiveTimeout) _idle.Touch();
    }
}
