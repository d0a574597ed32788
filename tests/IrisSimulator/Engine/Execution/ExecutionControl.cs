namespace IrisSimulator.Engine.Execution;

/// <summary>The switch between a running statement and those who may stop it.</summary>
internal sealed class ExecutionControl : IDisposable
{
    private readonly object _gate = new();
    private readonly Timer? _timer;
    private Action? _interrupt;
    private int _reason;

    /// <param name="seconds">0 is without a limit.</param>
    public ExecutionControl(int seconds)
    {
        if (seconds > 0) _timer = new Timer(_ => Stop(-450), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    public void Cancel() => Stop(-456);

    private void Stop(int reason)
    {
        lock (_gate)
        {
            if (_reason == 0) _reason = reason;
            _interrupt?.Invoke();
        }
    }

    /// <summary>What ends the work at hand; null when it may no longer be touched.</summary>
    public void OnStop(Action? interrupt)
    {
        lock (_gate)
        {
            _interrupt = interrupt;
            if (_reason != 0) interrupt?.Invoke();
        }
    }

    /// <exception cref="IrisError">-450 after the time-out, -456 after Cancel.</exception>
    public void Check()
    {
        var reason = Volatile.Read(ref _reason);
        if (reason != 0) throw Fail.With(reason, reason == -450 ? "Request timed out" : "Query interrupted by user");
    }

    public void Dispose() => _timer?.Dispose();
}
